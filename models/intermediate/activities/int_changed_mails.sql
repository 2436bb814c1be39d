with

records as (
    select activity_id
    from {{ ref('int_activity_records_unioned') }}
    where {{ is_changed('changed_in_build') }} and {{ not in_full_build() }}
),

final as (
    select activities.mail_id
    from {{ ref('int_activities') }} as activities
    inner join records on activities.activity_id = records.activity_id
    where activities.mail_id is not null
    group by activities.mail_id
)

select * from final
