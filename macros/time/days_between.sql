{% macro days_between(start, until) -%}
    {#- Days of 24 hours between two timestamps, with what is left of the last one. -#}
    cast({{ dbt.datediff(start, until, 'microsecond') }} as double) / cast(86400000000 as double)
{%- endmacro %}
