with

observations as (
    select
        account_id as crm_account_id,
        case field
            when 'type' then 'account_type'
            when 'numberofemployees' then 'employees'
            when 'number_of_employees' then 'employees'
        end as attribute,
        changed_at as observed_at,
        old_value,
        new_value,
        true as is_change,
        changed_in_build
    from {{ ref('stg_salesforce__account_history') }}
    where not is_copy and record_status <> 'deleted'

    union all

    select
        account_id as crm_account_id,
        'account_type' as attribute,
        changed_at as observed_at,
        cast(null as varchar) as old_value,
        cast(account_type as varchar) as new_value,
        false as is_change,
        changed_in_build
    from {{ ref('stg_salesforce__account_history') }}
    where is_copy and record_status = 'used'

    union all

    select
        account_id as crm_account_id,
        'employees' as attribute,
        changed_at as observed_at,
        cast(null as varchar) as old_value,
        cast(employees as varchar) as new_value,
        false as is_change,
        changed_in_build
    from {{ ref('stg_salesforce__account_history') }}
    where is_copy and record_status = 'used'

    union all

    select
        record_id as crm_account_id,
        'account_type' as attribute,
        version_at as observed_at,
        cast(null as varchar) as old_value,
        cast(account_type as varchar) as new_value,
        false as is_change,
        0 as changed_in_build
    from {{ ref('stg_salesforce__account_versions') }}

    union all

    select
        record_id as crm_account_id,
        'employees' as attribute,
        version_at as observed_at,
        cast(null as varchar) as old_value,
        cast(employees as varchar) as new_value,
        false as is_change,
        0 as changed_in_build
    from {{ ref('stg_salesforce__account_versions') }}
)

select * from observations
where attribute is not null
