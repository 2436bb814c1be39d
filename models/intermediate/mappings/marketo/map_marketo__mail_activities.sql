{%- set mails = {
    'activity_send_email': 'email_sent',
    'activity_email_delivered': 'email_delivered',
    'activity_open_email': 'email_open',
    'activity_click_email': 'email_click',
    'activity_email_bounced': 'email_bounce',
    'activity_unsubscribe_email': 'email_unsubscribe'
} -%}
{%- set with_agent = ['email_open', 'email_click', 'email_unsubscribe'] -%}

{%- for source_table, activity_type in mails.items() %}
select
    'marketo:{{ source_table }}:' || record_id as activity_id,
    'marketo' as connector,
    '{{ source_table }}' as source_table,
    record_id as source_record_id,
    1 as source_rank,
    'marketo:' || person_id as person_key,
    occurred_at,
    '{{ activity_type }}' as activity_type,
    asset_name as content_key,
    cast(null as varchar) as content_category,
    cast(null as varchar) as form_kind,
    coalesce(email_template_id, asset_name, '')
    || '/' || coalesce(campaign_id, '')
    || '/' || coalesce(campaign_run_id, '') as mailing_key,
    {{ 'link' if activity_type == 'email_click' else 'cast(null as varchar)' }} as link,
    {{ 'user_agent' if activity_type in with_agent else 'cast(null as varchar)' }} as user_agent,
    cast(null as varchar) as event_key,
    cast(null as varchar) as event_name,
    campaign_id,
    cast(null as varchar) as user_id,
    cast(null as varchar) as logged_by_id,
    cast(null as boolean) as is_contact,
    false as is_on_demand,
    landed_at,
    changed_in_build
from {{ ref('stg_marketo__' ~ source_table) }}
where record_status = 'used'
{%- if not loop.last %}

union all
{% endif %}
{%- endfor %}
