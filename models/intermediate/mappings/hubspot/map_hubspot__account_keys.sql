{{ config(materialized='table') }}

with

companies as (
    select * from {{ ref('stg_hubspot__company') }}
    where record_status <> 'not_yet'
),

merged as (
    select
        company_id as surviving_id,
        changed_in_build,
        {{ one_per_member('merged_company_ids', ';') }} as merged_id
    from companies
),

final as (
    {{ crm_keys('hubspot', 'companies', 'company_id', 'crm_account_id', 'account_key', 'merged') }}
)

select * from final
