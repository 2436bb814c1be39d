with

held as (
    select
        lead_id,
        reason,
        from_at,
        case reason
            when 'customer' then 1
            when 'partner' then 2
            when 'competitor' then 3
            when 'staff' then 4
            when 'job_seeker' then 5
            when 'student' then 6
            else 7
        end as reason_order
    from {{ ref('int_exclusions') }}
    where from_at <= {{ as_of() }} and (to_at is null or to_at > {{ as_of() }})
),

final as (
    select
        lead_id,
        min_by(reason, reason_order) as exclusion_reason,
        min(from_at) as excluded_since
    from held
    group by lead_id
)

select * from final
