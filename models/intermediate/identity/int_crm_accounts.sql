with

accounts as (
    {{ mapped('account_records', key='crm_account_id') }}
),

final as (
    select
        accounts.crm_account_id,
        accounts.surviving_account_id,
        accounts.connector,
        accounts.account_name,
        accounts.account_type,
        accounts.employees,
        accounts.created_at,
        industry_labels.industry,
        companies.company_key,
        corporate_numbers.corporate_number,
        web_domains.domain as web_domain
    from accounts
    left join {{ ref('int_industry_labels') }} as industry_labels
        on accounts.industry = industry_labels.raw_value
    left join
        {{ source('text', 'company') }} as companies
        on accounts.account_name = companies.raw_value
    left join
        {{ source('text', 'corporate_number') }} as corporate_numbers
        on accounts.corporate_number = corporate_numbers.raw_value
    left join
        {{ source('text', 'domain') }} as web_domains
        on accounts.website = web_domains.raw_value
)

select * from final
