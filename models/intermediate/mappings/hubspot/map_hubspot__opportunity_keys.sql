{{ config(materialized='table') }}

with

deals as (
    select * from {{ ref('stg_hubspot__deal') }}
    where record_status <> 'not_yet'
),

merged as (
    select
        deal_id as surviving_id,
        changed_in_build,
        {{ one_per_member('merged_deal_ids', ';') }} as merged_id
    from deals

    union all

    select
        surviving_deal_id as surviving_id,
        changed_in_build,
        merged_deal_id as merged_id
    from {{ ref('stg_hubspot__merged_deal') }}
    where record_status = 'used'
),

final as (
    {{ crm_keys('hubspot', 'deals', 'deal_id', 'crm_opportunity_id', 'opportunity_key', 'merged') }}
)

select * from final
