with

ranked as (
    select
        *,
        row_number() over (
            partition by crm_account_id
            order by connector_order, record_status = 'deleted', created_at, record_id
        ) as teller_rank
    from {{ ref('int_account_records_unioned') }}
),

-- An account told by several tools is what the first of them says, also that it is deleted.
accounts as (
    select * from ranked
    where teller_rank = 1 and record_status = 'used'
),

final as (
    select
        accounts.crm_account_id,
        accounts.surviving_account_id as merged_into_id,
        accounts.surviving_account_id <> accounts.crm_account_id as is_merged,
        accounts.parent_id as parent_account_id,
        accounts.connector,
        accounts.account_name,
        accounts.account_type,
        accounts.employees,
        accounts.created_at,
        industry_labels.industry,
        prefectures.prefecture,
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
        {{ source('text', 'prefecture') }} as prefectures
        on accounts.state = prefectures.raw_value
    left join
        {{ source('text', 'corporate_number') }} as corporate_numbers
        on accounts.corporate_number = corporate_numbers.raw_value
    left join
        {{ source('text', 'domain') }} as web_domains
        on accounts.website = web_domains.raw_value
)

select * from final
