with

records as (
    select activity_id, person_key
    from {{ ref('int_activity_records_unioned') }}
    where {{ is_changed('changed_in_build') }} and {{ not in_full_build() }}
),

activities as (
    select activity_id, person_key, mail_id, changed_in_build from {{ ref('int_activities') }}
),

-- A step of a mail changes with its record: among millions only these need be looked at.
changed_activities as (
    select activity_id, mail_id from activities
    where {{ is_changed('changed_in_build') }} and {{ not in_full_build() }}
),

told as (
    select
        records.person_key,
        changed_activities.activity_id,
        changed_activities.mail_id
    from records
    left join changed_activities on records.activity_id = changed_activities.activity_id
),

-- What is no activity, or none any more, may have been a step of any mail of its person.
gone as (
    select person_key from told
    where activity_id is null
),

mails_of_gone as (
    select mail_id from activities
    where person_key in (select gone.person_key from gone)
),

final as (
    select mail_id from told
    union
    select mail_id from mails_of_gone
)

select * from final
where mail_id is not null
