{% macro or_never(moment) -%}
    {#-
        The end of a span, or the end of time where it is open. A comparison with it can be hashed over;
        an "is null or" makes an engine compare every row with every row.
    -#}
    coalesce({{ moment }}, cast('9999-12-31' as timestamp))
{%- endmacro %}
