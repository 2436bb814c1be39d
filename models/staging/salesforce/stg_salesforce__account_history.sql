with

source as (
    {{ latest_versions(source('salesforce', 'account_history')) }}
),

renamed as (
    select
        -- ids
        _key as record_id,
        case when _fivetran_start is null then coalesce(account_id, id) else id end as account_id,

        -- texts
        lower(replace(field, '__', '_')) as field,
        old_value,
        new_value,
        type as account_type,
        number_of_employees as employees,

        -- booleans
        _fivetran_start is not null as is_copy,

        -- times
        _occurred_at as changed_at,

        -- the row
        {{ record_columns() }}
    from source
)

select * from renamed
