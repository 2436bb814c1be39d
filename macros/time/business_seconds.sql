{% macro business_seconds(moment, hours) -%}
    {#-
        Business seconds from the beginning of a calendar up to a moment, given the row of business hours
        that is open at it or opens next.
    -#}
    (
        {{ hours }}.minutes_before * 60
        + greatest(0, {{ dbt.datediff(hours ~ '.opens_at', moment, 'second') }})
    )
{%- endmacro %}
