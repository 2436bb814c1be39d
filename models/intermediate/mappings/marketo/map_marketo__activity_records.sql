{%- set tables = [
    'activity_visit_webpage',
    'activity_fill_out_form',
    'activity_click_link',
    'activity_send_email',
    'activity_email_delivered',
    'activity_open_email',
    'activity_click_email',
    'activity_email_bounced',
    'activity_unsubscribe_email',
    'activity_change_data_value'
] -%}
{%- set tables_of_programmes = ['activity_change_status_in_progression', 'program_membership'] -%}

{%- for table in tables %}
select
    'marketo:{{ table }}:' || record_id as activity_id,
    'marketo:' || person_id as person_key,
    changed_in_build
from {{ ref('stg_marketo__' ~ table) }}

union all
{% endfor %}

{#- What a step in a programme is, its programme says. -#}
{%- for table in tables_of_programmes %}
select
    'marketo:{{ table }}:' || statements.record_id as activity_id,
    'marketo:' || statements.person_id as person_key,
    greatest(statements.changed_in_build, coalesce(programmes.changed_in_build, 0))
        as changed_in_build
from {{ ref('stg_marketo__' ~ table) }} as statements
left join {{ ref('stg_marketo__program') }} as programmes
    on statements.program_id = programmes.program_id
{%- if not loop.last %}

union all
{% endif %}
{%- endfor %}
