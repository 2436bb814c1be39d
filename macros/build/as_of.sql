{% macro as_of() -%}
    {#- The moment the build speaks about, a timestamp in UTC. The var wins, so that tests can pin it. -#}
    {%- if var('as_of') -%}
        cast('{{ var("as_of") }}' as timestamp)
    {%- elif execute -%}
        cast('{{ build_row()["as_of"] }}' as timestamp)
    {%- else -%}
        cast('2000-01-01 00:00:00' as timestamp)
    {%- endif -%}
{%- endmacro %}
