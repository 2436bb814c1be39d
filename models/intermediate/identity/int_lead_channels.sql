with

sources as (
    select lead_source as raw_value from {{ ref('int_person_records') }}
    where lead_source is not null
    group by lead_source
),

matched as (
    select
        sources.raw_value,
        rules.source_channel,
        row_number() over (partition by sources.raw_value order by rules.rule_order) as match_rank
    from sources
    inner join {{ source('text', 'label') }} as labels on sources.raw_value = labels.raw_value
    inner join {{ ref('source_channels') }} as rules
        on {{ matches(as_words('labels.label'), 'rules.pattern') }}
        and {{ holds_on('rules', local_day(as_of())) }}
),

final as (
    select raw_value, source_channel from matched
    where match_rank = 1
)

select * from final
