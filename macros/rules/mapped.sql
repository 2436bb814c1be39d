{% macro mapped(entity, key=none) -%}
    {#-
        The rows of an entity from every connector that has it, by the var mappings. With a key: where
        several connectors tell of one thing, the rows of the first of them, in the order of the var.
    -#}
    {%- if key %}
    select *
    from (
        select
            *,
            min(connector_order) over (partition by {{ key }}) as first_connector_order
        from (
            {%- for name in var('mappings')[entity] %}
            select *, {{ loop.index }} as connector_order from {{ ref('map_' ~ name) }}
            {%- if not loop.last %}
            union all
            {%- endif %}
            {%- endfor %}
        ) as told
    ) as ranked
    where connector_order = first_connector_order
    {%- else %}
    {%- for name in var('mappings')[entity] %}
    select * from {{ ref('map_' ~ name) }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
    {%- endif %}
{%- endmacro %}
