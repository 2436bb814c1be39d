{{ config(
    materialized='incremental',
    incremental_strategy='replace_changed',
    unique_key='lead_id',
    meta={'changed': 'int_changed_leads'}
) }}


with

activities as (
    select * from {{ ref('fct_activities') }}
    where
        lead_id is not null
        and duplicate_of is null
        and {{ only_changed('lead_id', 'int_changed_leads') }}
),

rules as (
    select * from {{ ref('score_rules') }}
    where is_active and score_kind = 'behaviour'
),

-- Within a group the first rule that matches counts.
matched as (
    select
        rules.rule_id || ':' || activities.activity_id as candidate_id,
        activities.lead_id,
        rules.rule_id,
        rules.rule_version,
        rules.rule_group,
        rules.points,
        rules.daily_limit,
        activities.activity_id,
        activities.occurred_at as effective_at,
        activities.occurred_on as effective_on,
        activities.content_key,
        activities.is_machine,
        activities.connector || '|' || activities.source_table || '|' || activities.source_record_id
            as sort_key,
        row_number() over (
            partition by activities.activity_id, rules.rule_group
            order by rules.rule_order, rules.rule_id
        ) as match_rank
    from activities
    inner join rules
        on activities.activity_type = rules.activity_type
        and (rules.content_category is null or activities.content_category = rules.content_category)
        and {{ holds_on('rules', 'activities.occurred_on') }}
),

counted as (
    select
        *,
        row_number() over (
            partition by lead_id, rule_id, content_key, effective_on, is_machine
            order by effective_at, sort_key
        ) as count_of_day
    from matched
    where match_rank = 1
),

final as (
    select
        candidate_id,
        lead_id,
        rule_id,
        rule_version,
        rule_group,
        activity_id,
        effective_at,
        effective_on,
        points,
        sort_key,
        case
            when is_machine then 'machine'
            when daily_limit is not null and count_of_day > daily_limit then 'limited'
            else 'eligible'
        end as eligibility
    from counted
)

select * from final
