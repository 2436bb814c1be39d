with

members as (
    select * from {{ ref('int_lead_members') }}
),

links as (
    {{ mapped('opportunity_persons') }}
),

opportunities as (
    {{ mapped('opportunities') }}
),

changed_opportunities as (
    select opportunity_id, crm_account_id from opportunities
    where {{ is_changed('changed_in_build') }}
),

changed_accounts as (
    select crm_account_id from (
        {{ mapped('account_records') }}
    ) as account_records
    where {{ is_changed('changed_in_build') }}

    union

    select crm_account_id from (
        {{ mapped('account_history') }}
    ) as account_history
    where {{ is_changed('changed_in_build') }}

    union

    select crm_account_id from changed_opportunities
),

changed_persons as (
    select links.person_key
    from links
    inner join changed_opportunities on links.opportunity_id = changed_opportunities.opportunity_id

    union

    select person_key from links
    where {{ is_changed('changed_in_build') }}

    union

    select person_key from (
        {{ mapped('conversions') }}
    ) as conversions
    where {{ is_changed('changed_in_build') }}
),

changed_records as (
    select record_key from {{ ref('int_attribute_history') }}
    where {{ is_changed('changed_in_build') }}
),

final as (
    select lead_id from {{ source('control', 'touched_leads') }}
    where {{ is_changed('build_id') }}

    union

    select lead_id from members
    where
        {{ is_changed('changed_in_build') }}
        or record_key in (select changed_records.record_key from changed_records)
        or person_key in (select changed_persons.person_key from changed_persons)
        or crm_account_id in (select changed_accounts.crm_account_id from changed_accounts)
)

select * from final
where lead_id is not null and {{ not in_full_build() }}
