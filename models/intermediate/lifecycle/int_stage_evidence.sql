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

activity_evidence as (
    select * from {{ ref('int_activity_evidence') }}
    where {{ only_changed('lead_id', 'int_changed_leads') }}
),

opportunities as (
    select * from {{ ref('int_opportunities') }}
),

persons as (
    select
        persons.*,
        members.lead_id
    from {{ ref('int_opportunity_persons_unioned') }} as persons
    inner join members on persons.person_key = members.person_key
),

-- An opportunity speaks for a person from the moment the person is linked to it.
opportunity_evidence as (
    select
        persons.lead_id,
        greatest(spans.from_at, min(persons.linked_at)) as from_at,
        spans.to_at as through_at,
        spans.stage_key,
        spans.rule_id as trigger_name,
        spans.opportunity_id as trigger_id,
        'evidence' as kind,
        case when spans.from_at = opportunities.created_at then 'any' else 'none' end as reopens,
        -- A record lands anew with every change, which tells nothing of when it was first known.
        greatest(spans.from_at, min(persons.linked_at)) as known_at
    from persons
    inner join {{ ref('int_opportunity_spans') }} as spans
        on persons.opportunity_id = spans.opportunity_id
    inner join opportunities on spans.opportunity_id = opportunities.opportunity_id
    group by
        persons.lead_id,
        spans.opportunity_id,
        spans.stage_key,
        spans.rule_id,
        spans.from_at,
        spans.to_at,
        opportunities.created_at
    having spans.to_at is null or min(persons.linked_at) < spans.to_at
),

closings as (
    select
        persons.lead_id,
        greatest(opportunities.closed_at, min(persons.linked_at)) as from_at,
        greatest(opportunities.closed_at, min(persons.linked_at)) as through_at,
        case when opportunities.is_won then 'won' else 'lost' end as stage_key,
        case
            when opportunities.is_won then 'opportunity_won'
            else 'opportunity_lost'
        end as trigger_name,
        opportunities.opportunity_id as trigger_id,
        'closing' as kind,
        'none' as reopens,
        greatest(opportunities.closed_at, min(persons.linked_at)) as known_at
    from persons
    inner join opportunities on persons.opportunity_id = opportunities.opportunity_id
    where opportunities.closed_at is not null
    group by
        persons.lead_id, opportunities.opportunity_id, opportunities.closed_at, opportunities.is_won
),

statuses as (
    select
        lead_id,
        valid_from as from_at,
        valid_from as through_at,
        stage_key,
        'crm_status' as trigger_name,
        record_key as trigger_id,
        case meaning when 'stage' then 'status' else meaning end as kind,
        'none' as reopens,
        {{ known_at('valid_from', 'landed_at') }} as known_at
    from {{ ref('int_lead_statuses') }}
    where meaning <> 'working' and {{ only_changed('lead_id', 'int_changed_leads') }}
),

final as (
    select * from activity_evidence
    union all
    select * from opportunity_evidence
    union all
    select * from closings
    union all
    select * from statuses
)

select * from final
where from_at <= {{ as_of() }}
