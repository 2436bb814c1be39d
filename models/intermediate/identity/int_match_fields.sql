with

records as (
    select * from {{ ref('int_person_records') }}
),

accounts as (
    select * from {{ ref('int_account_fields') }}
),

-- A contact has no company of its own; its account has.
final as (
    select
        records.record_key,
        records.person_name,
        records.name_kana,
        coalesce(records.company_name, accounts.account_name) as company_name,
        records.email,
        records.email_domain,
        records.is_shared_mailbox,
        records.phone,
        records.job_title,
        records.department
    from records
    left join accounts on records.crm_account_id = accounts.crm_account_id
)

select * from final
