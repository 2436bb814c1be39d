{{ config(
    materialized='incremental',
    incremental_strategy='replace_changed',
    unique_key='lead_id',
    meta={'changed': 'int_changed_leads'}
) }}

with

members as (
    select * from {{ ref('int_lead_members') }}
    where
        lead_id is not null
        and record_status = 'used'
        and {{ only_changed('lead_id', 'int_changed_leads') }}
),

history as (
    select history.*
    from {{ ref('int_attribute_history') }} as history
    inner join members on history.record_key = members.record_key
),

{%- set attributes = [
    'job_title', 'employees', 'purchase_timeline', 'budget', 'decision_role', 'owner_id', 'status',
    'lifecycle_stage', 'reject_reason', 'stated_problem'
] %}
{%- set said_by_sales = "('status', 'lifecycle_stage', 'reject_reason')" %}

current_values as (
    {%- for attribute in attributes %}
    select
        record_key,
        created_at,
        modified_at,
        coalesce(modified_at, created_at) as told_at,
        landed_at,
        '{{ attribute }}' as attribute,
        cast({{ attribute }} as varchar) as value
    from members
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

changed_attributes as (
    select record_key, attribute from history
    where is_change
    group by record_key, attribute
),

-- A record without earlier versions still tells what held when it was last modified.
observations as (
    select
        record_key,
        attribute,
        observed_at,
        old_value,
        new_value,
        is_change,
        landed_at
    from history

    union all

    select
        current_values.record_key,
        current_values.attribute,
        current_values.modified_at as observed_at,
        cast(null as varchar) as old_value,
        current_values.value as new_value,
        false as is_change,
        current_values.landed_at
    from current_values
    inner join changed_attributes
        on current_values.record_key = changed_attributes.record_key
        and current_values.attribute = changed_attributes.attribute
),

-- At one moment a change tells what was before, a version what is after.
seen as (
    select
        record_key,
        attribute,
        observed_at,
        old_value,
        new_value,
        is_change,
        landed_at,
        row_number() over (
            partition by record_key, attribute
            order by
                observed_at asc,
                is_change desc,
                new_value asc nulls first,
                old_value asc nulls first,
                landed_at asc
        ) as observation_number
    from observations
    where observed_at <= {{ as_of() }}
),

-- What a later change replaces held until then.
replaced_later as (
    select
        record_key,
        attribute,
        old_value,
        row_number() over (
            partition by record_key, attribute order by observed_at, old_value nulls first
        ) as change_number
    from history
    where is_change and observed_at > {{ as_of() }}
),

-- The value since the record exists: before the first change its old value, else the first known.
-- What sales says, a status, a lifecycle stage or a reason, holds since it was seen, unless a
-- change tells more.
first_values as (
    select
        current_values.record_key,
        current_values.attribute,
        case
            when seen.record_key is null and current_values.attribute in {{ said_by_sales }}
                then greatest(current_values.created_at, current_values.told_at)
            else current_values.created_at
        end as valid_from,
        case
            when seen.record_key is not null and seen.is_change then seen.old_value
            when
                seen.record_key is not null
                and current_values.attribute in {{ said_by_sales }}
                then null
            when seen.record_key is not null then seen.new_value
            when replaced_later.record_key is not null then replaced_later.old_value
            else current_values.value
        end as value,
        case
            when not seen.is_change then seen.landed_at
            else current_values.landed_at
        end as landed_at,
        seen.record_key is not null as has_changed
    from current_values
    left join seen
        on current_values.record_key = seen.record_key
        and current_values.attribute = seen.attribute
        and seen.observation_number = 1
    left join replaced_later
        on current_values.record_key = replaced_later.record_key
        and current_values.attribute = replaced_later.attribute
        and replaced_later.change_number = 1
),

points as (
    select record_key, attribute, valid_from, value, landed_at, 0 as point_number
    from first_values
    where has_changed

    union all

    select
        seen.record_key,
        seen.attribute,
        greatest(seen.observed_at, members.created_at) as valid_from,
        seen.new_value as value,
        seen.landed_at,
        seen.observation_number as point_number
    from seen
    inner join members on seen.record_key = members.record_key
),

-- Of points at one moment the last counts; then a span ends where another value begins.
last_points as (
    select
        *,
        lead(valid_from) over (
            partition by record_key, attribute order by valid_from, point_number
        ) as next_point_at
    from points
),

steps as (
    select
        *,
        lag(value) over (partition by record_key, attribute order by valid_from, point_number)
            as value_before,
        row_number() over (partition by record_key, attribute order by valid_from, point_number)
            as step_number
    from last_points
    where next_point_at is null or next_point_at > valid_from
),

spans as (
    select
        record_key,
        attribute,
        value,
        landed_at,
        valid_from,
        lead(valid_from) over (partition by record_key, attribute order by valid_from) as valid_to
    from steps
    where step_number = 1 or value is distinct from value_before

    union all

    -- Most values never changed: they hold from the first, and need no sorting.
    select
        record_key,
        attribute,
        value,
        landed_at,
        valid_from,
        cast(null as timestamp) as valid_to
    from first_values
    where not has_changed and value is not null
),

final as (
    select
        members.lead_id,
        spans.record_key,
        members.record_id,
        members.connector,
        members.member_rank,
        spans.attribute,
        spans.value,
        spans.landed_at,
        spans.valid_from,
        spans.valid_to
    from spans
    inner join members on spans.record_key = members.record_key
    where spans.value is not null and spans.valid_from <= {{ as_of() }}
)

select * from final
