{{ config(
    materialized='incremental',
    unique_key='record_id',
    incremental_strategy='delete+insert'
) }}

with

source as (
    {{ latest_versions(source('hubspot', 'email_event_status_change')) }}
),

renamed as (
    select
        -- ids
        _key as record_id,
        id as event_id,

        -- booleans
        -- From one kind of mail or from all; what a bounce did is nobody's wish.
        (
            coalesce(upper(portal_subscription_status) = 'UNSUBSCRIBED', false)
            or coalesce(upper(subscriptions) like '%"UNSUBSCRIBED"%', false)
        )
        and not coalesce(bounced, false) as is_unsubscription,

        -- the row
        {{ record_columns() }}
    from source
)

select * from renamed
