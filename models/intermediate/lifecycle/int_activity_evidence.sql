{{ config(
    materialized='incremental',
    incremental_strategy='replace_changed',
    unique_key='lead_id',
    meta={'changed': 'int_changed_leads'}
) }}


with

rules as (
    select * from {{ ref('stage_evidence_rules') }}
    where match_on in ('activity_type', 'content_category')
),

activities as (
    select * from {{ ref('fct_activities') }}
    where
        lead_id is not null
        and duplicate_of is null
        and not is_machine
        and {{ only_changed('lead_id', 'int_changed_leads') }}
),

matched as (
    {%- for match_on in ['activity_type', 'content_category'] %}
    select
        activities.lead_id,
        activities.activity_id,
        activities.activity_type,
        activities.occurred_at,
        activities.occurred_on,
        {{ known_at('activities.occurred_at', 'activities.landed_at') }} as known_at,
        rules.stage_key,
        rules.evidence_group,
        rules.rule_id,
        rules.occurrences,
        rules.within_days
    from activities
    inner join rules
        on activities.{{ match_on }} = rules.match_value
        and {{ holds_on('rules', 'activities.occurred_on') }}
    where
        rules.match_on = '{{ match_on }}'
        {%- if match_on == 'content_category' %}
        and activities.activity_type = 'page_view'
        {%- endif %}
    {%- if not loop.last %}

    union all
    {% endif %}
    {%- endfor %}
),

-- For what must happen on several days: those days of each group, in order.
days as (
    select
        lead_id,
        stage_key,
        evidence_group,
        occurred_on,
        max(occurred_at) as newest_at,
        min(known_at) as known_at,
        row_number() over (
            partition by lead_id, stage_key, evidence_group order by occurred_on
        ) as day_number
    from matched
    group by lead_id, stage_key, evidence_group, occurred_on
),

-- The newest of the day that makes enough of them: with three days the last but one before.
with_days_before as (
    select
        matched.*,
        first_days.newest_at as first_day_at,
        first_days.known_at as first_day_known_at
    from matched
    inner join days
        on matched.lead_id = days.lead_id
        and matched.stage_key = days.stage_key
        and matched.evidence_group = days.evidence_group
        and matched.occurred_on = days.occurred_on
    left join days as first_days
        on matched.lead_id = first_days.lead_id
        and matched.stage_key = first_days.stage_key
        and matched.evidence_group = first_days.evidence_group
        and days.day_number - matched.occurrences + 1 = first_days.day_number
),

final as (
    select
        lead_id,
        occurred_at as from_at,
        occurred_at as through_at,
        stage_key,
        rule_id as trigger_name,
        activity_id as trigger_id,
        'evidence' as kind,
        case
            when activity_type in ('inquiry', 'meeting_request') then 'lost'
            else 'none'
        end as reopens,
        case
            when occurrences = 1 then known_at
            else greatest(known_at, first_day_known_at)
        end as known_at
    from with_days_before
    where
        occurrences = 1
        or first_day_at >= occurred_at - within_days * interval '1' day
)

select * from final
