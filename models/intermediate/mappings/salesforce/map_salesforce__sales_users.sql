select
    users.user_id,
    users.user_name,
    users.is_active,
    users.time_zone,
    departments.department_label is not null as is_marketing,
    coalesce(
        {{ matches("lower(coalesce(users.user_name, '') || ' ' || coalesce(users.username, ''))", 'programs.pattern') }},
        false
    ) as is_integration
from {{ ref('stg_salesforce__user') }} as users
left join {{ source('text', 'label') }} as labels on users.department = labels.raw_value
left join {{ ref('marketing_departments') }} as departments
    on labels.label = departments.department_label
left join {{ ref('int_integration_pattern') }} as programs on true
where users.record_status = 'used'
