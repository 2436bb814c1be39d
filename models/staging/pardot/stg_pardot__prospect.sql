with

source as (
    {{ latest_versions(source('pardot', 'prospect')) }}
),

renamed as (
    select
        -- ids
        _key as record_id,
        crm_lead_fid as crm_lead_id,
        crm_contact_fid as crm_contact_id,
        crm_account_fid as crm_account_id,
        prospect_account_id,
        coalesce(crm_owner_fid, user_id) as owner_id,

        -- texts
        email,
        concat_ws(' ', last_name, first_name) as person_name,
        {{ in_kana() }} as name_kana,
        company as company_name,
        corporate_number,
        job_title,
        department,
        phone,
        website,
        industry,
        source as lead_source,

        -- answers
        purchase_timeline,
        budget,
        stated_problem,
        decision_role,
        reject_reason,
        marketing_consent,

        -- numbers
        employees,

        -- booleans
        case
            when opted_out or is_do_not_email then true
            else coalesce(opted_out, is_do_not_email)
        end as is_opted_out,
        is_do_not_call as is_opted_out_of_sales,

        -- times
        {{ known_since('created_at') }} as created_at,
        _version_at as modified_at,

        -- the row
        {{ record_columns() }}
    from source
)

select * from renamed
