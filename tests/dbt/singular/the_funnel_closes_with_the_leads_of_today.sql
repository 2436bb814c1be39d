-- In the period of the as-of the funnel closes with the leads in the stage that are not excluded.
with

closings as (
    select
        period_grain,
        stage_key,
        closing,
        row_number() over (
            partition by period_grain, stage_key order by period_start desc
        ) as newness
    from {{ ref('funnel_by_period') }}
    where segment_id = 'all'
),

leads as (
    select
        stage_key,
        count(*) as leads
    from {{ ref('dim_leads') }}
    where exclusion_reason is null
    group by stage_key
)

select
    closings.period_grain,
    closings.stage_key,
    closings.closing,
    leads.leads
from closings
left join leads on closings.stage_key = leads.stage_key
where closings.newness = 1 and closings.closing <> coalesce(leads.leads, 0)
