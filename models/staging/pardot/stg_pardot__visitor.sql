{{ config(
    materialized='incremental',
    unique_key='record_id',
    incremental_strategy='delete+insert'
) }}

with

source as (
    {{ latest_versions(source('pardot', 'visitor')) }}
),

renamed as (
    select
        -- ids
        _key as record_id,
        prospect_id,

        -- the row
        {{ record_columns() }}
    from source
)

select * from renamed
