with

source as (
    {{ latest_versions(source('marketo', 'program')) }}
),

renamed as (
    select
        -- ids
        _key as record_id,
        id as program_id,
        sfdc_id as crm_campaign_id,

        -- texts
        name as program_name,
        channel,

        -- times
        start_date as starts_at,
        end_date as ends_at,

        -- the row
        {{ record_columns() }}
    from source
)

select * from renamed
