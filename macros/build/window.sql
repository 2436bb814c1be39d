{% macro build_id() -%}
    {#- The number of this build. -#}
    {{ build_row()['build_id'] if execute else 0 }}
{%- endmacro %}

{% macro completed_build_id() -%}
    {#- The number of the last completed build; 0 before the first. -#}
    {{ build_row()['completed_build_id'] if execute else 0 }}
{%- endmacro %}

{% macro completed_as_of() -%}
    {#- The as-of of the last completed build; long ago before the first. -#}
    {%- set moment = build_row()['completed_as_of'] if execute else none -%}
    cast('{{ moment or "0001-01-01 00:00:00" }}' as timestamp)
{%- endmacro %}

{% macro plausible_until() -%}
    {#- What occurs after this cannot be: later than the as-of and than the freshest row by two days. -#}
    {%- set limit = build_row()['future_limit'] if execute else '9999-12-31 00:00:00' -%}
    greatest({{ as_of() }}, cast('{{ limit }}' as timestamp))
{%- endmacro %}
