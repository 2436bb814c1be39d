with

users as (
    select * from {{ ref('int_sales_users_unioned') }}
),

-- Work of a person of sales: open tasks are no activities, programs and marketing are no sales.
final as (
    select
        activities.lead_id,
        activities.activity_id,
        activities.occurred_at,
        coalesce(activities.is_contact, false) as is_contact
    from {{ ref('fct_activities') }} as activities
    left join users on activities.user_id = users.user_id
    left join users as loggers on activities.logged_by_id = loggers.user_id
    where
        activities.activity_type in ('sales_call', 'sales_meeting', 'sales_email', 'sales_task')
        and activities.lead_id is not null
        and coalesce(users.is_active, true)
        and not coalesce(users.is_marketing, false)
        and not coalesce(users.is_integration, false)
        and not coalesce(loggers.is_integration, false)
)

select * from final
