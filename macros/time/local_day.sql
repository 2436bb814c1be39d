{% macro local_day(moment) -%}
    {#- The calendar day of a UTC timestamp in the zone of the var time_zone. -#}
    {{ return(adapter.dispatch('local_day')(moment)) }}
{%- endmacro %}

{% macro default__local_day(moment) -%}
    cast(from_utc_timestamp({{ moment }}, '{{ var("time_zone") }}') as date)
{%- endmacro %}

{% macro duckdb__local_day(moment) -%}
    {#- Zones without daylight saving are a fixed shift, ten times as fast as the zone's tables. -#}
    {%- if var('time_zone') == 'Asia/Tokyo' -%}
        cast({{ moment }} + interval 9 hours as date)
    {%- else -%}
        cast(timezone('{{ var("time_zone") }}', timezone('UTC', {{ moment }})) as date)
    {%- endif -%}
{%- endmacro %}

{% macro local_midnight(day) -%}
    {#- The UTC timestamp at which a calendar day begins in the zone of the var time_zone. -#}
    {{ return(adapter.dispatch('local_midnight')(day)) }}
{%- endmacro %}

{% macro default__local_midnight(day) -%}
    to_utc_timestamp(cast({{ day }} as timestamp), '{{ var("time_zone") }}')
{%- endmacro %}

{% macro duckdb__local_midnight(day) -%}
    timezone('UTC', timezone('{{ var("time_zone") }}', cast({{ day }} as timestamp)))
{%- endmacro %}
