with

-- Where a company does not carry its CRM id, one of its people may.
by_people as (
    select
        prospect_account_id,
        min(crm_account_id) as crm_account_id
    from {{ ref('stg_pardot__prospect') }}
    where record_status = 'used'
    group by prospect_account_id
)

select
    accounts.record_id,
    coalesce(
        accounts.crm_account_id, by_people.crm_account_id, 'pardot:' || accounts.record_id
    ) as crm_account_id
from {{ ref('stg_pardot__prospect_account') }} as accounts
left join by_people on accounts.record_id = by_people.prospect_account_id
where accounts.record_status <> 'not_yet'
