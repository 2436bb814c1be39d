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

-- A rule for one category meets only the activities of it: most activities meet none.
meetings as (
    select
        activities.*,
        rules.rule_id,
        rules.rule_version
    from activities
    inner join rules
        on activities.activity_type = rules.activity_type
        and activities.content_category = rules.content_category
        and {{ holds_on('rules', 'activities.occurred_on') }}

    union all

    select
        activities.*,
        rules.rule_id,
        rules.rule_version
    from activities
    inner join rules
        on activities.activity_type = rules.activity_type
        and {{ holds_on('rules', 'activities.occurred_on') }}
    where rules.content_category is null
),

-- Within a group the first rule that matches counts.
matched as (
    select
        rules.rule_id || ':' || meetings.activity_id as candidate_id,
        meetings.lead_id,
        rules.rule_id,
        rules.rule_version,
        rules.rule_group,
        rules.points,
        rules.daily_limit,
        meetings.activity_id,
        meetings.occurred_at as effective_at,
        meetings.occurred_on as effective_on,
        meetings.content_key,
        meetings.is_machine,
        -- A blank sorts before whatever a name may hold, so that the parts compare one by one.
        meetings.connector || ' ' || meetings.source_table || ' ' || meetings.source_record_id
            as sort_key,
        row_number() over (
            partition by meetings.activity_id, rules.rule_group
            order by rules.rule_order, rules.rule_id
        ) as match_rank
    from meetings
    inner join rules
        on meetings.rule_id = rules.rule_id and meetings.rule_version = rules.rule_version
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
