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

rules as (
    select * from {{ ref('exclusion_rules') }}
),

starts as (
    select * from {{ ref('int_lead_starts') }}
    where {{ only_changed('lead_id', 'int_changed_leads') }}
),

by_account_type as (
    select
        members.lead_id,
        types.valid_from as from_at,
        types.valid_to as to_at,
        rules.exclusion_reason as reason
    from members
    inner join {{ ref('int_account_values') }} as types
        on members.crm_account_id = types.crm_account_id
        and types.attribute = 'account_type'
    inner join {{ source('text', 'label') }} as labels on types.value = labels.raw_value
    inner join rules
        on rules.match_on = 'account_type'
        and {{ matches('labels.label', 'rules.pattern') }}
),

-- Who a person is by address, title or name holds from the first moment on.
by_person as (
    select
        members.lead_id,
        starts.first_seen_at as from_at,
        cast(null as timestamp) as to_at,
        rules.exclusion_reason as reason
    from members
    inner join starts on members.lead_id = starts.lead_id
    left join {{ source('text', 'job_title') }} as titles on members.job_title = titles.raw_value
    inner join rules
        on (rules.match_on = 'email_domain' and {{ matches('members.email_domain', 'rules.pattern') }})
        or (rules.match_on = 'email' and {{ matches('members.email', 'rules.pattern') }})
        or (
            rules.match_on = 'person_name'
            and {{ matches('lower(members.person_name)', 'rules.pattern') }}
        )
        or (rules.match_on = 'job_title' and {{ matches('lower(titles.title_key)', 'rules.pattern') }})

    union all

    select
        members.lead_id,
        starts.first_seen_at as from_at,
        cast(null as timestamp) as to_at,
        'staff' as reason
    from members
    inner join starts on members.lead_id = starts.lead_id
    where members.email_domain in ('{{ var("own_domains") | join("', '") }}')
),

won_opportunities as (
    select * from (
        {{ mapped('opportunities') }}
    ) as opportunities
    where is_won and closed_at is not null
),

-- A contract makes customers of all people of its account and of those in its roles.
by_contract as (
    select
        members.lead_id,
        won_opportunities.closed_at as from_at,
        cast(null as timestamp) as to_at,
        'customer' as reason
    from members
    inner join won_opportunities on members.crm_account_id = won_opportunities.crm_account_id

    union all

    select
        members.lead_id,
        won_opportunities.closed_at as from_at,
        cast(null as timestamp) as to_at,
        'customer' as reason
    from members
    inner join (
        {{ mapped('opportunity_persons') }}
    ) as persons on members.person_key = persons.person_key
    inner join won_opportunities on persons.opportunity_id = won_opportunities.opportunity_id
),

job_seekers as (
    select * from {{ ref('int_job_seekers') }}
    where {{ only_changed('lead_id', 'int_changed_leads') }}
),

final as (
    select * from by_account_type
    union
    select * from by_person
    union
    select * from by_contract
    union
    select * from job_seekers
)

select * from final
where from_at <= {{ as_of() }}
