{% macro business_time(moment, hours) -%}
    {#-
        Business microseconds from the beginning of a calendar up to a moment, given the row of business
        hours that is open at it or opens next.
    -#}
    (
        {{ hours }}.minutes_before * {{ microseconds_per_minute() }}
        + greatest(0, {{ dbt.datediff(hours ~ '.opens_at', moment, 'microsecond') }})
    )
{%- endmacro %}

{% macro microseconds_per_minute() -%}
    {#- Timestamps are exact to the microsecond; whole minutes are taken at the very end. -#}
    cast(60000000 as bigint)
{%- endmacro %}

{% macro later_by(moment, microseconds) -%}
    {#- A timestamp some microseconds later. -#}
    {{ return(adapter.dispatch('later_by')(moment, microseconds)) }}
{%- endmacro %}

{% macro default__later_by(moment, microseconds) -%}
    timestamp_micros(unix_micros({{ moment }}) + {{ microseconds }})
{%- endmacro %}

{% macro duckdb__later_by(moment, microseconds) -%}
    {{ moment }} + to_microseconds({{ microseconds }})
{%- endmacro %}
