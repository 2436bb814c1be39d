-- Built whole: a new account may take in any lead by its mail domain or company name.
with

leads as (
    select * from {{ ref('int_lead_starts') }}
),

industries as (
    select
        members.lead_id,
        min_by(
            industry_labels.industry,
            case when industry_labels.industry is not null then members.member_rank end
        ) as industry
    from {{ ref('int_lead_members') }} as members
    left join {{ ref('int_industry_labels') }} as industry_labels
        on members.industry = industry_labels.raw_value
    where members.lead_id is not null and members.record_status = 'used'
    group by members.lead_id
),

sizes as (
    select
        attributes.lead_id,
        attributes.valid_from,
        attributes.valid_to,
        company_sizes.company_size
    from {{ ref('int_lead_attributes') }} as attributes
    inner join {{ ref('company_sizes') }} as company_sizes
        on cast(attributes.value as double) >= company_sizes.min_employees
        and (
            company_sizes.max_employees is null
            or cast(attributes.value as double) <= company_sizes.max_employees
        )
        and {{ holds_on('company_sizes', local_day('attributes.valid_from')) }}
    where attributes.attribute = 'employees'
),

moments as (
    select lead_id, first_seen_at as valid_from from leads
    union
    select lead_id, valid_from from sizes
    union
    select lead_id, valid_to as valid_from from sizes
    where valid_to is not null
),

spans as (
    select
        moments.lead_id,
        moments.valid_from,
        lead(moments.valid_from) over (
            partition by moments.lead_id order by moments.valid_from
        ) as valid_to
    from moments
),

final as (
    select
        spans.lead_id,
        spans.valid_from,
        spans.valid_to,
        coalesce(accounts.industry, industries.industry, 'unknown') as industry,
        coalesce(sizes.company_size, 'unknown') as company_size,
        coalesce(accounts.industry, industries.industry, 'unknown')
        || '-' || coalesce(sizes.company_size, 'unknown') as segment_id
    from spans
    left join industries on spans.lead_id = industries.lead_id
    left join
        {{ ref('int_lead_accounts') }} as lead_accounts
        on spans.lead_id = lead_accounts.lead_id
    left join {{ ref('int_crm_accounts') }} as accounts
        on lead_accounts.crm_account_id = accounts.crm_account_id
    left join sizes
        on spans.lead_id = sizes.lead_id
        and spans.valid_from >= sizes.valid_from
        and spans.valid_from < {{ or_never('sizes.valid_to') }}
)

select * from final
