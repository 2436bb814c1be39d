with

agents as (
    select user_agent from {{ ref('stg_marketo__activity_visit_webpage') }}
    union
    select user_agent from {{ ref('stg_marketo__activity_fill_out_form') }}
    union
    select user_agent from {{ ref('stg_marketo__activity_click_link') }}
    union
    select user_agent from {{ ref('stg_marketo__activity_open_email') }}
    union
    select user_agent from {{ ref('stg_marketo__activity_click_email') }}
    union
    select user_agent from {{ ref('stg_marketo__activity_unsubscribe_email') }}
),

matched as (
    select
        agents.user_agent,
        rules.agent_name,
        coalesce(rules.valid_from, cast('0001-01-01' as date)) as valid_from,
        coalesce(rules.valid_to, cast('9999-12-31' as date)) as valid_to
    from agents
    inner join {{ ref('machine_agents') }} as rules
        on {{ matches('lower(agents.user_agent)', 'rules.pattern') }}
),

-- An agent of several kinds is one machine.
final as (
    select
        user_agent,
        min(agent_name) as agent_name,
        min(valid_from) as valid_from,
        max(valid_to) as valid_to
    from matched
    group by user_agent
)

select * from final
