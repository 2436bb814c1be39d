{% macro earliest(moments) -%}
    {#- The earliest of several timestamps that may be null; null when all are. -#}
    nullif(
        least(
            {%- for moment in moments %}
            coalesce({{ moment }}, cast('9999-12-31' as timestamp)){{ ',' if not loop.last }}
            {%- endfor %}
        ),
        cast('9999-12-31' as timestamp)
    )
{%- endmacro %}
