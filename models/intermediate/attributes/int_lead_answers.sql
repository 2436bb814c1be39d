{{ config(
    materialized='incremental',
    incremental_strategy='replace_changed',
    unique_key='lead_id',
    meta={'changed': 'int_changed_leads'}
) }}

with

attributes as (
    select
        *,
        {{ local_day('valid_from') }} as valid_from_on
    from {{ ref('int_lead_attributes') }}
    where {{ only_changed('lead_id', 'int_changed_leads') }}
),

meanings as (
    select * from {{ ref('int_answer_meanings') }}
),

understood as (
    select
        attributes.*,
        meanings.meaning,
        cast(
            {{ dbt.dateadd('month', 'meanings.months', 'attributes.valid_from_on') }} as date
        ) as deadline
    from attributes
    left join meanings
        on attributes.attribute = meanings.answer
        and attributes.value = meanings.raw_value
        and {{ holds_on('meanings', 'attributes.valid_from_on') }}
),

-- The stated role counts; where it says nothing, the title's.
role_moments as (
    select lead_id, valid_from as moment from understood
    where attribute in ('decision_role', 'job_title')
    union
    select lead_id, valid_to as moment from understood
    where attribute in ('decision_role', 'job_title') and valid_to is not null
),

roles as (
    select
        role_moments.lead_id,
        role_moments.moment as valid_from,
        max(coalesce(stated.meaning, titles.buying_role)) as value,
        max(coalesce(stated.trigger_id, held.trigger_id)) as trigger_id,
        max(coalesce(stated.landed_at, held.landed_at)) as landed_at
    from role_moments
    left join understood as stated
        on role_moments.lead_id = stated.lead_id
        and stated.attribute = 'decision_role'
        and stated.meaning is not null
        and role_moments.moment >= stated.valid_from
        and role_moments.moment < {{ or_never('stated.valid_to') }}
    left join understood as held
        on role_moments.lead_id = held.lead_id
        and held.attribute = 'job_title'
        and role_moments.moment >= held.valid_from
        and role_moments.moment < {{ or_never('held.valid_to') }}
    left join {{ source('text', 'job_title') }} as titles on held.value = titles.raw_value
    group by role_moments.lead_id, role_moments.moment
),

answers as (
    select
        lead_id,
        'purchase_deadline' as attribute,
        valid_from,
        case when meaning = 'months' then cast(deadline as varchar) end as value,
        trigger_id,
        landed_at
    from understood
    where attribute = 'purchase_timeline'

    union all

    select lead_id, 'buying_role' as attribute, valid_from, value, trigger_id, landed_at
    from roles

    union all

    select
        lead_id,
        'is_budget_known' as attribute,
        valid_from,
        case when coalesce(meaning = 'secured', false) then 'true' else 'false' end as value,
        trigger_id,
        landed_at
    from understood
    where attribute = 'budget'

    union all

    select
        understood.lead_id,
        'is_target_size' as attribute,
        understood.valid_from,
        case when coalesce(sizes.is_target, false) then 'true' else 'false' end as value,
        understood.trigger_id,
        understood.landed_at
    from understood
    left join {{ ref('company_sizes') }} as sizes
        on cast(understood.value as double) >= sizes.min_employees
        and (sizes.max_employees is null or cast(understood.value as double) <= sizes.max_employees)
        and {{ holds_on('sizes', 'understood.valid_from_on') }}
    where understood.attribute = 'employees'
),

steps as (
    select
        *,
        lag(value) over (partition by lead_id, attribute order by valid_from) as value_before
    from answers
),

-- Another deadline may be the same answer given anew: it counts from the day it was given.
final as (
    select
        lead_id,
        attribute,
        value,
        trigger_id,
        landed_at,
        valid_from,
        lead(valid_from) over (partition by lead_id, attribute order by valid_from) as valid_to
    from steps
    where value is distinct from value_before
)

select * from final
