with

source as (
    {{ latest_versions(source('marketo', 'lead')) }}
),

deletions as (
    {{ latest_versions(source('marketo', 'activity_delete_lead')) }}
),

mergers as (
    {{ latest_versions(source('marketo', 'activity_merge_leads')) }}
),

merged_members as (
    select
        {{ one_per_member(digits_and_commas('merge_ids')) }} as merged_lead_id,
        _record_status,
        _changed_in_build
    from mergers
    where _record_status <> 'not_yet'
),

-- What activities say of a record changes it, in the build in which it lands, comes into sight or
-- is taken back.
deleted_leads as (
    select
        lead_id as deleted_lead_id,
        max(case when _record_status = 'used' then 1 else 0 end) = 1 as is_deleted,
        max(_changed_in_build) as changed_in_build
    from deletions
    where _record_status <> 'not_yet'
    group by lead_id
),

merged_leads as (
    select
        merged_lead_id,
        max(case when _record_status = 'used' then 1 else 0 end) = 1 as is_merged,
        max(_changed_in_build) as changed_in_build
    from merged_members
    group by merged_lead_id
),

told as (
    select
        source.*,
        coalesce(merged_leads.is_merged, false) as is_merged,
        coalesce(deleted_leads.is_deleted, false) as is_deleted,
        greatest(
            source._changed_in_build,
            coalesce(deleted_leads.changed_in_build, 0),
            coalesce(merged_leads.changed_in_build, 0)
        ) as changed_in_build
    from source
    left join deleted_leads on source.id = deleted_leads.deleted_lead_id
    left join merged_leads on source.id = merged_leads.merged_lead_id
),

renamed as (
    select
        -- ids
        _key as record_id,
        id as lead_id,
        sfdc_lead_id as crm_lead_id,
        sfdc_contact_id as crm_contact_id,
        sfdc_account_id as crm_account_id,

        -- texts
        email,
        concat_ws(' ', last_name, first_name) as person_name,
        {{ in_kana() }} as name_kana,
        company as company_name,
        corporate_number,
        title as job_title,
        department,
        phone,
        website,
        industry,
        lead_source,

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
        unsubscribed as is_opted_out,
        do_not_call as is_opted_out_of_sales,

        -- times
        {{ known_since('created_at') }} as created_at,
        _version_at as modified_at,

        -- the row
        is_merged,
        case
            when _record_status = 'not_yet' then 'not_yet'
            when is_merged then 'used'
            when is_deleted then 'deleted'
            else _record_status
        end as record_status,
        _version_count as version_count,
        _landed_at as landed_at,
        changed_in_build
    from told
)

select * from renamed
