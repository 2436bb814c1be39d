select
    keys.crm_account_id,
    'pardot' as connector,
    accounts.record_id,
    accounts.record_status,
    keys.crm_account_id as surviving_account_id,
    cast(null as varchar) as parent_id,
    cast(null as varchar) as owner_id,
    accounts.account_name,
    cast(null as varchar) as corporate_number,
    accounts.account_type,
    accounts.industry,
    accounts.website,
    cast(null as varchar) as state,
    accounts.employees,
    accounts.created_at
from {{ ref('stg_pardot__prospect_account') }} as accounts
inner join {{ ref('map_pardot__account_keys') }} as keys
    on accounts.record_id = keys.record_id
