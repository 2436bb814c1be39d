select
    'salesforce:lead:' || record_id as record_key_a,
    'salesforce:contact:' || converted_contact_id as record_key_b,
    'conversion' as match_rule
from {{ ref('stg_salesforce__lead') }}
where converted_contact_id is not null and record_status <> 'not_yet'

union all

select
    'salesforce:lead:' || record_id as record_key_a,
    'salesforce:lead:' || merged_into_id as record_key_b,
    'merge' as match_rule
from {{ ref('stg_salesforce__lead') }}
where merged_into_id is not null and record_status <> 'not_yet'

union all

select
    'salesforce:contact:' || record_id as record_key_a,
    'salesforce:contact:' || merged_into_id as record_key_b,
    'merge' as match_rule
from {{ ref('stg_salesforce__contact') }}
where merged_into_id is not null and record_status <> 'not_yet'
