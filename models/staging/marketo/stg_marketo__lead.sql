with

source as (
    {{ latest_versions(source('marketo', 'lead')) }}
),

deletions as (
    select lead_id as deleted_lead_id
    from {{ source('marketo', 'activity_delete_lead') }}
    where _occurred_at <= {{ as_of() }} and not _is_deleted
    group by lead_id
),

merges as (
    select {{ one_per_member(digits_and_commas('merge_ids')) }} as merged_lead_id
    from {{ source('marketo', 'activity_merge_leads') }}
    where _occurred_at <= {{ as_of() }} and not _is_deleted
),

merged_leads as (
    select merged_lead_id from merges group by merged_lead_id
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
        company as company_name,
        title as job_title,
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

        -- times
        coalesce(created_at, _version_at) as created_at,
        _version_at as modified_at,

        -- the row
        merged_leads.merged_lead_id is not null as is_merged,
        case
            when source._record_status = 'not_yet' then 'not_yet'
            when merged_leads.merged_lead_id is not null then 'used'
            when deletions.deleted_lead_id is not null then 'deleted'
            else source._record_status
        end as record_status,
        source._version_count as version_count,
        source._landed_at as landed_at,
        source._changed_in_build as changed_in_build
    from source
    left join deletions on source.id = deletions.deleted_lead_id
    left join merged_leads on source.id = merged_leads.merged_lead_id
)

select * from renamed
