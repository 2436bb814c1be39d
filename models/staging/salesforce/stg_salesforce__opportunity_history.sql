with

source as (
    {{ latest_versions(source('salesforce', 'opportunity_history')) }}
),

renamed as (
    select
        -- ids
        _key as record_id,
        case
            when _fivetran_start is null then coalesce(opportunity_id, id)
            else id
        end as opportunity_id,

        -- texts
        field,
        old_value,
        new_value,
        stage_name,

        -- numbers
        probability,

        -- booleans
        is_closed,
        is_won,

        -- times
        _occurred_at as changed_at,

        -- the row
        {{ record_columns() }}
    from source
)

select * from renamed
