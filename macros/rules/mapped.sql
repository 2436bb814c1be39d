{% macro mapped(entity) -%}
    {#- The rows of an entity from every connector that has it, by the var mappings. -#}
    {%- for name in var('mappings')[entity] %}
    select * from {{ ref('map_' ~ name) }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
{%- endmacro %}
