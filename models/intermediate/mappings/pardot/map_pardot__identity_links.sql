select
    'pardot:prospect:' || record_id as record_key_a,
    'salesforce:lead:' || crm_lead_id as record_key_b,
    'foreign_id' as match_rule
from {{ ref('stg_pardot__prospect') }}
where crm_lead_id is not null and record_status <> 'not_yet'

union all

select
    'pardot:prospect:' || record_id as record_key_a,
    'salesforce:contact:' || crm_contact_id as record_key_b,
    'foreign_id' as match_rule
from {{ ref('stg_pardot__prospect') }}
where crm_contact_id is not null and record_status <> 'not_yet'
