with

members as (
    select * from {{ ref('int_lead_members') }}
),

final as (
    select
        person_key,
        min(lead_id) as lead_id,
        max(case when is_competitor then 1 else 0 end) = 1 as is_competitor
    from members
    group by person_key
)

select * from final
