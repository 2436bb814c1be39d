with

records as (
    select * from {{ ref('int_activity_records_unioned') }}
),

-- A changed rule makes something else of a record as a new version of it would.
new_records as (
    select activity_id, person_key from records
    where
        (
            {{ is_changed('changed_in_build') }}
            or activity_id in (
                select touched.activity_id
                from {{ source('control', 'touched_activities') }} as touched
                where {{ is_changed('touched.build_id') }}
            )
        )
        and {{ not in_full_build() }}
),

-- Other people now, or competitors.
moved_persons as (
    select person_key from {{ ref('int_person_leads') }}
    where {{ is_changed('changed_in_build') }} and {{ not in_full_build() }}
),

-- Whoever somebody joined or left.
active_leads as (
    select person_leads.lead_id
    from {{ ref('int_person_leads') }} as person_leads
    inner join new_records on person_leads.person_key = new_records.person_key

    union

    select lead_id from {{ source('control', 'touched_leads') }}
    where
        model = 'person_identities'
        and {{ is_changed('build_id') }}
        and {{ not in_full_build() }}
),

active_persons as (
    select person_key from {{ ref('int_person_leads') }}
    where lead_id in (select active_leads.lead_id from active_leads)
),

neighbours as (
    -- Reactions to the same mail: a late delivery makes machines of them.
    select activity_id from {{ ref('int_activities') }}
    where
        activity_type in ('email_open', 'email_click')
        and mail_id in (select changed.mail_id from {{ ref('int_changed_mails') }} as changed)

    union

    -- Twins in other tables, and clicks on a file after its form.
    select activity_id from {{ ref('int_activities') }}
    where
        (
            coalesce(event_key, event_name) is not null
            or form_kind = 'file_click'
        )
        and person_key in (select active_persons.person_key from active_persons)
),

final as (
    select activity_id from new_records
    union
    select activity_id from neighbours
    union
    select activity_id from records
    where person_key in (select moved_persons.person_key from moved_persons)
)

select * from final
