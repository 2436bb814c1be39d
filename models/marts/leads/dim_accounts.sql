with

lead_accounts as (
    select * from {{ ref('int_lead_accounts') }}
),

crm_accounts as (
    select * from {{ ref('int_crm_accounts') }}
    where crm_account_id = surviving_account_id
),

opportunities as (
    select * from {{ ref('int_opportunities') }}
),

open_opportunities as (
    select
        accounts.surviving_account_id as crm_account_id,
        count(*) as open_opportunities
    from opportunities
    inner join {{ ref('int_crm_accounts') }} as accounts
        on opportunities.crm_account_id = accounts.crm_account_id
    where opportunities.closed_at is null
    group by accounts.surviving_account_id
),

people as (
    select
        lead_accounts.account_id,
        count(*) as leads,
        min(lead_accounts.company_name) as company_name,
        max(nullif(segments.industry, 'unknown')) as industry,
        max(nullif(segments.company_size, 'unknown')) as company_size
    from lead_accounts
    left join {{ ref('int_lead_segments') }} as segments
        on lead_accounts.lead_id = segments.lead_id and segments.valid_to is null
    where lead_accounts.account_id is not null
    group by lead_accounts.account_id
),

in_crm as (
    select
        md5('crm:' || crm_accounts.crm_account_id) as account_id,
        crm_accounts.crm_account_id,
        crm_accounts.account_name,
        crm_accounts.industry,
        sizes.company_size,
        sizes.is_target
    from crm_accounts
    left join {{ ref('company_sizes') }} as sizes
        on crm_accounts.employees >= sizes.min_employees
        and (sizes.max_employees is null or crm_accounts.employees <= sizes.max_employees)
        and {{ holds_on('sizes', local_day(as_of())) }}
),

joined as (
    select
        coalesce(in_crm.account_id, people.account_id) as account_id,
        coalesce(in_crm.account_name, people.company_name) as company_name,
        coalesce(in_crm.industry, people.industry, 'unknown') as industry,
        coalesce(in_crm.company_size, people.company_size, 'unknown') as company_size,
        cast(coalesce(people.leads, 0) as bigint) as leads,
        cast(coalesce(open_opportunities.open_opportunities, 0) as bigint) as open_opportunities
    from in_crm
    full outer join people on in_crm.account_id = people.account_id
    left join open_opportunities on in_crm.crm_account_id = open_opportunities.crm_account_id
),

final as (
    select
        joined.account_id,
        joined.company_name,
        joined.industry,
        joined.company_size,
        coalesce(sizes.is_target, false) as is_target,
        joined.leads,
        joined.open_opportunities
    from joined
    left join {{ ref('company_sizes') }} as sizes
        on joined.company_size = sizes.company_size
        and {{ holds_on('sizes', local_day(as_of())) }}
)

select * from final
