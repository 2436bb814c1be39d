{{ config(materialized='view') }}

with

source as (
    select * from {{ source('salesforce', 'opportunity_contact_role') }}
),

-- Whom a version of any time named: who has lost the record must be told of it, too.
renamed as (
    select distinct
        _key as record_id,
        contact_id
    from source
    where contact_id is not null
)

select * from renamed
