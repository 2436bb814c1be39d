with

rules as (
    select * from {{ ref('asset_rules') }}
),

periods as (
    {{ rule_periods(ref('asset_rules')) }}
),

names as (
    select raw_text as asset_name
    from {{ ref('int_content_texts_unioned') }}
    where text_kind = 'asset_name'
    group by raw_text
),

-- Names that stand in a path have no normal form of their own.
labelled as (
    select
        names.asset_name,
        coalesce(labels.label, lower(names.asset_name)) as label
    from names
    left join {{ source('text', 'label') }} as labels on names.asset_name = labels.raw_value
),

matched as (
    select
        labelled.asset_name,
        periods.valid_from,
        periods.valid_to,
        rules.content_category,
        row_number() over (
            partition by labelled.asset_name, periods.valid_from order by rules.rule_order
        ) as match_rank
    from labelled
    cross join periods
    inner join rules
        on {{ matches(as_words('labelled.label'), 'rules.pattern') }}
        and {{ holds_on('rules', 'periods.valid_from') }}
),

final as (
    select asset_name, valid_from, valid_to, content_category
    from matched
    where match_rank = 1
)

select * from final
