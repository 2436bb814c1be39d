with

accounts as (
    select * from {{ ref('int_crm_accounts') }}
),

history as (
    select
        history.crm_account_id,
        history.attribute,
        history.observed_at,
        {{ comparable_value('history.attribute', 'history.old_value') }} as old_value,
        {{ comparable_value('history.attribute', 'history.new_value') }} as new_value,
        history.is_change,
        history.landed_at
    from {{ ref('int_account_history_unioned') }} as history
    inner join accounts
        on history.crm_account_id = accounts.crm_account_id
        and history.connector = accounts.connector
    where history.attribute is not null and history.observed_at is not null
),

-- At one moment a change tells what was before, a version what is after.
seen as (
    select
        *,
        row_number() over (
            partition by crm_account_id, attribute
            order by
                observed_at asc,
                is_change desc,
                new_value asc nulls first,
                old_value asc nulls first,
                landed_at asc
        ) as observation_number
    from history
    where observed_at <= {{ as_of() }}
),

replaced_later as (
    select
        crm_account_id,
        attribute,
        old_value,
        row_number() over (
            partition by crm_account_id, attribute order by observed_at, old_value nulls first
        ) as change_number
    from history
    where is_change and observed_at > {{ as_of() }}
),

current_values as (
    select
        crm_account_id,
        created_at,
        'account_type' as attribute,
        account_type as value
    from accounts
    union all
    select crm_account_id, created_at, 'employees' as attribute, cast(employees as varchar) as value
    from accounts
),

points as (
    select
        current_values.crm_account_id,
        current_values.attribute,
        current_values.created_at as valid_from,
        case
            when seen.crm_account_id is not null and seen.is_change then seen.old_value
            when seen.crm_account_id is not null then seen.new_value
            when replaced_later.crm_account_id is not null then replaced_later.old_value
            else current_values.value
        end as value,
        cast(null as timestamp) as landed_at,
        0 as point_number
    from current_values
    left join seen
        on current_values.crm_account_id = seen.crm_account_id
        and current_values.attribute = seen.attribute
        and seen.observation_number = 1
    left join replaced_later
        on current_values.crm_account_id = replaced_later.crm_account_id
        and current_values.attribute = replaced_later.attribute
        and replaced_later.change_number = 1

    union all

    select
        seen.crm_account_id,
        seen.attribute,
        greatest(seen.observed_at, accounts.created_at) as valid_from,
        seen.new_value as value,
        seen.landed_at,
        seen.observation_number as point_number
    from seen
    inner join accounts on seen.crm_account_id = accounts.crm_account_id
),

last_points as (
    select
        *,
        lead(valid_from) over (
            partition by crm_account_id, attribute order by valid_from, point_number
        ) as next_point_at
    from points
),

final as (
    select
        crm_account_id,
        attribute,
        value,
        landed_at,
        valid_from,
        next_point_at as valid_to
    from last_points
    where value is not null and (next_point_at is null or next_point_at > valid_from)
)

select * from final
