{%- set merged_ids -%}
    nullif(
        replace(
            concat_ws(';', property_hs_merged_object_ids, property_hs_calculated_merged_vids), ' ', ''
        ),
        ''
    )
{%- endset -%}

with

source as (
    {{ latest_versions(source('hubspot', 'contact')) }}
),

audited as (
    {{ latest_versions(source('hubspot', 'contact_merge_audit')) }}
),

-- Whom a contact took in stands in its lists, the newer one with the moment of each merge.
lists as (
    select
        _changed_in_build,
        {{ merged_ids }} as merged_contact_ids
    from source
    where not is_later
),

listed as (
    select
        _changed_in_build,
        {{ one_per_member('merged_contact_ids', ';') }} as member
    from lists
),

merged_pairs as (
    select
        split_part(member, ':', 1) as merged_contact_id,
        1 as tells_so,
        _changed_in_build as changed_in_build
    from listed
    where member <> ''

    union all

    -- An audit that is taken back is a change too.
    select
        vid_to_merge as merged_contact_id,
        case when _record_status = 'used' then 1 else 0 end as tells_so,
        _changed_in_build as changed_in_build
    from audited
    where _record_status <> 'not_yet'
),

merged_contacts as (
    select
        merged_contact_id,
        max(tells_so) = 1 as is_merged,
        max(changed_in_build) as changed_in_build
    from merged_pairs
    group by merged_contact_id
),

told as (
    select
        source.*,
        coalesce(merged_contacts.is_merged, false) as is_merged,
        greatest(source._changed_in_build, coalesce(merged_contacts.changed_in_build, 0))
            as changed_in_build
    from source
    left join merged_contacts on source.id = merged_contacts.merged_contact_id
),

renamed as (
    select
        -- ids
        _key as record_id,
        id as contact_id,
        property_hubspot_owner_id as owner_id,
        property_associatedcompanyid as company_id,
        property_salesforceleadid as crm_lead_id,
        property_salesforcecontactid as crm_contact_id,
        property_salesforceaccountid as crm_account_id,
        case when not is_later then {{ merged_ids }} end as merged_contact_ids,

        -- texts
        property_email as email,
        replace(property_hs_additional_emails, ' ', '') as additional_emails,
        concat_ws(' ', property_lastname, property_firstname) as person_name,
        {{ in_kana() }} as name_kana,
        property_company as company_name,
        corporate_number,
        property_jobtitle as job_title,
        department,
        coalesce(property_phone, property_mobilephone) as phone,
        property_website as website,
        property_industry as industry,
        property_hs_analytics_source as lead_source,
        property_hs_lead_status as status,
        property_lifecyclestage as lifecycle_stage,

        -- answers
        purchase_timeline,
        budget,
        stated_problem,
        decision_role,
        reject_reason,
        marketing_consent,

        -- numbers
        coalesce(property_numberofemployees, property_numemployees) as employees,

        -- booleans
        property_hs_email_optout as is_opted_out,

        -- times
        {{ known_since('coalesce(property_createdate, property_created_at)') }} as created_at,
        _version_at as modified_at,

        -- the row
        is_merged,
        case
            when _record_status = 'deleted' and is_merged then 'used'
            else _record_status
        end as record_status,
        _version_count as version_count,
        _landed_at as landed_at,
        changed_in_build
    from told
)

select * from renamed
