with

accounts as (
    select * from {{ ref('int_account_fields') }}
),

companies as (
    select * from {{ source('identity', 'account_companies') }}
),

final as (
    select
        accounts.crm_account_id,
        companies.company_account_id as surviving_account_id,
        accounts.is_merged,
        parents.company_account_id as parent_account_id,
        accounts.connector,
        accounts.account_name,
        accounts.account_type,
        accounts.employees,
        accounts.created_at,
        accounts.industry,
        accounts.prefecture,
        accounts.company_key,
        accounts.corporate_number,
        accounts.web_domain
    from accounts
    inner join companies on accounts.crm_account_id = companies.crm_account_id
    left join companies as parents on accounts.parent_account_id = parents.crm_account_id
)

select * from final
