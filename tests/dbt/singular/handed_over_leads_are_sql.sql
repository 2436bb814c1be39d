-- Each hand-over stands on an SQL of its lead, and a lead has one open hand-over at most.
select
    handoffs.handoff_id,
    'no_sql' as broken_rule
from {{ ref('fct_handoffs') }} as handoffs
left join {{ ref('fct_qualifications') }} as qualifications
    on handoffs.lead_id = qualifications.lead_id
    and handoffs.qualified_at = qualifications.qualified_at
    and qualifications.qualification = 'sql'
where qualifications.lead_id is null

union all

select
    max(handoff_id) as handoff_id,
    'several_open' as broken_rule
from {{ ref('fct_handoffs') }}
where closed_at is null
group by lead_id
having count(*) > 1
