{% macro latest_versions(relation) %}
    {#-
        One row per key of a landed table: the version that holds at the as-of. The largest (version
        time, sync time, deletion mark, hash) of the versions up to the as-of wins; where only later ones
        landed, the first of these stands in. Most keys have one version; they never enter the sort.
        In an incremental build: the keys with a row that is new to it.
    -#}
    with

    candidates as (
        select
            *,
            coalesce(coalesce(_version_at, _occurred_at) > {{ as_of() }}, false) as is_later,
            (
                _batch > {{ completed_build_id() }}
                or coalesce(_version_at > {{ completed_as_of() }}, false)
                or coalesce(_occurred_at > {{ completed_as_of() }}, false)
                -- What tells no time is known since it was synchronised.
                or coalesce(_occurred_at is null and {{ came_true('_synced_at') }}, false)
            ) as is_new
        from {{ relation }}
        where _occurred_at is null or _occurred_at <= {{ plausible_until() }}
    ),

    {% if is_incremental() -%}
    versions as (
        select * from candidates
        where _key in (select new_rows._key from candidates as new_rows where new_rows.is_new)
    ),
    {%- else -%}
    versions as (
        select * from candidates
    ),
    {%- endif %}

    repeated_keys as (
        select
            _key,
            count(*) as version_count,
            max(_batch) as last_batch,
            max(case when is_new then 1 else 0 end) = 1 as has_new
        from versions
        group by _key
        having count(*) > 1
    ),

    ranked as (
        select
            versions._key,
            versions._batch,
            versions._file_id,
            versions._row_number,
            repeated_keys.version_count,
            repeated_keys.last_batch,
            repeated_keys.has_new,
            min(versions._synced_at) over (
                partition by versions._key, versions._row_hash
            ) as first_synced_at,
            row_number() over (
                partition by versions._key
                order by
                    versions.is_later,
                    case when versions.is_later then versions._version_at end,
                    versions._version_at desc nulls last,
                    versions._synced_at desc nulls last,
                    versions._is_deleted desc,
                    versions._row_hash desc
            ) as version_rank
        from versions
        inner join repeated_keys on versions._key = repeated_keys._key
    )

    select
        versions.*,
        coalesce(ranked.version_count, 1) as _version_count,
        coalesce(ranked.first_synced_at, versions._synced_at) as _landed_at,
        case
            when coalesce(ranked.has_new, versions.is_new) then {{ build_id() }}
            else coalesce(ranked.last_batch, versions._batch)
        end as _changed_in_build,
        case
            when versions._occurred_at > {{ as_of() }} then 'not_yet'
            when versions._is_deleted and not versions.is_later then 'deleted'
            else 'used'
        end as _record_status
    from versions
    left join ranked
        on
            versions._key = ranked._key
            and versions._batch = ranked._batch
            and versions._file_id = ranked._file_id
            and versions._row_number = ranked._row_number
    where
        (ranked._key is null and versions._key not in (select repeated_keys._key from repeated_keys))
        or ranked.version_rank = 1
{% endmacro %}
