{% macro earlier_first(moment, tie) -%}
    {#- An order in which the earlier comes first, and of the same moment the smaller text. -#}
    cast({{ moment }} as varchar) || ' ' || {{ tie }}
{%- endmacro %}
