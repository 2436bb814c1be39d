{%- set mails = {
    'activity_send_email': {'activity_type': "'email_sent'"},
    'activity_email_delivered': {'activity_type': "'email_delivered'"},
    'activity_open_email': {'activity_type': "'email_open'", 'user_agent': 'user_agent'},
    'activity_click_email': {
        'activity_type': "'email_click'", 'link': 'link', 'user_agent': 'user_agent'
    },
    'activity_email_bounced': {'activity_type': "'email_bounce'"},
    'activity_unsubscribe_email': {
        'activity_type': "'email_unsubscribe'", 'user_agent': 'user_agent'
    }
} -%}
{%- set mailing_key -%}
coalesce(email_template_id, asset_name, '') || '/' || coalesce(campaign_id, '')
|| '/' || coalesce(campaign_run_id, '')
{%- endset -%}

{%- for source_table, told in mails.items() %}
select
    {{ activity(
        'marketo', source_table,
        content_key='asset_name',
        mailing_key=mailing_key,
        campaign_id='campaign_id',
        **told
    ) }}
from {{ ref('stg_marketo__' ~ source_table) }}
where record_status = 'used'
{%- if not loop.last %}

union all
{% endif %}
{%- endfor %}
