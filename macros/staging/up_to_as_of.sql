{% macro up_to_as_of(moment) -%}
    {#- A moment, or null when it lies after the as-of: a version landed later may know too much. -#}
    case when {{ moment }} <= {{ as_of() }} then {{ moment }} end
{%- endmacro %}
