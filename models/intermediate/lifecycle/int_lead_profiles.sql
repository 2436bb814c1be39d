with

members as (
    select * from {{ ref('int_lead_members') }}
    where lead_id is not null and record_status = 'used'
),

consents as (
    select
        members.record_key,
        meanings.meaning
    from members
    inner join {{ ref('int_answer_meanings') }} as meanings
        on meanings.answer = 'marketing_consent'
        and members.marketing_consent = meanings.raw_value
        and {{ local_day(as_of()) }} >= meanings.valid_from
        and {{ local_day(as_of()) }} < meanings.valid_to
),

unsubscribed as (
    select lead_id from {{ ref('fct_activities') }}
    where activity_type = 'email_unsubscribe' and not is_machine and lead_id is not null
    group by lead_id
),

-- The first record that has a value speaks; one that wants no mail speaks for all.
final as (
    select
        members.lead_id,
        {{ first_known('members.email') }} as email,
        {{ first_known('members.person_name') }} as person_name,
        {{ first_known('members.company_name') }} as company_name,
        {{ first_known('members.job_title') }} as job_title,
        {{ first_known('members.phone') }} as phone,
        {{ first_known('members.lead_source') }} as lead_source,
        {{ first_known('members.owner_id') }} as owner_id,
        {{ first_known('members.stated_problem') }} as stated_problem,
        max(case when members.is_opted_out_of_sales then 1 else 0 end) = 1 as is_opted_out_of_sales,
        min(members.created_at) as created_at,
        case
            when
                max(case when members.is_opted_out then 1 else 0 end) = 1
                or max(case when consents.meaning = 'opted_out' then 1 else 0 end) = 1
                or max(case when unsubscribed.lead_id is not null then 1 else 0 end) = 1
                then 'opted_out'
            when max(case when consents.meaning = 'opted_in' then 1 else 0 end) = 1 then 'opted_in'
            else 'unknown'
        end as consent_status
    from members
    left join consents on members.record_key = consents.record_key
    left join unsubscribed on members.lead_id = unsubscribed.lead_id
    group by members.lead_id
)

select * from final
