{% macro mapped(entity, columns) -%}
    {#-
        The rows of an entity from every connector that has it, by the var `mappings`: the models
        map_<connector>__<entity>, also where a connector needs several, map_<connector>__<what>_<entity>.
        Of one thing that several connectors know the first in the order of the var speaks.
    -#}
    {%- set models = [] -%}
    {%- for connector, names in var('mappings').items() -%}
        {%- set connector_order = loop.index -%}
        {%- for name in names -%}
            {%- if name == entity or name.endswith('_' ~ entity) -%}
                {%- do models.append([connector_order, 'map_' ~ connector ~ '__' ~ name]) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- for connector_order, model in models %}
    select
        {{ columns | join(',\n        ') }},
        {{ connector_order }} as connector_order
    from {{ ref(model) }}
    {%- if not loop.last %}

    union all
    {% endif %}
    {%- endfor %}
{%- endmacro %}
