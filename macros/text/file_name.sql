{% macro file_name(path) -%}
    {#- The last part of a path, as people read it; null where the path ends with a slash. -#}
    {%- set part = "nullif(regexp_extract(" ~ path ~ ", '[^/]+$', 0), '')" -%}
    coalesce({{ url_decoded(part) }}, {{ part }})
{%- endmacro %}

{% macro url_decoded(text) -%}
    {#- A text without the percent signs of a URL; null where they make no text. -#}
    {{ return(adapter.dispatch('url_decoded')(text)) }}
{%- endmacro %}

{% macro default__url_decoded(text) -%}
    try_url_decode({{ text }})
{%- endmacro %}

{% macro duckdb__url_decoded(text) -%}
    try(url_decode({{ text }}))
{%- endmacro %}
