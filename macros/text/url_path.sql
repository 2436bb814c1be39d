{% macro url_path(url) -%}
    {#-
        The path of a URL in lower case: no scheme, host, query, fragment, language prefix or trailing
        slash. The start page is '/'.
    -#}
    coalesce(
        nullif(
            rtrim(
                regexp_replace(
                    regexp_extract(
                        lower({{ url }}),
                        '^(?:[a-z][a-z0-9+.-]*:)?(?://[^/?#]*|[a-z0-9-]+(?:[.][a-z0-9-]+)+)?([^?#]*)',
                        1
                    ),
                    '^/?(?:(?:ja|en)(?:-[a-z]{2})?(/|$))?',
                    '/'
                ),
                '/'
            ),
            ''
        ),
        case when {{ url }} is not null then '/' end
    )
{%- endmacro %}
