with

agents as (
    select raw_text as user_agent
    from {{ ref('int_content_texts_unioned') }}
    where text_kind = 'user_agent'
    group by raw_text
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
