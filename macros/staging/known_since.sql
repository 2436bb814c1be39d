{% macro known_since(created) -%}
    {#-
        When a record came to be: its own word, else the version or the sync that is known up to the as-of,
        else the earliest date that is possible at all.
    -#}
    coalesce(
            {{ created }},
            {{ up_to_as_of('_version_at') }},
            {{ up_to_as_of('_landed_at') }},
            cast('{{ var("earliest_date") }}' as timestamp)
        )
{%- endmacro %}
