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
    select
        *,
        {{ local_midnight('valid_from') }} as rule_from_at,
        {{ local_midnight('valid_to') }} as rule_to_at
    from {{ ref('exclusion_rules') }}
),

starts as (
    select * from {{ ref('int_lead_starts') }}
    where {{ only_changed('lead_id', 'int_changed_leads') }}
),

accounts as (
    select * from {{ ref('int_lead_accounts') }}
    where crm_account_id is not null and {{ only_changed('lead_id', 'int_changed_leads') }}
),

crm_accounts as (
    select * from {{ ref('int_crm_accounts') }}
),

-- A company is what any of its accounts is; one that was merged away says nothing any more.
by_account_type as (
    select
        accounts.lead_id,
        accounts.crm_account_id,
        types.valid_from as from_at,
        types.valid_to as to_at,
        rules.exclusion_reason as reason,
        rules.rule_from_at,
        rules.rule_to_at
    from accounts
    inner join crm_accounts
        on accounts.crm_account_id = crm_accounts.surviving_account_id
        and (
            not crm_accounts.is_merged
            or crm_accounts.crm_account_id = crm_accounts.surviving_account_id
        )
    inner join {{ ref('int_account_values') }} as types
        on crm_accounts.crm_account_id = types.crm_account_id
        and types.attribute = 'account_type'
    inner join {{ source('text', 'label') }} as labels on types.value = labels.raw_value
    inner join rules
        on rules.match_on = 'account_type'
        and {{ matches('labels.label', 'rules.pattern') }}
),

traits as (
    select lead_id, 'email_domain' as match_on, email_domain as matched_text from members
    union all
    select lead_id, 'email' as match_on, email as matched_text from members
    union all
    select lead_id, 'person_name' as match_on, lower(person_name) as matched_text from members
    union all
    select
        members.lead_id,
        'job_title' as match_on,
        lower(titles.title_key) as matched_text
    from members
    inner join {{ source('text', 'job_title') }} as titles on members.job_title = titles.raw_value
),

-- Who a person is by address, title or name holds from the first moment on.
by_person as (
    select
        traits.lead_id,
        cast(null as varchar) as crm_account_id,
        starts.first_seen_at as from_at,
        cast(null as timestamp) as to_at,
        texts.exclusion_reason as reason,
        {{ local_midnight('texts.valid_from') }} as rule_from_at,
        {{ local_midnight('texts.valid_to') }} as rule_to_at
    from traits
    inner join {{ ref('int_exclusion_texts') }} as texts
        on traits.match_on = texts.match_on and traits.matched_text = texts.matched_text
    inner join starts on traits.lead_id = starts.lead_id
),

-- A rule excludes while it holds itself.
by_rule as (
    select
        lead_id,
        crm_account_id,
        greatest(from_at, coalesce(rule_from_at, from_at)) as from_at,
        least(coalesce(to_at, rule_to_at), coalesce(rule_to_at, to_at)) as to_at,
        reason
    from (
        select * from by_account_type
        union all
        select * from by_person
    ) as matched
),

by_own_domain as (
    select
        members.lead_id,
        cast(null as varchar) as crm_account_id,
        starts.first_seen_at as from_at,
        cast(null as timestamp) as to_at,
        'staff' as reason
    from members
    inner join starts on members.lead_id = starts.lead_id
    where members.email_domain in ('{{ var("own_domains") | join("', '") }}')
),

opportunities as (
    select * from {{ ref('int_opportunities') }}
),

won_opportunities as (
    select
        opportunities.opportunity_id,
        opportunities.closed_at,
        coalesce(crm_accounts.surviving_account_id, opportunities.crm_account_id) as crm_account_id
    from opportunities
    left join crm_accounts
        on opportunities.crm_account_id = crm_accounts.crm_account_id
    where opportunities.is_won and opportunities.closed_at is not null
),

-- A contract makes customers of all people of its account and of those in its roles.
by_contract as (
    select
        accounts.lead_id,
        accounts.crm_account_id,
        won_opportunities.closed_at as from_at,
        cast(null as timestamp) as to_at,
        'customer' as reason
    from accounts
    inner join won_opportunities
        on accounts.crm_account_id = won_opportunities.crm_account_id

    union all

    select
        members.lead_id,
        won_opportunities.crm_account_id,
        won_opportunities.closed_at as from_at,
        cast(null as timestamp) as to_at,
        'customer' as reason
    from members
    inner join {{ ref('int_opportunity_persons_unioned') }} as persons
        on members.person_key = persons.person_key
    inner join won_opportunities on persons.opportunity_id = won_opportunities.opportunity_id
),

job_seekers as (
    select * from {{ ref('int_job_seekers') }}
    where {{ only_changed('lead_id', 'int_changed_leads') }}
),

spans as (
    select * from by_rule
    where to_at is null or from_at < to_at
    union
    select * from by_own_domain
    union
    select * from by_contract
    union
    select
        lead_id,
        cast(null as varchar) as crm_account_id,
        from_at,
        to_at,
        reason
    from job_seekers
),

final as (
    select
        md5(
            lead_id || '|' || reason || '|' || cast(from_at as varchar)
            || '|' || coalesce(cast(to_at as varchar), '') || '|' || coalesce(crm_account_id, '')
        ) as span_id,
        lead_id,
        reason,
        from_at,
        to_at,
        crm_account_id
    from spans
)

select * from final
where from_at <= {{ as_of() }}
