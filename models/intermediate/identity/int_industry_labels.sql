with

rules as (
    select * from {{ ref('industries') }}
),

texts as (
    select industry from {{ ref('int_person_records') }}
    union
    select industry from {{ ref('int_account_records_unioned') }}
),

matched as (
    select
        texts.industry as raw_value,
        rules.industry,
        row_number() over (partition by texts.industry order by rules.industry_order) as match_rank
    from texts
    inner join {{ source('text', 'label') }} as labels on texts.industry = labels.raw_value
    inner join rules
        on {{ matches(as_words('labels.label'), 'rules.pattern') }}
        and {{ holds_on('rules', local_day(as_of())) }}
),

final as (
    select raw_value, industry from matched
    where match_rank = 1
)

select * from final
