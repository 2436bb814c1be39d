with

users as (
    select
        *,
        lower(coalesce(user_name, '') || ' ' || coalesce(username, '')) as names
    from {{ ref('stg_salesforce__user') }}
    where record_status = 'used'
)

select
    users.user_id,
    users.user_name,
    users.is_active,
    users.time_zone,
    departments.department_label is not null as is_marketing,
    coalesce({{ matches('users.names', 'programs.pattern') }}, false) as is_integration
from users
left join {{ source('text', 'label') }} as labels on users.department = labels.raw_value
left join {{ ref('marketing_departments') }} as departments
    on labels.label = departments.department_label
left join {{ ref('int_integration_pattern') }} as programs on true
