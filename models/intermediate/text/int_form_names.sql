with

rules as (
    select * from {{ ref('form_rules') }}
),

periods as (
    {{ rule_periods(ref('form_rules')) }}
),

names as (
    select raw_text as form_name
    from {{ ref('int_content_texts_unioned') }}
    where text_kind = 'form_name'
    group by raw_text
),

matched as (
    select
        names.form_name,
        periods.valid_from,
        periods.valid_to,
        rules.form_kind,
        rules.activity_type,
        rules.content_category,
        row_number() over (
            partition by names.form_name, periods.valid_from order by rules.rule_order
        ) as match_rank
    from names
    inner join {{ source('text', 'label') }} as labels on names.form_name = labels.raw_value
    cross join periods
    inner join rules
        on {{ matches(as_words('labels.label'), 'rules.pattern') }}
        and {{ holds_on('rules', 'periods.valid_from') }}
),

final as (
    select form_name, valid_from, valid_to, form_kind, activity_type, content_category
    from matched
    where match_rank = 1
)

select * from final
