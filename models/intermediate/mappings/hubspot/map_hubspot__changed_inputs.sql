with

changed_stages as (
    select stage_id from {{ ref('stg_hubspot__deal_pipeline_stage') }}
    where {{ is_changed('changed_in_build') }}
),

changed_deals as (
    select deal_id from {{ ref('stg_hubspot__deal') }}
    where
        {{ is_changed('changed_in_build') }}
        -- A close date that came true may close what was open.
        or {{ came_true('close_date') }}
        or stage_id in (select changed_stages.stage_id from changed_stages)
    union
    select deal_id from {{ ref('map_hubspot__opportunity_keys') }}
    where {{ is_changed('changed_in_build') }}
    union
    select deal_id from {{ ref('stg_hubspot__deal_stage') }}
    where
        {{ is_changed('changed_in_build') }}
        or stage_id in (select changed_stages.stage_id from changed_stages)
    union
    select deal_id from {{ ref('stg_hubspot__deal_property_history') }}
    where
        field = 'dealstage'
        and (
            {{ is_changed('changed_in_build') }}
            or value in (select changed_stages.stage_id from changed_stages)
        )
    union
    select deal_id from {{ ref('stg_hubspot__deal_contact') }}
    where {{ is_changed('changed_in_build') }}
    union
    select deal_id from {{ ref('stg_hubspot__deal_company') }}
    where {{ is_changed('changed_in_build') }}
),

-- Deals that were merged meanwhile name both keys: the one they had and the one they go by.
changed_opportunities as (
    select 'hubspot:' || deal_id as opportunity_id from changed_deals
    union
    select keys.opportunity_key as opportunity_id
    from {{ ref('map_hubspot__opportunity_keys') }} as keys
    inner join changed_deals on keys.deal_id = changed_deals.deal_id
    union
    select keys.surviving_opportunity_key as opportunity_id
    from {{ ref('map_hubspot__opportunity_keys') }} as keys
    inner join changed_deals on keys.deal_id = changed_deals.deal_id
),

changed_companies as (
    select company_id from {{ ref('stg_hubspot__company') }}
    where {{ is_changed('changed_in_build') }}
    union
    select company_id from {{ ref('map_hubspot__account_keys') }}
    where {{ is_changed('changed_in_build') }}
    union
    select company_id from {{ ref('stg_hubspot__company_property_history') }}
    where
        field in ('type', 'lifecyclestage', 'numberofemployees')
        and {{ is_changed('changed_in_build') }}
    union
    select links.company_id
    from {{ ref('stg_hubspot__deal_company') }} as links
    inner join changed_deals on links.deal_id = changed_deals.deal_id
),

changed_accounts as (
    select 'hubspot:' || company_id as crm_account_id from changed_companies
    union
    select keys.account_key as crm_account_id
    from {{ ref('map_hubspot__account_keys') }} as keys
    inner join changed_companies on keys.company_id = changed_companies.company_id
    union
    select keys.surviving_account_key as crm_account_id
    from {{ ref('map_hubspot__account_keys') }} as keys
    inner join changed_companies on keys.company_id = changed_companies.company_id
),

changed_contacts as (
    select contact_id from {{ ref('map_hubspot__property_changes') }}
    where {{ is_changed('changed_in_build') }}
    union
    select links.contact_id
    from {{ ref('stg_hubspot__deal_contact') }} as links
    inner join changed_deals on links.deal_id = changed_deals.deal_id
),

changed_persons as (
    select 'hubspot:' || contact_id as person_key from changed_contacts
)

-- Deleted rows are named too: what they said must be taken back.
{{ changed_inputs('changed_persons', 'changed_accounts', 'changed_opportunities') }}
