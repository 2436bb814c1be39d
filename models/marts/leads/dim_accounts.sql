with

lead_accounts as (
    select * from {{ ref('int_lead_accounts') }}
),

crm_accounts as (
    select
        *,
        row_number() over (
            partition by surviving_account_id
            order by crm_account_id <> surviving_account_id, is_merged, created_at, crm_account_id
        ) as account_rank
    from {{ ref('int_crm_accounts') }}
),

-- The account that stands for the company speaks first, then the oldest that knows.
companies as (
    select
        surviving_account_id as crm_account_id,
        min_by(account_name, case when account_name is not null then account_rank end)
            as account_name,
        min_by(industry, case when industry is not null then account_rank end) as industry,
        min_by(prefecture, case when prefecture is not null then account_rank end) as prefecture,
        min_by(employees, case when employees is not null then account_rank end) as employees,
        min_by(corporate_number, case when corporate_number is not null then account_rank end)
            as corporate_number,
        min_by(
            parent_account_id,
            case
                when parent_account_id is not null and parent_account_id <> surviving_account_id
                    then account_rank
            end
        ) as parent_account_id,
        cast(count(*) as bigint) as crm_accounts
    from crm_accounts
    group by surviving_account_id
),

opportunities as (
    select * from {{ ref('int_opportunities') }}
),

open_opportunities as (
    select
        accounts.surviving_account_id as crm_account_id,
        count(*) as open_opportunities
    from opportunities
    inner join crm_accounts as accounts
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
        md5('crm:' || companies.crm_account_id) as account_id,
        md5('crm:' || companies.parent_account_id) as parent_account_id,
        companies.crm_account_id,
        companies.account_name,
        companies.industry,
        companies.corporate_number,
        companies.prefecture,
        companies.crm_accounts,
        sizes.company_size,
        sizes.is_target
    from companies
    left join {{ ref('company_sizes') }} as sizes
        on companies.employees >= sizes.min_employees
        and (sizes.max_employees is null or companies.employees <= sizes.max_employees)
        and {{ holds_on('sizes', local_day(as_of())) }}
),

joined as (
    select
        coalesce(in_crm.account_id, people.account_id) as account_id,
        in_crm.parent_account_id,
        in_crm.corporate_number,
        in_crm.prefecture,
        coalesce(in_crm.account_name, people.company_name) as company_name,
        coalesce(in_crm.industry, people.industry, 'unknown') as industry,
        coalesce(in_crm.company_size, people.company_size, 'unknown') as company_size,
        coalesce(in_crm.crm_accounts, 0) as crm_accounts,
        cast(coalesce(people.leads, 0) as bigint) as leads,
        cast(coalesce(open_opportunities.open_opportunities, 0) as bigint) as open_opportunities
    from in_crm
    full outer join people on in_crm.account_id = people.account_id
    left join open_opportunities on in_crm.crm_account_id = open_opportunities.crm_account_id
),

final as (
    select
        joined.account_id,
        joined.parent_account_id,
        joined.company_name,
        joined.corporate_number,
        joined.prefecture,
        joined.industry,
        joined.company_size,
        coalesce(sizes.is_target, false) as is_target,
        joined.crm_accounts,
        joined.leads,
        joined.open_opportunities
    from joined
    left join {{ ref('company_sizes') }} as sizes
        on joined.company_size = sizes.company_size
        and {{ holds_on('sizes', local_day(as_of())) }}
)

select * from final
