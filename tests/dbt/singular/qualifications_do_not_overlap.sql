-- A qualification is gained again only after it was lost, and excluded or closed leads hold none.
with

qualifications as (
    select
        *,
        lag(lost_at, 1, qualified_at) over by_lead as lost_before_at
    from {{ ref('fct_qualifications') }}
    window by_lead as (partition by lead_id, qualification order by qualified_at)
)

select
    qualifications.lead_id,
    qualifications.qualification,
    qualifications.qualified_at
from qualifications
inner join {{ ref('dim_leads') }} as leads on qualifications.lead_id = leads.lead_id
where
    coalesce(qualifications.lost_before_at > qualifications.qualified_at, true)
    or (
        qualifications.lost_at is null
        and (
            leads.exclusion_reason is not null
            or leads.stage_key in ('won', 'lost', 'disqualified')
        )
    )
