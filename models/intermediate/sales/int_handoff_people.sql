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

profiles as (
    select * from {{ ref('int_lead_profiles') }}
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
        starts.lead_id,
        answers.job_title,
        answers.buying_role,
        0 as person_order
    from starts
    left join {{ ref('int_handoff_answers') }} as answers on starts.handoff_id = answers.handoff_id

    union all

    select
        roles.handoff_id,
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

ranked as (
    select
        people.handoff_id,
        coalesce(profiles.person_name, profiles.email, 'unknown') as person_name,
        people.job_title,
        people.buying_role,
        row_number() over (
            partition by people.handoff_id
            order by people.person_order, profiles.created_at, people.lead_id
        ) as person_rank
    from people
    inner join profiles on people.lead_id = profiles.lead_id
),

final as (
    select
        handoff_id,
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
