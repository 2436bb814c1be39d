with

labels as (
    select * from {{ source('text', 'label') }}
),

programmes as (
    select
        programmes.program_id,
        programmes.program_name,
        programmes.channel,
        channel_labels.label as channel_label
    from {{ ref('stg_marketo__program') }} as programmes
    left join labels as channel_labels on programmes.channel = channel_labels.raw_value
    where programmes.record_status = 'used'
),

statements as (
    select
        'activity_change_status_in_progression' as source_table,
        record_id,
        person_id,
        program_id,
        program_name,
        new_status as member_status,
        occurred_at,
        landed_at,
        changed_in_build
    from {{ ref('stg_marketo__activity_change_status_in_progression') }}
    where record_status = 'used'

    union all

    select
        'program_membership' as source_table,
        record_id,
        person_id,
        program_id,
        cast(null as varchar) as program_name,
        member_status,
        created_at as occurred_at,
        landed_at,
        changed_in_build
    from {{ ref('stg_marketo__program_membership') }}
    where record_status = 'used'
),

-- Statements about programmes that are events, or of which nobody says what they are.
events as (
    select
        statements.*,
        statuses.activity_type,
        statuses.is_on_demand,
        name_labels.label as name_label
    from statements
    inner join labels as status_labels on statements.member_status = status_labels.raw_value
    inner join {{ ref('programme_status_map') }} as statuses
        on status_labels.label = statuses.status_label
        and {{ holds_on('statuses', local_day('statements.occurred_at')) }}
    left join programmes on statements.program_id = programmes.program_id
    left join {{ ref('event_channels') }} as channels
        on programmes.channel_label = channels.channel_label
        and {{ holds_on('channels', local_day('statements.occurred_at')) }}
    left join labels as name_labels
        on coalesce(programmes.program_name, statements.program_name) = name_labels.raw_value
    where channels.channel_label is not null or programmes.channel is null
)

{% for source_table in ['activity_change_status_in_progression', 'program_membership'] -%}
select
    {{ activity(
        'marketo', source_table, source_rank=loop.index,
        content_key='program_id',
        content_category="'event'",
        event_key="'marketo:' || program_id",
        event_name='name_label',
        campaign_id='program_id',
        is_on_demand='is_on_demand'
    ) }}
from events
where source_table = '{{ source_table }}'
{%- if not loop.last %}

union all
{% endif %}
{%- endfor %}
