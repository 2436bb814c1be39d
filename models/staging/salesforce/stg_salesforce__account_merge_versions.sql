{{ config(materialized='view') }}

with

source as (
    select * from {{ source('salesforce', 'account') }}
),

-- Whom a version of any time named: who has lost the record must be told of it, too.
renamed as (
    select distinct
        _key as record_id,
        master_record_id as merged_into_id
    from source
    where master_record_id is not null
)

select * from renamed
