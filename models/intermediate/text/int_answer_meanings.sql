with

rules as (
    select * from {{ ref('answer_rules') }}
),

periods as (
    {{ rule_periods(ref('answer_rules')) }}
),

answers as (
    select 'purchase_timeline' as answer, purchase_timeline as raw_value
    from {{ ref('int_person_records') }}
    union
    select 'budget' as answer, budget as raw_value from {{ ref('int_person_records') }}
    union
    select 'decision_role' as answer, decision_role as raw_value
    from {{ ref('int_person_records') }}
    union
    select 'marketing_consent' as answer, marketing_consent as raw_value
    from {{ ref('int_person_records') }}
    union
    select attribute as answer, new_value as raw_value from {{ ref('int_attribute_history') }}
    union
    select attribute as answer, old_value as raw_value from {{ ref('int_attribute_history') }}
),

matched as (
    select
        answers.answer,
        answers.raw_value,
        labels.label,
        periods.valid_from,
        periods.valid_to,
        rules.meaning,
        rules.months,
        -- The text up to the end of what the pattern finds last: its last number is the rule's.
        regexp_extract({{ as_words('labels.label') }}, '.*(?:' || rules.pattern || ')', 0) as found,
        row_number() over (
            partition by answers.answer, answers.raw_value, periods.valid_from
            order by rules.rule_order
        ) as match_rank
    from answers
    inner join {{ source('text', 'label') }} as labels on answers.raw_value = labels.raw_value
    cross join periods
    inner join rules
        on answers.answer = rules.answer
        and {{ matches(as_words('labels.label'), 'rules.pattern') }}
        and {{ holds_on('rules', 'periods.valid_from') }}
),

-- The last number before what was found, and the one before that.
numbered as (
    select
        *,
        try_cast(
            regexp_extract(found, '([0-9]+(?:[.][0-9]+)?)[^0-9]*$', 1) as double
        ) as last_number,
        try_cast(
            regexp_extract(found, '([0-9]+)[^0-9]+[0-9]+[^0-9]*$', 1) as double
        ) as number_before
    from matched
),

-- Of a range the larger bound counts: the last number of a unit, and the longest of the units. Part
-- of a month is a month.
measured as (
    select
        *,
        max(
            case meaning
                when 'fixed' then months
                when 'months' then ceil(last_number)
                when 'years' then ceil(12 * last_number)
                when 'years_and_half' then 12 * last_number + 6
                when 'years_and_months' then 12 * number_before + last_number
            end
        ) over (partition by answer, raw_value, valid_from) as longest_months
    from numbered
),

final as (
    select
        answer,
        raw_value,
        valid_from,
        valid_to,
        case
            when meaning in ('months', 'years', 'years_and_half', 'years_and_months', 'fixed')
                then 'months'
            else meaning
        end as meaning,
        case
            when meaning in ('months', 'years', 'years_and_half', 'years_and_months', 'fixed')
                then cast(longest_months as integer)
        end as months
    from measured
    where match_rank = 1
)

select * from final
