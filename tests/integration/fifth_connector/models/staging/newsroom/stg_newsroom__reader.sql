with

source as (
    {{ latest_versions(source('newsroom', 'reader')) }}
),

renamed as (
    select
        -- ids
        _key as record_id,

        -- texts
        mail as email,
        full_name as person_name,
        firm as company_name,
        position as job_title,

        -- answers
        budget,

        -- times
        {{ known_since('created_at') }} as created_at,
        _version_at as modified_at,

        -- the row
        {{ record_columns() }}
    from source
)

select * from renamed
