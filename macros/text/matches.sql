{% macro matches(text, pattern) -%}
    {#- Whether a regular expression is found anywhere in a text. -#}
    {{ return(adapter.dispatch('matches')(text, pattern)) }}
{%- endmacro %}

{% macro default__matches(text, pattern) -%}
    ({{ text }} rlike {{ pattern }})
{%- endmacro %}

{% macro duckdb__matches(text, pattern) -%}
    regexp_matches({{ text }}, {{ pattern }})
{%- endmacro %}

{% macro digits_and_commas(text) -%}
    {#- A list of numbers without brackets and blanks. -#}
    {{ return(adapter.dispatch('digits_and_commas')(text)) }}
{%- endmacro %}

{% macro default__digits_and_commas(text) -%}
    regexp_replace({{ text }}, '[^0-9,]', '')
{%- endmacro %}

{% macro duckdb__digits_and_commas(text) -%}
    regexp_replace({{ text }}, '[^0-9,]', '', 'g')
{%- endmacro %}

{% macro one_per_member(list, separator=',') -%}
    {#- In a select list: one row per member of a text that lists them. -#}
    {{ return(adapter.dispatch('one_per_member')(list, separator)) }}
{%- endmacro %}

{% macro default__one_per_member(list, separator) -%}
    explode(split({{ list }}, '{{ separator }}'))
{%- endmacro %}

{% macro duckdb__one_per_member(list, separator) -%}
    unnest(string_split({{ list }}, '{{ separator }}'))
{%- endmacro %}
