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
        rules.rule_order,
        greatest(answers.valid_from, coalesce(rules.rule_from_at, answers.valid_from)) as from_at,
        {{ earliest(['answers.valid_to', 'rules.rule_to_at']) }} as to_at
    from answers
    inner join rules
        on answers.attribute = rules.attribute
        and {{ in_list('answers.value', 'rules.attribute_value') }}
),

spans as (
    select
        *,
        rule_id || ' ' || cast(from_at as varchar) as span_key
    from matched
    where to_at is null or from_at < to_at
),

moments as (
    select lead_id, rule_group, from_at as moment from spans
    union
    select lead_id, rule_group, to_at as moment from spans
    where to_at is not null
),

-- Of a group the first rule that holds gives the points, from each moment to the next.
ranked as (
    select
        moments.lead_id,
        moments.rule_group,
        moments.moment,
        spans.span_key,
        spans.rule_id,
        spans.rule_version,
        spans.points,
        row_number() over (
            partition by moments.lead_id, moments.rule_group, moments.moment
            order by spans.rule_order, spans.rule_id, spans.span_key
        ) as match_rank
    from moments
    left join spans
        on moments.lead_id = spans.lead_id
        and moments.rule_group = spans.rule_group
        and moments.moment >= spans.from_at
        and moments.moment < {{ or_never('spans.to_at') }}
),

steps as (
    select
        *,
        lag(span_key) over (partition by lead_id, rule_group order by moment) as span_key_before
    from ranked
    where match_rank = 1
),

-- The next step is one of another span, or of none.
pieces as (
    select
        *,
        moment as from_at,
        lead(moment) over (partition by lead_id, rule_group order by moment) as to_at
    from steps
    where span_key is distinct from span_key_before
),

held as (
    select * from pieces
    where span_key is not null
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
