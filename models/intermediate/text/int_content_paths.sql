with

rules as (
    select * from {{ ref('content_rules') }}
),

periods as (
    {{ rule_periods(ref('content_rules')) }}
),

paths as (
    select raw_text as page_path
    from {{ ref('int_content_texts_unioned') }}
    where text_kind = 'page_path'
    group by raw_text
),

-- A rule's path covers all below it.
matched as (
    select
        paths.page_path,
        periods.valid_from,
        periods.valid_to,
        rules.content_key,
        rules.content_category,
        row_number() over (
            partition by paths.page_path, periods.valid_from order by rules.rule_order
        ) as match_rank
    from paths
    cross join periods
    inner join rules
        on (
            paths.page_path = rules.path_prefix
            or starts_with(paths.page_path, rules.path_prefix || '/')
        )
        and {{ holds_on('rules', 'periods.valid_from') }}
),

final as (
    select page_path, valid_from, valid_to, content_key, content_category
    from matched
    where match_rank = 1
)

select * from final
