with

starts as (
    select
        handoff_id,
        lead_id,
        handed_off_at
    from {{ ref('int_handoff_starts') }}
),

accounts as (
    select
        lead_id,
        account_id
    from {{ ref('int_lead_accounts') }}
),

members as (
    select * from {{ ref('int_lead_members') }}
    where lead_id is not null and record_status = 'used'
),

-- Of the company the person itself, and whoever decides or has a say, as known by then.
colleagues as (
    select
        starts.handoff_id,
        starts.handed_off_at,
        colleagues.lead_id
    from starts
    inner join accounts on starts.lead_id = accounts.lead_id
    inner join accounts as colleagues
        on accounts.account_id = colleagues.account_id and starts.lead_id <> colleagues.lead_id
),

roles as (
    select
        colleagues.handoff_id,
        colleagues.handed_off_at,
        colleagues.lead_id,
        roles.value as buying_role
    from colleagues
    inner join {{ ref('int_lead_answers') }} as roles
        on colleagues.lead_id = roles.lead_id
        and roles.attribute = 'buying_role'
        and colleagues.handed_off_at >= roles.valid_from
        and colleagues.handed_off_at < {{ or_never('roles.valid_to') }}
        and colleagues.handed_off_at >= {{ known_at('roles.valid_from', 'roles.landed_at') }}
    where roles.value in ('decision_maker', 'influencer')
),

people as (
    select
        starts.handoff_id,
        starts.handed_off_at,
        starts.lead_id,
        answers.job_title,
        answers.buying_role,
        0 as person_order
    from starts
    left join {{ ref('int_handoff_answers') }} as answers on starts.handoff_id = answers.handoff_id

    union all

    select
        roles.handoff_id,
        roles.handed_off_at,
        roles.lead_id,
        titles.value as job_title,
        roles.buying_role,
        case roles.buying_role when 'decision_maker' then 1 else 2 end as person_order
    from roles
    left join {{ ref('int_lead_attributes') }} as titles
        on roles.lead_id = titles.lead_id
        and titles.attribute = 'job_title'
        and roles.handed_off_at >= titles.valid_from
        and roles.handed_off_at < {{ or_never('titles.valid_to') }}
),

-- A record that came later, as by a conversion, tells the name in its own way.
named as (
    select
        people.handoff_id,
        people.lead_id,
        people.job_title,
        people.buying_role,
        people.person_order,
        min(members.created_at) as created_at,
        {{ first_known('members.company_name') }} as company_name,
        coalesce(
            {{ first_known('members.person_name') }}, {{ first_known('members.email') }}, 'unknown'
        ) as person_name
    from people
    left join members
        on people.lead_id = members.lead_id and people.handed_off_at >= members.created_at
    group by
        people.handoff_id,
        people.lead_id,
        people.job_title,
        people.buying_role,
        people.person_order
),

ranked as (
    select
        *,
        row_number() over (
            partition by handoff_id order by person_order, created_at, lead_id
        ) as person_rank
    from named
    where person_order = 0 or created_at is not null
),

final as (
    select
        handoff_id,
        max(case when person_order = 0 then company_name end) as company_name,
        string_agg(
            person_name || ' (' || coalesce(job_title || ', ', '')
            || coalesce(replace(buying_role, '_', ' '), 'role unknown') || ')',
            '; ' order by person_rank
        ) as key_persons
    from ranked
    where person_rank <= 6
    group by handoff_id
)

select * from final
