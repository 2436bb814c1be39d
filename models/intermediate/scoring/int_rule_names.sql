{{ config(materialized='view') }}

-- An adjustment by hand follows no rule, but has a name beside theirs.
select rule_id, rule_version, name_en, name_ja from {{ ref('score_rules') }}
union all
select
    'manual_adjustment' as rule_id,
    1 as rule_version,
    'Adjusted by hand' as name_en,
    '手動調整' as name_ja
