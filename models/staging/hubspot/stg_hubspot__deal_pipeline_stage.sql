with

source as (
    {{ latest_versions(source('hubspot', 'deal_pipeline_stage')) }}
),

renamed as (
    select
        -- ids
        _key as record_id,
        stage_id,
        pipeline_id,

        -- texts
        label as stage_name,

        -- numbers
        probability,

        -- booleans
        coalesce(is_closed, closed_won, false) as is_closed,
        coalesce(closed_won, false) as is_won,

        -- the row
        {{ record_columns() }}
    from source
)

select * from renamed
