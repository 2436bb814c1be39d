-- The leads of an account are those that name it; every lead has a source record.
with

named as (
    select
        account_id,
        count(*) as leads
    from {{ ref('dim_leads') }}
    where account_id is not null
    group by account_id
)

select
    accounts.account_id as row_id,
    'counts_its_leads' as broken_rule
from {{ ref('dim_accounts') }} as accounts
left join named on accounts.account_id = named.account_id
where accounts.leads <> coalesce(named.leads, 0)

union all

select
    leads.lead_id as row_id,
    'has_a_source_record' as broken_rule
from {{ ref('dim_leads') }} as leads
left join {{ ref('lead_source_records') }} as records on leads.lead_id = records.lead_id
where records.lead_id is null
