with

merged_pairs as (
    select
        surviving_lead_id,
        {{ one_per_member('merged_lead_ids') }} as merged_lead_id
    from {{ ref('stg_marketo__activity_merge_leads') }}
    where record_status = 'used'
)

select
    'marketo:lead:' || merged_lead_id as record_key_a,
    'marketo:lead:' || surviving_lead_id as record_key_b,
    'merge' as match_rule
from merged_pairs
where merged_lead_id <> ''

union all

select
    'marketo:lead:' || record_id as record_key_a,
    'salesforce:lead:' || crm_lead_id as record_key_b,
    'foreign_id' as match_rule
from {{ ref('stg_marketo__lead') }}
where crm_lead_id is not null and record_status <> 'not_yet'

union all

select
    'marketo:lead:' || record_id as record_key_a,
    'salesforce:contact:' || crm_contact_id as record_key_b,
    'foreign_id' as match_rule
from {{ ref('stg_marketo__lead') }}
where crm_contact_id is not null and record_status <> 'not_yet'
