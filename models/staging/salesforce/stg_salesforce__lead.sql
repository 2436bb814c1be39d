with

source as (
    {{ latest_versions(source('salesforce', 'lead')) }}
),

renamed as (
    select
        -- ids
        _key as record_id,
        id as lead_id,
        owner_id,
        master_record_id as merged_into_id,
        converted_contact_id,
        converted_account_id,
        converted_opportunity_id,

        -- texts
        email,
        coalesce(name, concat_ws(' ', last_name, first_name)) as person_name,
        {{ in_kana() }} as name_kana,
        company as company_name,
        corporate_number,
        title as job_title,
        department,
        coalesce(phone, mobile_phone) as phone,
        website,
        industry,
        lead_source,
        status,

        -- answers
        purchase_timeline,
        budget,
        stated_problem,
        decision_role,
        reject_reason,
        marketing_consent,

        -- numbers
        number_of_employees as employees,

        -- booleans
        has_opted_out_of_email as is_opted_out,
        do_not_call as is_opted_out_of_sales,

        -- times
        {{ known_since('created_date') }} as created_at,
        {{ up_to_as_of('converted_date') }} as converted_at,
        _version_at as modified_at,

        -- the row
        {{ record_columns(merged_into='master_record_id') }}
    from source
)

select * from renamed
