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
linked as (
    select
        members.lead_id,
        members.record_key,
        members.member_rank as value_rank,
        members.crm_account_id,
        greatest(members.created_at, coalesce(conversions.converted_at, members.created_at))
            as belongs_since,
        cast(null as timestamp) as belongs_until
    from members
    left join {{ ref('int_conversions_unioned') }} as conversions
        on members.person_key = conversions.person_key
    where members.crm_account_id is not null
),

first_links as (
    select
        lead_id,
        min(belongs_since) as linked_at
    from linked
    group by lead_id
),

-- Until a record names an account, a person belongs to that of the company it tells by number,
-- domain or name, since a record tells it.
told as (
    select
        members.lead_id,
        min_by(
            members.record_key, {{ earlier_first('members.created_at', 'members.record_key') }}
        ) as record_key,
        500000 as value_rank,
        accounts.told_account_id as crm_account_id,
        min(members.created_at) as belongs_since,
        first_links.linked_at as belongs_until
    from members
    inner join {{ ref('int_lead_accounts') }} as accounts on members.lead_id = accounts.lead_id
    left join first_links on members.lead_id = first_links.lead_id
    where
        accounts.told_account_id is not null
        and coalesce(members.corporate_number, members.email_domain, members.company_key)
        is not null
    group by members.lead_id, accounts.told_account_id, first_links.linked_at
),

belongings as (
    select * from linked
    union all
    select * from told
),

account_sizes as (
    select
        belongings.lead_id,
        'employees' as attribute,
        sizes.value,
        greatest(sizes.valid_from, belongings.belongs_since) as valid_from,
        {{ earliest(['sizes.valid_to', 'belongings.belongs_until']) }} as valid_to,
        belongings.record_key as trigger_id,
        sizes.landed_at,
        belongings.value_rank
    from belongings
    inner join {{ ref('int_account_values') }} as sizes
        on belongings.crm_account_id = sizes.crm_account_id
    where sizes.attribute = 'employees'
),

-- What the account says of its size comes before what its people say.
spans as (
    select * from account_sizes
    where valid_to is null or valid_from < valid_to

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
