with

source as (
    {{ latest_versions(source('hubspot', 'email_campaign')) }}
),

renamed as (
    select
        -- ids
        _key as record_id,
        id as campaign_id,

        -- texts
        coalesce(name, subject) as mailing_name,

        -- the row
        {{ record_columns() }}
    from source
)

select * from renamed
