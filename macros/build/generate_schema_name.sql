{% macro generate_schema_name(custom_schema_name, node) -%}
    {#- Schemas are named after the layer alone, so that the tree and the warehouse read alike. -#}
    {{ custom_schema_name or target.schema }}
{%- endmacro %}
