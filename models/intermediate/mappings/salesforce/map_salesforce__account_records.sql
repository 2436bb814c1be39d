select
    record_id as crm_account_id,
    'salesforce' as connector,
    record_id,
    record_status,
    coalesce(merged_into_id, record_id) as surviving_account_id,
    parent_id,
    owner_id,
    account_name,
    corporate_number,
    account_type,
    industry,
    website,
    state,
    employees,
    created_at
from {{ ref('stg_salesforce__account') }}
where record_status <> 'not_yet'
