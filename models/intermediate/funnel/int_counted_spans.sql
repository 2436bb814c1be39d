with

leads as (
    select lead_id from {{ ref('int_lead_starts') }}
),

exclusions as (
    select
        lead_id,
        from_at,
        coalesce(to_at, cast('9999-12-31' as timestamp)) as to_at
    from {{ ref('int_exclusions') }}
),

-- Exclusions that overlap are one.
covered as (
    select
        *,
        max(to_at) over (
            partition by lead_id
            order by from_at, to_at
            rows between unbounded preceding and 1 preceding
        ) as covered_until
    from exclusions
),

numbered as (
    select
        *,
        sum(case when covered_until is null or from_at > covered_until then 1 else 0 end) over (
            partition by lead_id
            order by from_at, to_at
            rows between unbounded preceding and current row
        ) as island
    from covered
),

islands as (
    select
        lead_id,
        island,
        min(from_at) as from_at,
        max(to_at) as to_at
    from numbered
    group by lead_id, island
),

bounds as (
    select
        lead_id,
        cast('0001-01-01' as timestamp) as free_from_at
    from leads

    union all

    select
        lead_id,
        to_at as free_from_at
    from islands
),

-- From the beginning, and from the end of each exclusion, up to the next one.
final as (
    select
        bounds.lead_id,
        bounds.free_from_at as from_at,
        coalesce(min(islands.from_at), cast('9999-12-31' as timestamp)) as to_at
    from bounds
    left join islands
        on bounds.lead_id = islands.lead_id and bounds.free_from_at <= islands.from_at
    group by bounds.lead_id, bounds.free_from_at
)

select * from final
where from_at < to_at
