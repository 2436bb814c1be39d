{% macro is_changed(column) -%}
    {#- Whether a row came to be, or came into sight, after the last completed build. -#}
    {{ column }} > {{ completed_build_id() }}
{%- endmacro %}

{% macro came_true(moment) -%}
    {#- Whether a moment lay ahead of the last completed build and does so no more. -#}
    ({{ moment }} > {{ completed_as_of() }} and {{ moment }} <= {{ as_of() }})
{%- endmacro %}

{% macro in_full_build() -%}
    {#- Whether everything is built anew, so that nobody asks what changed. -#}
    {{ return(flags.FULL_REFRESH or (execute and build_row()['completed_build_id'] == 0)) }}
{%- endmacro %}

{% macro only_changed(column, changed) -%}
    {#- In an incremental build: the rows whose key a model of changed keys lists. Else: all rows. -#}
    {%- set keys = ref(changed) -%}
    {%- if is_incremental() -%}
        {{ column }} in (select {{ column.split('.')[-1] }} from {{ keys }})
    {%- else -%}
        true
    {%- endif -%}
{%- endmacro %}
