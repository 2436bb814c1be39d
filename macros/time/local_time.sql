{% macro local_time(moment) -%}
    {#- The wall clock of a UTC timestamp in the zone of the var time_zone. -#}
    {{ return(adapter.dispatch('local_time')(moment)) }}
{%- endmacro %}

{% macro default__local_time(moment) -%}
    from_utc_timestamp({{ moment }}, '{{ var("time_zone") }}')
{%- endmacro %}

{% macro duckdb__local_time(moment) -%}
    timezone('{{ var("time_zone") }}', timezone('UTC', {{ moment }}))
{%- endmacro %}
