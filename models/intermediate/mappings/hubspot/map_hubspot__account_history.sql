{%- set of_companies = ['account_type', 'employees'] -%}

with

companies as (
    select
        companies.company_id,
        companies.company_type,
        keys.account_key
    from {{ ref('stg_hubspot__company') }} as companies
    inner join {{ ref('map_hubspot__account_keys') }} as keys
        on companies.company_id = keys.company_id
),

-- A history begins with the first value, so that before it the property had none.
values_given as (
    select
        company_id,
        field,
        lag(value) over (
            partition by company_id, field order by changed_at, record_id
        ) as old_value,
        value as new_value,
        changed_at,
        landed_at
    from {{ ref('stg_hubspot__company_property_history') }}
    where
        record_status <> 'deleted'
        and field in ('type', 'lifecyclestage', 'numberofemployees')
),

-- A company is a customer while its stage of life says so, else of its type.
changes as (
    select
        companies.account_key,
        case given.field when 'numberofemployees' then 'employees' else 'account_type' end
            as field,
        case
            when given.field <> 'lifecyclestage' or lower(given.old_value) = 'customer'
                then given.old_value
            else companies.company_type
        end as old_value,
        case
            when given.field <> 'lifecyclestage' or lower(given.new_value) = 'customer'
                then given.new_value
            else companies.company_type
        end as new_value,
        given.changed_at,
        given.landed_at
    from values_given as given
    inner join companies on given.company_id = companies.company_id
    where
        given.field <> 'lifecyclestage'
        or coalesce(lower(given.old_value) = 'customer', false)
        or coalesce(lower(given.new_value) = 'customer', false)
),

versions as (
    select
        companies.account_key,
        case
            when lower(versions.lifecycle_stage) = 'customer' then versions.lifecycle_stage
            else versions.company_type
        end as account_type,
        versions.employees,
        versions.version_at,
        versions.landed_at
    from {{ ref('stg_hubspot__company_versions') }} as versions
    inner join companies on versions.record_id = companies.company_id
),

{%- set account_key = 'account_key as crm_account_id' %}

observations as (
    {{ observed_changes(
        'changes', account_key, {'account_type': 'account_type', 'employees': 'employees'}
    ) }}
    union all
    {{ observed_values('versions', account_key, 'version_at', of_companies) }}
)

select
    *,
    'hubspot' as connector
from observations
