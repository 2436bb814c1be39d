with

records as (
    select * from {{ ref('int_person_records_unioned') }}
),

final as (
    select
        records.person_key,
        records.record_key,
        records.connector,
        records.record_type,
        records.record_id,
        records.record_rank,
        records.created_at,
        records.modified_at,
        records.record_status,
        records.is_merged,
        emails.email,
        coalesce(emails.is_free_mail, false) as is_free_mail,
        coalesce(emails.is_shared_mailbox, false) as is_shared_mailbox,
        case when not emails.is_free_mail then emails.domain end as email_domain,
        records.person_name,
        records.name_kana,
        records.company_name,
        companies.company_key,
        corporate_numbers.corporate_number,
        records.job_title,
        records.department,
        records.phone,
        web_domains.domain as web_domain,
        records.industry,
        records.lead_source,
        records.owner_id,
        records.status,
        records.lifecycle_stage,
        records.employees,
        records.crm_account_id,
        records.purchase_timeline,
        records.budget,
        records.stated_problem,
        records.decision_role,
        records.reject_reason,
        records.marketing_consent,
        records.is_opted_out,
        records.is_opted_out_of_sales,
        records.landed_at,
        records.changed_in_build
    from records
    left join {{ source('text', 'email') }} as emails on records.email = emails.raw_value
    left join
        {{ source('text', 'company') }} as companies
        on records.company_name = companies.raw_value
    left join
        {{ source('text', 'corporate_number') }} as corporate_numbers
        on records.corporate_number = corporate_numbers.raw_value
    left join
        {{ source('text', 'domain') }} as web_domains
        on records.website = web_domains.raw_value
    where records.record_status <> 'not_yet'
)

select * from final
