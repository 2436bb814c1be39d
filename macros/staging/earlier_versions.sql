{% macro earlier_versions(relation) %}
    {#-
        The versions of records of which several landed, as far as they were true by the as-of: all
        columns, the time of the version and when its values landed first. One version alone tells
        nothing of time.
    -#}
    with

    landed as (
        select * from {{ relation }}
    ),

    repeated_keys as (
        select _key from landed
        group by _key
        having count(*) > 1
    )

    select
        *,
        coalesce(_version_at, _occurred_at) as version_at,
        min(_synced_at) over (partition by _key, _row_hash) as landed_at
    from landed
    where
        _key in (select repeated_keys._key from repeated_keys)
        and coalesce(_version_at, _occurred_at, {{ as_of() }}) <= {{ as_of() }}
        and not _is_deleted
{% endmacro %}
