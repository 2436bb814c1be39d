{%- set primary_first = "case type_id when '1' then 1 else 2 end" -%}

with

contacts as (
    select * from {{ ref('stg_hubspot__contact') }}
),

account_keys as (
    select * from {{ ref('map_hubspot__account_keys') }}
),

-- The company that the tool calls primary, else the one of the smallest id.
links as (
    select
        contact_id,
        min_by(
            company_id,
            case when record_status = 'used'
                    then {{ earlier_first(primary_first, 'company_id') }}
            end
        ) as company_id,
        max(changed_in_build) as changed_in_build
    from {{ ref('stg_hubspot__contact_company') }}
    group by contact_id
)

select
    'hubspot:' || contacts.record_id as person_key,
    'hubspot:contact:' || contacts.record_id as record_key,
    'hubspot' as connector,
    'contact' as record_type,
    contacts.record_id,
    3 as record_rank,
    contacts.created_at,
    contacts.modified_at,
    contacts.record_status,
    contacts.is_merged,
    contacts.email,
    nullif(trim(contacts.person_name), '') as person_name,
    contacts.name_kana,
    contacts.company_name,
    contacts.corporate_number,
    contacts.job_title,
    contacts.department,
    contacts.phone,
    contacts.website,
    contacts.industry,
    contacts.lead_source,
    contacts.owner_id,
    contacts.status,
    contacts.lifecycle_stage,
    contacts.employees,
    coalesce(
        account_keys.account_key,
        contacts.crm_account_id,
        'hubspot:' || coalesce(contacts.company_id, links.company_id)
    ) as crm_account_id,
    contacts.purchase_timeline,
    contacts.budget,
    contacts.stated_problem,
    contacts.decision_role,
    contacts.reject_reason,
    contacts.marketing_consent,
    contacts.is_opted_out,
    cast(null as boolean) as is_opted_out_of_sales,
    contacts.landed_at,
    greatest(
        contacts.changed_in_build,
        coalesce(links.changed_in_build, 0),
        coalesce(account_keys.changed_in_build, 0)
    ) as changed_in_build
from contacts
left join links on contacts.contact_id = links.contact_id
left join account_keys on coalesce(contacts.company_id, links.company_id) = account_keys.company_id
