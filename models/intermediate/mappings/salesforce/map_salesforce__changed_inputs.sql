with

changed_opportunities as (
    select record_id, opportunity_id, account_id from {{ ref('stg_salesforce__opportunity') }}
    where
        {{ is_changed('changed_in_build') }}
        -- A close date that came true may close what was open.
        or (close_date > {{ completed_as_of() }} and close_date <= {{ as_of() }})

    union

    select opportunities.record_id, opportunities.opportunity_id, opportunities.account_id
    from {{ ref('stg_salesforce__opportunity') }} as opportunities
    where
        opportunities.opportunity_id in (
            select history.opportunity_id
            from {{ ref('stg_salesforce__opportunity_history') }} as history
            where {{ is_changed('history.changed_in_build') }}
        )
        or opportunities.opportunity_id in (
            select history.opportunity_id
            from {{ ref('stg_salesforce__opportunity_field_history') }} as history
            where {{ is_changed('history.changed_in_build') }}
        )
        or opportunities.opportunity_id in (
            select roles.opportunity_id
            from {{ ref('stg_salesforce__opportunity_contact_role') }} as roles
            where {{ is_changed('roles.changed_in_build') }}
        )
),

changed_accounts as (
    select record_id as crm_account_id from {{ ref('stg_salesforce__account') }}
    where {{ is_changed('changed_in_build') }}
    union
    select account_id as crm_account_id from {{ ref('stg_salesforce__account_history') }}
    where {{ is_changed('changed_in_build') }}
    union
    select account_id as crm_account_id from changed_opportunities

    union

    -- Whose opportunity it was before it moved.
    select account_id as crm_account_id from {{ ref('stg_salesforce__opportunity_versions') }}
    where record_id in (select changed.record_id from changed_opportunities as changed)

    union

    select merged_into_id as crm_account_id
    from {{ ref('stg_salesforce__account_merge_versions') }}
    where
        record_id in (
            select accounts.record_id from {{ ref('stg_salesforce__account') }} as accounts
            where {{ is_changed('accounts.changed_in_build') }}
        )
),

changed_persons as (
    select 'salesforce:' || lead_id as person_key from {{ ref('stg_salesforce__lead_history') }}
    where {{ is_changed('changed_in_build') }}
    union
    select 'salesforce:' || contact_id as person_key
    from {{ ref('stg_salesforce__contact_history') }}
    where {{ is_changed('changed_in_build') }}
    union
    select 'salesforce:' || contact_id as person_key
    from {{ ref('stg_salesforce__opportunity_contact_role') }}
    where
        {{ is_changed('changed_in_build') }}
        or opportunity_id in (select changed.opportunity_id from changed_opportunities as changed)

    union

    -- Who had the role before it moved.
    select 'salesforce:' || contact_id as person_key
    from {{ ref('stg_salesforce__opportunity_contact_role_versions') }}
    where
        record_id in (
            select roles.record_id
            from {{ ref('stg_salesforce__opportunity_contact_role') }} as roles
            where {{ is_changed('roles.changed_in_build') }}
        )

    union

    select 'salesforce:' || record_id as person_key from {{ ref('stg_salesforce__lead') }}
    where
        converted_opportunity_id in (
            select changed.opportunity_id from changed_opportunities as changed
        )
)

-- Deleted rows are named too: what they said must be taken back.
{{ changed_inputs('changed_persons', 'changed_accounts', 'changed_opportunities') }}
