{{ config(
    materialized='incremental',
    incremental_strategy='replace_changed',
    unique_key='activity_id',
    meta={'changed': 'int_changed_activities', 'touches_leads': true}
) }}

with

activities as (
    select * from {{ ref('int_activities') }}
    where {{ only_changed('activity_id', 'int_changed_activities') }}
),

person_leads as (
    select * from {{ ref('int_person_leads') }}
),

machine_agents as (
    select * from {{ ref('int_machine_agents') }}
),

-- A file behind a form is downloaded once: the click after the form only fetches it.
fetched_files as (
    select clicks.activity_id
    from activities as clicks
    inner join person_leads on clicks.person_key = person_leads.person_key
    inner join person_leads as same_person on person_leads.lead_id = same_person.lead_id
    inner join {{ ref('int_activities') }} as forms
        on same_person.person_key = forms.person_key
        and clicks.occurred_at >= forms.occurred_at
        and clicks.occurred_at - interval '30' minute <= forms.occurred_at
    where
        clicks.form_kind = 'file_click'
        and forms.activity_type = 'download'
        and coalesce(forms.form_kind, '') <> 'file_click'
    group by clicks.activity_id
),

-- Few activities have anything found out about them: one join finds all of it. What was found out
-- about a mail counts while the mail is that person's: an address may pass to another record.
findings as (
    select
        activity_id,
        mail_id,
        max(machine_reason) as machine_reason,
        max(duplicate_of) as duplicate_of,
        max(fetched_type) as fetched_type
    from (
        select
            activity_id,
            mail_id,
            machine_reason,
            cast(null as varchar) as duplicate_of,
            cast(null as varchar) as fetched_type
        from {{ ref('int_machine_activities') }}
        where {{ only_changed('activity_id', 'int_changed_activities') }}
        union all
        select
            activity_id,
            '' as mail_id,
            cast(null as varchar) as machine_reason,
            duplicate_of,
            cast(null as varchar) as fetched_type
        from {{ ref('int_activity_twins') }}
        where {{ only_changed('activity_id', 'int_changed_activities') }}
        union all
        select
            activity_id,
            '' as mail_id,
            cast(null as varchar) as machine_reason,
            cast(null as varchar) as duplicate_of,
            'link_click' as fetched_type
        from fetched_files
    ) as found
    group by activity_id, mail_id
),

final as (
    select
        activities.activity_id,
        person_leads.lead_id,
        activities.connector,
        activities.source_table,
        activities.source_record_id,
        activities.occurred_at,
        {{ local_day('activities.occurred_at') }} as occurred_on,
        coalesce(findings.fetched_type, activities.activity_type) as activity_type,
        activities.content_key,
        case
            when
                coalesce(findings.fetched_type, activities.activity_type) = 'download'
                and {{ local_day('activities.occurred_at') }} >= person_leads.competitor_from
                and {{ local_day('activities.occurred_at') }} < person_leads.competitor_to
                then 'competitor_research'
            else activities.content_category
        end as content_category,
        activities.campaign_id,
        findings.machine_reason is not null
        or machine_agents.user_agent is not null as is_machine,
        coalesce(findings.machine_reason, machine_agents.agent_name) as machine_reason,
        findings.duplicate_of,
        activities.mailing_key,
        activities.user_id,
        activities.logged_by_id,
        activities.is_contact,
        activities.is_on_demand,
        activities.landed_at
    from activities
    left join person_leads on activities.person_key = person_leads.person_key
    left join findings
        on activities.activity_id = findings.activity_id
        and coalesce(activities.mail_id, '') = findings.mail_id
    left join machine_agents
        on activities.user_agent = machine_agents.user_agent
        and {{ holds_on('machine_agents', local_day('activities.occurred_at')) }}
)

select * from final
