with

observations as (
    select
        'salesforce:lead:' || lead_id as record_key,
        case field
            when 'title' then 'job_title'
            when 'status' then 'status'
            when 'numberofemployees' then 'employees'
            when 'number_of_employees' then 'employees'
            when '{{ var("salesforce_purchase_timeline") }}' then 'purchase_timeline'
            when '{{ var("salesforce_budget") }}' then 'budget'
            when '{{ var("salesforce_decision_role") }}' then 'decision_role'
            when '{{ var("salesforce_reject_reason") }}' then 'reject_reason'
        end as attribute,
        changed_at as observed_at,
        old_value,
        new_value,
        true as is_change,
        changed_in_build
    from {{ ref('stg_salesforce__lead_history') }}
    where not is_copy and record_status <> 'deleted'

    union all

    select
        'salesforce:lead:' || lead_id as record_key,
        'job_title' as attribute,
        changed_at as observed_at,
        cast(null as varchar) as old_value,
        cast(job_title as varchar) as new_value,
        false as is_change,
        changed_in_build
    from {{ ref('stg_salesforce__lead_history') }}
    where is_copy and record_status = 'used'

    union all

    select
        'salesforce:lead:' || lead_id as record_key,
        'status' as attribute,
        changed_at as observed_at,
        cast(null as varchar) as old_value,
        cast(status as varchar) as new_value,
        false as is_change,
        changed_in_build
    from {{ ref('stg_salesforce__lead_history') }}
    where is_copy and record_status = 'used'

    union all

    select
        'salesforce:lead:' || lead_id as record_key,
        'employees' as attribute,
        changed_at as observed_at,
        cast(null as varchar) as old_value,
        cast(employees as varchar) as new_value,
        false as is_change,
        changed_in_build
    from {{ ref('stg_salesforce__lead_history') }}
    where is_copy and record_status = 'used'

    union all

    select
        'salesforce:lead:' || lead_id as record_key,
        'purchase_timeline' as attribute,
        changed_at as observed_at,
        cast(null as varchar) as old_value,
        cast(purchase_timeline as varchar) as new_value,
        false as is_change,
        changed_in_build
    from {{ ref('stg_salesforce__lead_history') }}
    where is_copy and record_status = 'used'

    union all

    select
        'salesforce:lead:' || lead_id as record_key,
        'budget' as attribute,
        changed_at as observed_at,
        cast(null as varchar) as old_value,
        cast(budget as varchar) as new_value,
        false as is_change,
        changed_in_build
    from {{ ref('stg_salesforce__lead_history') }}
    where is_copy and record_status = 'used'

    union all

    select
        'salesforce:lead:' || lead_id as record_key,
        'decision_role' as attribute,
        changed_at as observed_at,
        cast(null as varchar) as old_value,
        cast(decision_role as varchar) as new_value,
        false as is_change,
        changed_in_build
    from {{ ref('stg_salesforce__lead_history') }}
    where is_copy and record_status = 'used'

    union all

    select
        'salesforce:lead:' || lead_id as record_key,
        'reject_reason' as attribute,
        changed_at as observed_at,
        cast(null as varchar) as old_value,
        cast(reject_reason as varchar) as new_value,
        false as is_change,
        changed_in_build
    from {{ ref('stg_salesforce__lead_history') }}
    where is_copy and record_status = 'used'

    union all

    select
        'salesforce:lead:' || record_id as record_key,
        'job_title' as attribute,
        version_at as observed_at,
        cast(null as varchar) as old_value,
        cast(job_title as varchar) as new_value,
        false as is_change,
        0 as changed_in_build
    from {{ ref('stg_salesforce__lead_versions') }}

    union all

    select
        'salesforce:lead:' || record_id as record_key,
        'status' as attribute,
        version_at as observed_at,
        cast(null as varchar) as old_value,
        cast(status as varchar) as new_value,
        false as is_change,
        0 as changed_in_build
    from {{ ref('stg_salesforce__lead_versions') }}

    union all

    select
        'salesforce:lead:' || record_id as record_key,
        'employees' as attribute,
        version_at as observed_at,
        cast(null as varchar) as old_value,
        cast(employees as varchar) as new_value,
        false as is_change,
        0 as changed_in_build
    from {{ ref('stg_salesforce__lead_versions') }}

    union all

    select
        'salesforce:lead:' || record_id as record_key,
        'purchase_timeline' as attribute,
        version_at as observed_at,
        cast(null as varchar) as old_value,
        cast(purchase_timeline as varchar) as new_value,
        false as is_change,
        0 as changed_in_build
    from {{ ref('stg_salesforce__lead_versions') }}

    union all

    select
        'salesforce:lead:' || record_id as record_key,
        'budget' as attribute,
        version_at as observed_at,
        cast(null as varchar) as old_value,
        cast(budget as varchar) as new_value,
        false as is_change,
        0 as changed_in_build
    from {{ ref('stg_salesforce__lead_versions') }}

    union all

    select
        'salesforce:lead:' || record_id as record_key,
        'decision_role' as attribute,
        version_at as observed_at,
        cast(null as varchar) as old_value,
        cast(decision_role as varchar) as new_value,
        false as is_change,
        0 as changed_in_build
    from {{ ref('stg_salesforce__lead_versions') }}

    union all

    select
        'salesforce:lead:' || record_id as record_key,
        'reject_reason' as attribute,
        version_at as observed_at,
        cast(null as varchar) as old_value,
        cast(reject_reason as varchar) as new_value,
        false as is_change,
        0 as changed_in_build
    from {{ ref('stg_salesforce__lead_versions') }}

    union all

    select
        'salesforce:contact:' || contact_id as record_key,
        case field
            when 'title' then 'job_title'
            when 'status' then 'status'
            when 'numberofemployees' then 'employees'
            when 'number_of_employees' then 'employees'
            when '{{ var("salesforce_purchase_timeline") }}' then 'purchase_timeline'
            when '{{ var("salesforce_budget") }}' then 'budget'
            when '{{ var("salesforce_decision_role") }}' then 'decision_role'
            when '{{ var("salesforce_reject_reason") }}' then 'reject_reason'
        end as attribute,
        changed_at as observed_at,
        old_value,
        new_value,
        true as is_change,
        changed_in_build
    from {{ ref('stg_salesforce__contact_history') }}
    where not is_copy and record_status <> 'deleted'

    union all

    select
        'salesforce:contact:' || contact_id as record_key,
        'job_title' as attribute,
        changed_at as observed_at,
        cast(null as varchar) as old_value,
        cast(job_title as varchar) as new_value,
        false as is_change,
        changed_in_build
    from {{ ref('stg_salesforce__contact_history') }}
    where is_copy and record_status = 'used'

    union all

    select
        'salesforce:contact:' || contact_id as record_key,
        'purchase_timeline' as attribute,
        changed_at as observed_at,
        cast(null as varchar) as old_value,
        cast(purchase_timeline as varchar) as new_value,
        false as is_change,
        changed_in_build
    from {{ ref('stg_salesforce__contact_history') }}
    where is_copy and record_status = 'used'

    union all

    select
        'salesforce:contact:' || contact_id as record_key,
        'budget' as attribute,
        changed_at as observed_at,
        cast(null as varchar) as old_value,
        cast(budget as varchar) as new_value,
        false as is_change,
        changed_in_build
    from {{ ref('stg_salesforce__contact_history') }}
    where is_copy and record_status = 'used'

    union all

    select
        'salesforce:contact:' || contact_id as record_key,
        'decision_role' as attribute,
        changed_at as observed_at,
        cast(null as varchar) as old_value,
        cast(decision_role as varchar) as new_value,
        false as is_change,
        changed_in_build
    from {{ ref('stg_salesforce__contact_history') }}
    where is_copy and record_status = 'used'

    union all

    select
        'salesforce:contact:' || contact_id as record_key,
        'reject_reason' as attribute,
        changed_at as observed_at,
        cast(null as varchar) as old_value,
        cast(reject_reason as varchar) as new_value,
        false as is_change,
        changed_in_build
    from {{ ref('stg_salesforce__contact_history') }}
    where is_copy and record_status = 'used'

    union all

    select
        'salesforce:contact:' || record_id as record_key,
        'job_title' as attribute,
        version_at as observed_at,
        cast(null as varchar) as old_value,
        cast(job_title as varchar) as new_value,
        false as is_change,
        0 as changed_in_build
    from {{ ref('stg_salesforce__contact_versions') }}

    union all

    select
        'salesforce:contact:' || record_id as record_key,
        'purchase_timeline' as attribute,
        version_at as observed_at,
        cast(null as varchar) as old_value,
        cast(purchase_timeline as varchar) as new_value,
        false as is_change,
        0 as changed_in_build
    from {{ ref('stg_salesforce__contact_versions') }}

    union all

    select
        'salesforce:contact:' || record_id as record_key,
        'budget' as attribute,
        version_at as observed_at,
        cast(null as varchar) as old_value,
        cast(budget as varchar) as new_value,
        false as is_change,
        0 as changed_in_build
    from {{ ref('stg_salesforce__contact_versions') }}

    union all

    select
        'salesforce:contact:' || record_id as record_key,
        'decision_role' as attribute,
        version_at as observed_at,
        cast(null as varchar) as old_value,
        cast(decision_role as varchar) as new_value,
        false as is_change,
        0 as changed_in_build
    from {{ ref('stg_salesforce__contact_versions') }}

    union all

    select
        'salesforce:contact:' || record_id as record_key,
        'reject_reason' as attribute,
        version_at as observed_at,
        cast(null as varchar) as old_value,
        cast(reject_reason as varchar) as new_value,
        false as is_change,
        0 as changed_in_build
    from {{ ref('stg_salesforce__contact_versions') }}
)

select * from observations
where attribute is not null
