with

source as (
    {{ latest_versions(source('salesforce', 'contact')) }}
),

renamed as (
    select
        -- ids
        _key as record_id,
        id as contact_id,
        account_id,
        owner_id,
        master_record_id as merged_into_id,

        -- texts
        email,
        coalesce(name, concat_ws(' ', last_name, first_name)) as person_name,
        {{ in_kana() }} as name_kana,
        title as job_title,
        department,
        coalesce(phone, mobile_phone) as phone,
        lead_source,

        -- answers
        purchase_timeline,
        budget,
        stated_problem,
        decision_role,
        reject_reason,
        marketing_consent,

        -- booleans
        has_opted_out_of_email as is_opted_out,
        do_not_call as is_opted_out_of_sales,

        -- times
        {{ known_since('created_date') }} as created_at,
        _version_at as modified_at,

        -- the row
        {{ record_columns(merged_into='master_record_id') }}
    from source
)

select * from renamed
