-- What a mart says has happened, happened up to the as-of; only what is due may lie ahead.
{% set moments = {
    'dim_leads': ['created_at', 'stage_since'],
    'fct_activities': ['occurred_at'],
    'fct_stage_transitions': ['entered_at', 'exited_at'],
    'fct_qualifications': ['qualified_at', 'lost_at'],
    'fct_handoffs': [
        'handed_off_at', 'first_follow_up_at', 'first_contact_at', 'recycled_at', 'closed_at'
    ],
    'fct_score_ledger': ['effective_at'],
    'lead_scores': ['as_of', 'crossed_threshold_at'],
} %}
{% set days = {
    'lead_scores_daily': 'score_date',
    'funnel_by_period': 'period_start',
} %}

{% for mart, columns in moments.items() %}
select
    '{{ mart }}' as mart,
    greatest({{ columns | join(', ') }}) as newest_at
from {{ ref(mart) }}
where greatest({{ columns | join(', ') }}) > {{ as_of() }}
union all
{% endfor %}
{% for mart, day in days.items() %}
select
    '{{ mart }}' as mart,
    cast({{ day }} as timestamp) as newest_at
from {{ ref(mart) }}
where {{ day }} > {{ local_day(as_of()) }}
{{ 'union all' if not loop.last }}
{% endfor %}
