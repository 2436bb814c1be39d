{% macro latest_versions(relation, made_of_texts={}) %}
    {#-
        One row per key of a landed table: the version that holds at the as-of. The largest (version
        time, sync time, deletion mark, hash) of the versions up to the as-of wins; where only later ones
        landed, the first of these stands in. Most keys have one version; they never enter the sort.
        In an incremental build: the keys with a row that is new to it.
        `made_of_texts`: columns to add, each by its SQL. They are made where the rows are read: there an
        engine makes them once per distinct text, behind the joins below once per row.
    -#}
    with

    candidates as (
        select
            *,
            {%- for name, made in made_of_texts.items() %}
            {{ made }} as {{ name }},
            {%- endfor %}
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

    single_versions as (
        select
            *,
            1 as _version_count,
            _synced_at as _landed_at,
            case when is_new then {{ build_id() }} else _batch end as _changed_in_build,
            1 as version_rank
        from versions
        where _key not in (select repeated_keys._key from repeated_keys)
    ),

    ranked_versions as (
        select
            versions.*,
            repeated_keys.version_count as _version_count,
            min(versions._synced_at) over (
                partition by versions._key, versions._row_hash
            ) as _landed_at,
            case
                when repeated_keys.has_new then {{ build_id() }}
                else repeated_keys.last_batch
            end as _changed_in_build,
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
        *,
        case
            when _occurred_at > {{ as_of() }} then 'not_yet'
            when _is_deleted and not is_later then 'deleted'
            else 'used'
        end as _record_status
    from (
        select * from single_versions
        union all
        select * from ranked_versions
    ) as held
    where version_rank = 1
{% endmacro %}
