{{ config(materialized='table') }}

with

deals as (
    select * from {{ ref('stg_hubspot__deal') }}
    where record_status <> 'not_yet'
),

-- Of deals that carry one id of the CRM the first goes by it; the others were merged into it.
ranked as (
    select
        *,
        row_number() over (
            partition by coalesce(crm_opportunity_id, deal_id)
            order by record_status = 'deleted', created_at, deal_id
        ) as deal_rank,
        max(changed_in_build) over (partition by coalesce(crm_opportunity_id, deal_id))
            as key_changed_in_build
    from deals
),

keyed as (
    select
        deal_id,
        case
            when crm_opportunity_id is not null and deal_rank = 1 then crm_opportunity_id
            else 'hubspot:' || deal_id
        end as opportunity_key,
        crm_opportunity_id,
        key_changed_in_build as changed_in_build
    from ranked
),

listed as (
    select
        deal_id as surviving_deal_id,
        changed_in_build,
        {{ one_per_member('merged_deal_ids', ';') }} as merged_deal_id
    from deals

    union all

    select
        surviving_deal_id,
        changed_in_build,
        merged_deal_id
    from {{ ref('stg_hubspot__merged_deal') }}
    where record_status = 'used'
),

merged_pairs as (
    select
        merged_deal_id,
        min(surviving_deal_id) as surviving_deal_id,
        max(changed_in_build) as changed_in_build
    from listed
    where merged_deal_id not in ('', surviving_deal_id)
    group by merged_deal_id
),

-- A survivor may have been merged in its turn.
survivors as (
    select
        merged_pairs.merged_deal_id,
        coalesce(further.surviving_deal_id, merged_pairs.surviving_deal_id) as surviving_deal_id,
        greatest(merged_pairs.changed_in_build, coalesce(further.changed_in_build, 0))
            as changed_in_build
    from merged_pairs
    left join merged_pairs as further on merged_pairs.surviving_deal_id = further.merged_deal_id
),

final as (
    select
        keyed.deal_id,
        keyed.opportunity_key,
        coalesce(surviving.opportunity_key, keyed.crm_opportunity_id, keyed.opportunity_key)
            as surviving_opportunity_key,
        greatest(keyed.changed_in_build, coalesce(survivors.changed_in_build, 0))
            as changed_in_build
    from keyed
    left join survivors on keyed.deal_id = survivors.merged_deal_id
    left join keyed as surviving on survivors.surviving_deal_id = surviving.deal_id
)

select * from final
