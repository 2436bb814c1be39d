{{ config(
    materialized='incremental',
    incremental_strategy='replace_changed',
    unique_key='lead_id',
    meta={'changed': 'int_changed_leads'}
) }}


with

spans as (
    select
        spans.*,
        {{ local_day('spans.valid_from') }} as valid_from_on
    from {{ ref('int_record_values') }} as spans
    where
        -- Some tools keep the status of the lead and its stage of life in two fields.
        spans.attribute in ('status', 'lifecycle_stage')
        and {{ only_changed('spans.lead_id', 'int_changed_leads') }}
),

final as (
    select
        spans.lead_id,
        spans.record_key,
        spans.attribute,
        spans.landed_at,
        spans.valid_from,
        spans.valid_to,
        meanings.status_label,
        meanings.meaning,
        meanings.stage_key,
        meanings.is_hand_mark,
        meanings.sales_response
    from spans
    inner join {{ source('text', 'label') }} as labels on spans.value = labels.raw_value
    inner join {{ ref('crm_status_map') }} as meanings
        on labels.label = meanings.status_label
        and {{ holds_on('meanings', 'spans.valid_from_on') }}
)

select * from final
