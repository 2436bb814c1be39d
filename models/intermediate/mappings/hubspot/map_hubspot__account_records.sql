select
    keys.account_key as crm_account_id,
    'hubspot' as connector,
    companies.record_id,
    case
        when keys.account_key <> keys.surviving_account_key then 'used'
        else companies.record_status
    end as record_status,
    keys.surviving_account_key as surviving_account_id,
    case
        when companies.parent_id is not null
            then coalesce(parents.account_key, 'hubspot:' || companies.parent_id)
    end as parent_id,
    companies.owner_id,
    companies.company_name as account_name,
    companies.corporate_number,
    -- The stage of life says that a company has bought, the type what else it is to us.
    case
        when lower(companies.lifecycle_stage) = 'customer' then companies.lifecycle_stage
        else companies.company_type
    end as account_type,
    companies.industry,
    companies.website,
    companies.state,
    companies.employees,
    companies.created_at
from {{ ref('stg_hubspot__company') }} as companies
inner join {{ ref('map_hubspot__account_keys') }} as keys
    on companies.company_id = keys.company_id
left join {{ ref('map_hubspot__account_keys') }} as parents
    on companies.parent_id = parents.company_id
where companies.record_status <> 'not_yet'
