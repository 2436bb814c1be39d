{{ config(
    materialized='incremental',
    incremental_strategy='replace_changed',
    unique_key='lead_id',
    meta={'changed': 'int_changed_leads'}
) }}

with

members as (
    select * from {{ ref('int_lead_members') }}
    where
        lead_id is not null
        and record_status = 'used'
        and {{ only_changed('lead_id', 'int_changed_leads') }}
),

-- A record belongs to its account since there is the record; a converted lead since its conversion.
belongings as (
    select
        members.lead_id,
        members.record_key,
        members.member_rank,
        members.crm_account_id,
        greatest(members.created_at, coalesce(conversions.converted_at, members.created_at))
            as belongs_since
    from members
    left join {{ ref('int_conversions_unioned') }} as conversions
        on members.person_key = conversions.person_key
    where members.crm_account_id is not null
),

account_sizes as (
    select
        belongings.lead_id,
        'employees' as attribute,
        sizes.value,
        greatest(sizes.valid_from, belongings.belongs_since) as valid_from,
        sizes.valid_to,
        belongings.record_key as trigger_id,
        sizes.landed_at,
        belongings.member_rank as value_rank
    from belongings
    inner join {{ ref('int_account_values') }} as sizes
        on belongings.crm_account_id = sizes.crm_account_id
    where
        sizes.attribute = 'employees'
        and (sizes.valid_to is null or sizes.valid_to > belongings.belongs_since)
),

-- What the account says of its size comes before what its people say.
spans as (
    select * from account_sizes

    union all

    select
        lead_id,
        attribute,
        value,
        valid_from,
        valid_to,
        record_key as trigger_id,
        landed_at,
        1000000 + member_rank as value_rank
    from {{ ref('int_record_values') }}
    where attribute not in ('status', 'lifecycle_stage', 'reject_reason', 'stated_problem')
        and {{ only_changed('lead_id', 'int_changed_leads') }}
),

moments as (
    select lead_id, attribute, valid_from as moment from spans
    union
    select lead_id, attribute, valid_to as moment from spans
    where valid_to is not null
),

-- At each moment the first record that has a value speaks for the person.
ranked as (
    select
        moments.lead_id,
        moments.attribute,
        moments.moment as valid_from,
        spans.value,
        spans.trigger_id,
        spans.landed_at,
        row_number() over (
            partition by moments.lead_id, moments.attribute, moments.moment
            order by spans.value_rank nulls last, spans.trigger_id, spans.valid_from
        ) as value_order
    from moments
    left join spans
        on moments.lead_id = spans.lead_id
        and moments.attribute = spans.attribute
        and moments.moment >= spans.valid_from
        and moments.moment < {{ or_never('spans.valid_to') }}
),

steps as (
    select
        *,
        lag(value) over (partition by lead_id, attribute order by valid_from) as value_before
    from ranked
    where value_order = 1
),

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
