with

source as (
    {{ latest_versions(source('marketo', 'campaign')) }}
),

renamed as (
    select
        -- ids
        _key as record_id,
        id as campaign_id,
        program_id,

        -- texts
        name as campaign_name,

        -- the row
        {{ record_columns() }}
    from source
)

select * from renamed
