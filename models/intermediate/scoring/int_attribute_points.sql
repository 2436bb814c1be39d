{{ config(
    materialized='incremental',
    incremental_strategy='replace_changed',
    unique_key='lead_id',
    meta={'changed': 'int_changed_leads'}
) }}


with

answers as (
    select * from {{ ref('int_lead_answers') }}
    where value is not null and {{ only_changed('lead_id', 'int_changed_leads') }}
),

rules as (
    select
        *,
        {{ local_midnight('valid_from') }} as rule_from_at,
        {{ local_midnight('valid_to') }} as rule_to_at
    from {{ ref('score_rules') }}
    where is_active and score_kind = 'attribute'
),

-- A value gives its points while both it and the rule hold.
matched as (
    select
        answers.lead_id,
        rules.rule_id,
        rules.rule_version,
        rules.rule_group,
        rules.points,
        greatest(answers.valid_from, coalesce(rules.rule_from_at, answers.valid_from)) as from_at,
        least(
            coalesce(answers.valid_to, rules.rule_to_at),
            coalesce(rules.rule_to_at, answers.valid_to)
        ) as to_at,
        row_number() over (
            partition by answers.lead_id, rules.rule_group, answers.valid_from, rules.valid_from
            order by rules.rule_order, rules.rule_id
        ) as match_rank
    from answers
    inner join rules
        on answers.attribute = rules.attribute
        and {{ in_list('answers.value', 'rules.attribute_value') }}
),

held as (
    select * from matched
    where match_rank = 1 and (to_at is null or from_at < to_at)
),

-- The id names no lead, so that it may stand where leads are not to be known.
final as (
    select
        rule_id || ':given:' || md5(lead_id || ' ' || cast(from_at as varchar)) as ledger_id,
        lead_id,
        rule_id,
        rule_version,
        rule_group,
        from_at as effective_at,
        points
    from held

    union all

    select
        rule_id || ':taken:' || md5(lead_id || ' ' || cast(from_at as varchar)) as ledger_id,
        lead_id,
        rule_id,
        rule_version,
        rule_group,
        to_at as effective_at,
        -points as points
    from held
    where to_at is not null
)

select * from final
