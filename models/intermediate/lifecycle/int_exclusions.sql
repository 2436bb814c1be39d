{{ config(
    materialized='incremental',
    incremental_strategy='replace_changed',
    unique_key='lead_id',
    meta={'changed': 'int_changed_leads'}
) }}


with

spans as (
    select * from {{ ref('int_exclusion_spans') }}
    where {{ only_changed('lead_id', 'int_changed_leads') }}
),

members as (
    select * from {{ ref('int_lead_members') }}
    where lead_id is not null and record_status = 'used'
),

exceptions as (
    select * from {{ ref('int_cross_sell_exceptions') }}
),

-- A customer to whom more may be sold is no customer in the sense of an exclusion.
excepted as (
    select
        spans.span_id,
        exceptions.from_at,
        exceptions.to_at
    from spans
    inner join exceptions on spans.crm_account_id = exceptions.crm_account_id
    where spans.reason = 'customer'

    union

    select
        spans.span_id,
        exceptions.from_at,
        exceptions.to_at
    from spans
    inner join members on spans.lead_id = members.lead_id
    inner join exceptions on members.email_domain = exceptions.email_domain
    where spans.reason = 'customer'
),

bounds as (
    select span_id, from_at as moment from excepted
    union
    select span_id, to_at as moment from excepted
    where to_at is not null
),

moments as (
    select span_id, from_at as moment from spans
    union
    select bounds.span_id, bounds.moment
    from bounds
    inner join spans on bounds.span_id = spans.span_id
    where bounds.moment > spans.from_at and bounds.moment < {{ or_never('spans.to_at') }}
),

-- Each span is cut where an exception begins or ends.
pieces as (
    select
        spans.span_id,
        spans.lead_id,
        spans.reason,
        moments.moment as from_at,
        coalesce(
            lead(moments.moment) over (partition by spans.span_id order by moments.moment),
            spans.to_at
        ) as to_at
    from spans
    inner join moments on spans.span_id = moments.span_id
),

final as (
    select
        pieces.lead_id,
        pieces.reason,
        pieces.from_at,
        pieces.to_at
    from pieces
    left join excepted
        on pieces.span_id = excepted.span_id
        and pieces.from_at >= excepted.from_at
        and pieces.from_at < {{ or_never('excepted.to_at') }}
    where excepted.span_id is null
    group by pieces.lead_id, pieces.reason, pieces.from_at, pieces.to_at
)

select * from final
where from_at <= {{ as_of() }}
