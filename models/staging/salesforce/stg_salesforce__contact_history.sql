with

source as (
    {{ latest_versions(source('salesforce', 'contact_history')) }}
),

renamed as (
    select
        -- ids
        _key as record_id,
        case when _fivetran_start is null then coalesce(contact_id, id) else id end as contact_id,
        owner_id,

        -- texts
        lower(replace(field, '__', '_')) as field,
        old_value,
        new_value,
        title as job_title,
        account_id,
        purchase_timeline,
        budget,
        stated_problem,
        decision_role,
        reject_reason,

        -- booleans
        _fivetran_start is not null as is_copy,

        -- times
        _occurred_at as changed_at,

        -- the row
        {{ record_columns() }}
    from source
)

select * from renamed
