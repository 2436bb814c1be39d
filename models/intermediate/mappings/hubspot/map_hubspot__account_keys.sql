{{ config(materialized='table') }}

with

companies as (
    select * from {{ ref('stg_hubspot__company') }}
    where record_status <> 'not_yet'
),

-- Of companies that carry one id of the CRM the first goes by it; the others were merged into it.
ranked as (
    select
        *,
        row_number() over (
            partition by coalesce(crm_account_id, company_id)
            order by record_status = 'deleted', created_at, company_id
        ) as company_rank,
        max(changed_in_build) over (partition by coalesce(crm_account_id, company_id))
            as key_changed_in_build
    from companies
),

keyed as (
    select
        company_id,
        case
            when crm_account_id is not null and company_rank = 1 then crm_account_id
            else 'hubspot:' || company_id
        end as account_key,
        crm_account_id,
        key_changed_in_build as changed_in_build
    from ranked
),

listed as (
    select
        company_id as surviving_company_id,
        changed_in_build,
        {{ one_per_member('merged_company_ids', ';') }} as merged_company_id
    from companies
),

merged_pairs as (
    select
        merged_company_id,
        min(surviving_company_id) as surviving_company_id,
        max(changed_in_build) as changed_in_build
    from listed
    where merged_company_id not in ('', surviving_company_id)
    group by merged_company_id
),

-- A survivor may have been merged in its turn.
survivors as (
    select
        merged_pairs.merged_company_id,
        coalesce(further.surviving_company_id, merged_pairs.surviving_company_id)
            as surviving_company_id,
        greatest(merged_pairs.changed_in_build, coalesce(further.changed_in_build, 0))
            as changed_in_build
    from merged_pairs
    left join
        merged_pairs as further
        on merged_pairs.surviving_company_id = further.merged_company_id
),

final as (
    select
        keyed.company_id,
        keyed.account_key,
        coalesce(surviving.account_key, keyed.crm_account_id, keyed.account_key)
            as surviving_account_key,
        greatest(keyed.changed_in_build, coalesce(survivors.changed_in_build, 0))
            as changed_in_build
    from keyed
    left join survivors on keyed.company_id = survivors.merged_company_id
    left join keyed as surviving on survivors.surviving_company_id = surviving.company_id
)

select * from final
