{{ config(
    materialized='incremental',
    incremental_strategy='replace_changed',
    unique_key='lead_id',
    meta={'changed': 'int_changed_leads'}
) }}


with

candidates as (
    select * from {{ ref('int_score_candidates') }}
    where {{ only_changed('lead_id', 'int_changed_leads') }}
),

behaviour as (
    select
        candidates.candidate_id as ledger_id,
        candidates.lead_id,
        candidates.rule_id,
        candidates.rule_version,
        candidates.rule_group,
        candidates.activity_id,
        candidates.effective_at,
        candidates.effective_on,
        candidates.points,
        coalesce(awards.points_awarded, 0) as points_awarded,
        case
            when candidates.eligibility = 'eligible' then awards.outcome
            else candidates.eligibility
        end as outcome,
        'behaviour' as score_kind,
        cast(null as varchar) as note
    from candidates
    left join {{ source('lifecycle', 'awards') }} as awards
        on candidates.candidate_id = awards.candidate_id
),

attribute as (
    select
        ledger_id,
        lead_id,
        rule_id,
        rule_version,
        rule_group,
        cast(null as varchar) as activity_id,
        effective_at,
        {{ local_day('effective_at') }} as effective_on,
        points,
        points as points_awarded,
        'awarded' as outcome,
        'attribute' as score_kind,
        cast(null as varchar) as note
    from {{ ref('int_attribute_points') }}
    where effective_at <= {{ as_of() }} and {{ only_changed('lead_id', 'int_changed_leads') }}
),

manual as (
    select
        ledger_id,
        lead_id,
        'manual_adjustment' as rule_id,
        1 as rule_version,
        'manual' as rule_group,
        cast(null as varchar) as activity_id,
        effective_at,
        {{ local_day('effective_at') }} as effective_on,
        points,
        points as points_awarded,
        'awarded' as outcome,
        'manual' as score_kind,
        note
    from {{ ref('int_manual_points') }}
    where effective_at <= {{ as_of() }} and {{ only_changed('lead_id', 'int_changed_leads') }}
),

entries as (
    select * from behaviour
    union all
    select * from attribute
    union all
    select * from manual
),

final as (
    select
        entries.*,
        names.name_en as rule_name,
        names.name_ja as rule_name_ja
    from entries
    left join {{ ref('int_rule_names') }} as names
        on entries.rule_id = names.rule_id and entries.rule_version = names.rule_version
)

select * from final
