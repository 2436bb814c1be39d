with

changed_prospects as (
    select record_id from {{ ref('stg_pardot__prospect') }}
    where {{ is_changed('changed_in_build') }}
),

changed_opportunities as (
    select record_id, opportunity_id from {{ ref('stg_pardot__opportunity') }}
    where
        {{ is_changed('changed_in_build') }}
        -- A close date that came true may close what was dated by its last change.
        or (close_date > {{ completed_as_of() }} and close_date <= {{ as_of() }})
        or record_id in (
            select links.opportunity_record_id
            from {{ ref('stg_pardot__opportunity_prospect') }} as links
            where
                {{ is_changed('links.changed_in_build') }}
                or links.prospect_id in (select changed.record_id from changed_prospects as changed)
        )
),

-- Who takes part decides whose deal it is: people of changed deals may have been the first.
concerned_prospects as (
    select record_id as prospect_id from changed_prospects
    union
    select links.prospect_id
    from {{ ref('stg_pardot__opportunity_prospect') }} as links
    inner join changed_opportunities as changed on links.opportunity_record_id = changed.record_id
),

-- Their companies, those of their earlier versions too.
companies_of_concerned as (
    select prospect_account_id, crm_account_id from {{ ref('stg_pardot__prospect') }}
    where record_id in (select concerned.prospect_id from concerned_prospects as concerned)
    union
    select prospect_account_id, crm_account_id from {{ ref('stg_pardot__prospect_versions') }}
    where record_id in (select concerned.prospect_id from concerned_prospects as concerned)
),

changed_accounts as (
    select keys.crm_account_id
    from {{ ref('map_pardot__account_keys') }} as keys
    inner join {{ ref('stg_pardot__prospect_account') }} as accounts
        on keys.record_id = accounts.record_id
    where {{ is_changed('accounts.changed_in_build') }}
    union
    select crm_account_id from companies_of_concerned
    where crm_account_id is not null
    union
    select keys.crm_account_id
    from companies_of_concerned as companies
    inner join {{ ref('map_pardot__account_keys') }} as keys
        on companies.prospect_account_id = keys.record_id
),

-- Deleted links are named too: what they said must be taken back.
changed_persons as (
    select 'pardot:' || links.prospect_id as person_key
    from {{ ref('stg_pardot__opportunity_prospect') }} as links
    where
        {{ is_changed('links.changed_in_build') }}
        or links.opportunity_record_id in (
            select changed.record_id from changed_opportunities as changed
        )
    group by links.prospect_id
)

{{ changed_inputs('changed_persons', 'changed_accounts', 'changed_opportunities') }}
