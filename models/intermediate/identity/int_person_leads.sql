{{ config(
    materialized='incremental',
    incremental_strategy='replace_all',
    unique_key='person_key'
) }}

with

members as (
    select * from {{ ref('int_lead_members') }}
),

competitor_domains as (
    select
        matched_text as email_domain,
        min(coalesce(valid_from, cast('0001-01-01' as date))) as competitor_from,
        max(coalesce(valid_to, cast('9999-12-31' as date))) as competitor_to
    from {{ ref('int_exclusion_texts') }}
    where match_on = 'email_domain' and exclusion_reason = 'competitor'
    group by matched_text
),

-- One address is enough, whichever tool tells it.
competitors as (
    select
        members.lead_id,
        min(competitor_domains.competitor_from) as competitor_from,
        max(competitor_domains.competitor_to) as competitor_to
    from members
    inner join competitor_domains on members.email_domain = competitor_domains.email_domain
    where members.record_status = 'used' and members.lead_id is not null
    group by members.lead_id
),

found as (
    select
        members.person_key,
        min(members.lead_id) as lead_id,
        min(competitors.competitor_from) as competitor_from,
        max(competitors.competitor_to) as competitor_to
    from members
    left join competitors on members.lead_id = competitors.lead_id
    group by members.person_key
),

{% if is_incremental() -%}
former as (
    select * from {{ this }}
),
{%- else -%}
former as (
    select *, {{ build_id() }} as changed_in_build from found
    where false
),
{%- endif %}

-- Another person, or a competitor now, does all that was done before: the build is kept.
final as (
    select
        found.person_key,
        found.lead_id,
        found.competitor_from,
        found.competitor_to,
        case
            when
                former.person_key is null
                or (found.lead_id is distinct from former.lead_id)
                or (found.competitor_from is distinct from former.competitor_from)
                or (found.competitor_to is distinct from former.competitor_to)
                then {{ build_id() }}
            else former.changed_in_build
        end as changed_in_build
    from found
    left join former on found.person_key = former.person_key
)

select * from final
