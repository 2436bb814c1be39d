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

opportunities as (
    select * from {{ ref('int_opportunities') }}
),

persons as (
    select * from {{ ref('int_opportunity_persons_unioned') }}
),

conversions as (
    select * from {{ ref('int_conversions_unioned') }}
),

statuses as (
    select
        statuses.lead_id,
        statuses.valid_from as marked_at,
        'status' as mark,
        statuses.record_key as trigger_id,
        statuses.landed_at
    from {{ ref('int_lead_statuses') }} as statuses
    inner join members on statuses.record_key = members.record_key
    where statuses.is_hand_mark
),

-- A role counts only in an opportunity that was open then.
roles as (
    select
        members.lead_id,
        persons.linked_at as marked_at,
        'opportunity' as mark,
        persons.link_id as trigger_id,
        persons.landed_at
    from persons
    inner join members on persons.person_key = members.person_key
    inner join opportunities on persons.opportunity_id = opportunities.opportunity_id
    where
        persons.link = 'contact_role'
        and persons.linked_at >= opportunities.created_at
        and (opportunities.closed_at is null or persons.linked_at < opportunities.closed_at)
),

converted as (
    select
        members.lead_id,
        conversions.converted_at as marked_at,
        'conversion' as mark,
        conversions.conversion_id as trigger_id,
        conversions.landed_at
    from conversions
    inner join members on conversions.person_key = members.person_key
),

final as (
    select * from statuses
    union all
    select * from roles
    union all
    select * from converted
)

select * from final
where marked_at <= {{ as_of() }}
