{% macro closings(opportunities, states, id='opportunity_id', is_closed='is_closed') -%}
    {#-
        One row per closed opportunity: when it closed. Whose history tells of a closing, now or later,
        closes by it and by nothing else; any other on its close date, never before it was created, or
        where that lies ahead when it was last changed.

        opportunities: rows with `id`, `is_closed`, `created_at`, `close_date` and `modified_at`.
        states: what their history tells: `opportunity_id`, `is_closed` and since when, `from_at`.
    -#}
    with

    seen_states as (
        select
            *,
            lag(is_closed) over (partition by opportunity_id order by from_at, is_closed)
                as was_closed,
            lead(from_at) over (partition by opportunity_id order by from_at, is_closed) as next_at
        from {{ states }}
        where from_at <= {{ as_of() }}
    ),

    -- The closing that stands: the start of the span of closed states that nothing ended.
    standing as (
        select
            opportunity_id,
            max(case when is_closed and not coalesce(was_closed, false) then from_at end)
                as closed_at
        from seen_states
        group by opportunity_id
        having max(case when next_at is null and is_closed then 1 else 0 end) = 1
    ),

    with_closing_history as (
        select opportunity_id from {{ states }}
        where is_closed
        group by opportunity_id
    ),

    dated as (
        select
            {{ id }},
            created_at,
            coalesce({{ up_to_as_of('close_date') }}, {{ up_to_as_of('modified_at') }}) as dated_at
        from {{ opportunities }}
        where {{ is_closed }}
    )

    select
        dated.{{ id }},
        case
            when with_closing_history.opportunity_id is not null then standing.closed_at
            when dated.dated_at is not null then greatest(dated.created_at, dated.dated_at)
        end as closed_at
    from dated
    left join standing on dated.{{ id }} = standing.opportunity_id
    left join with_closing_history on dated.{{ id }} = with_closing_history.opportunity_id
{%- endmacro %}
