with

changes as (
    select
        changes.*,
        coalesce(labels.label, lower(changes.field)) as field_label
    from {{ ref('stg_marketo__activity_change_data_value') }} as changes
    left join {{ source('text', 'label') }} as labels on changes.field = labels.raw_value
    where changes.record_status <> 'deleted'
),

observations as (
    select
        'marketo:lead:' || person_id as record_key,
        case replace(field_label, ' ', '_')
            when 'job_title' then 'job_title'
            when 'title' then 'job_title'
            when 'number_of_employees' then 'employees'
            when 'numberofemployees' then 'employees'
            when 'num_employees' then 'employees'
            when '{{ var("marketo_purchase_timeline") }}' then 'purchase_timeline'
            when '{{ var("marketo_budget") }}' then 'budget'
            when '{{ var("marketo_decision_role") }}' then 'decision_role'
        end as attribute,
        changed_at as observed_at,
        old_value,
        new_value,
        true as is_change,
        changed_in_build
    from changes

    union all

    select
        'marketo:lead:' || record_id as record_key,
        'job_title' as attribute,
        version_at as observed_at,
        cast(null as varchar) as old_value,
        cast(job_title as varchar) as new_value,
        false as is_change,
        0 as changed_in_build
    from {{ ref('stg_marketo__lead_versions') }}

    union all

    select
        'marketo:lead:' || record_id as record_key,
        'employees' as attribute,
        version_at as observed_at,
        cast(null as varchar) as old_value,
        cast(employees as varchar) as new_value,
        false as is_change,
        0 as changed_in_build
    from {{ ref('stg_marketo__lead_versions') }}

    union all

    select
        'marketo:lead:' || record_id as record_key,
        'purchase_timeline' as attribute,
        version_at as observed_at,
        cast(null as varchar) as old_value,
        cast(purchase_timeline as varchar) as new_value,
        false as is_change,
        0 as changed_in_build
    from {{ ref('stg_marketo__lead_versions') }}

    union all

    select
        'marketo:lead:' || record_id as record_key,
        'budget' as attribute,
        version_at as observed_at,
        cast(null as varchar) as old_value,
        cast(budget as varchar) as new_value,
        false as is_change,
        0 as changed_in_build
    from {{ ref('stg_marketo__lead_versions') }}

    union all

    select
        'marketo:lead:' || record_id as record_key,
        'decision_role' as attribute,
        version_at as observed_at,
        cast(null as varchar) as old_value,
        cast(decision_role as varchar) as new_value,
        false as is_change,
        0 as changed_in_build
    from {{ ref('stg_marketo__lead_versions') }}
)

select * from observations
where attribute is not null
