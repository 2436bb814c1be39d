{{ config(
    materialized='incremental',
    incremental_strategy='replace_all',
    unique_key='lead_id'
) }}

with

members as (
    select * from {{ ref('int_lead_members') }}
    where lead_id is not null and record_status = 'used'
),

accounts as (
    select * from {{ ref('int_crm_accounts') }}
),

by_number as (
    select
        corporate_number,
        min_by(
            surviving_account_id, {{ earlier_first('created_at', 'surviving_account_id') }}
        ) as crm_account_id
    from accounts
    where corporate_number is not null
    group by corporate_number
),

by_domain as (
    select
        web_domain,
        min_by(
            surviving_account_id, {{ earlier_first('created_at', 'surviving_account_id') }}
        ) as crm_account_id
    from accounts
    where web_domain is not null
    group by web_domain
),

by_company as (
    select
        company_key,
        min_by(
            surviving_account_id, {{ earlier_first('created_at', 'surviving_account_id') }}
        ) as crm_account_id
    from accounts
    where company_key is not null
    group by company_key
),

-- What the first record that knows says.
known as (
    select
        members.lead_id,
        min_by(
            coalesce(accounts.surviving_account_id, members.crm_account_id),
            case when members.crm_account_id is not null then members.member_rank end
        ) as crm_account_id,
        min_by(
            members.corporate_number,
            case when members.corporate_number is not null then members.member_rank end
        ) as corporate_number,
        min_by(
            members.email_domain,
            case when members.email_domain is not null then members.member_rank end
        ) as email_domain,
        min_by(
            members.company_key,
            case when members.company_key is not null then members.member_rank end
        ) as company_key,
        min_by(
            members.company_name,
            case when members.company_name is not null then members.member_rank end
        ) as company_name
    from members
    left join accounts on members.crm_account_id = accounts.crm_account_id
    group by members.lead_id
),

-- Who tells a name and no domain belongs to the domain that most others of that name have, and
-- who tells no number to the number that most others of that domain have.
domains_of_names as (
    select
        company_key,
        email_domain,
        row_number() over (
            partition by company_key order by count(*) desc, email_domain
        ) as domain_rank
    from known
    where company_key is not null and email_domain is not null
    group by company_key, email_domain
),

numbers_of_domains as (
    select
        email_domain,
        corporate_number,
        row_number() over (
            partition by email_domain order by count(*) desc, corporate_number
        ) as number_rank
    from known
    where email_domain is not null and corporate_number is not null
    group by email_domain, corporate_number
),

placed as (
    select
        known.lead_id,
        known.company_name,
        known.company_key,
        known.crm_account_id,
        coalesce(known.email_domain, domains_of_names.email_domain) as email_domain,
        coalesce(known.corporate_number, numbers_of_domains.corporate_number) as corporate_number
    from known
    left join domains_of_names
        on known.company_key = domains_of_names.company_key
        and domains_of_names.domain_rank = 1
    left join numbers_of_domains
        on coalesce(known.email_domain, domains_of_names.email_domain)
        = numbers_of_domains.email_domain
        and numbers_of_domains.number_rank = 1
),

keyed as (
    select
        placed.lead_id,
        placed.company_name,
        placed.crm_account_id as linked_account_id,
        coalesce(
            by_number.crm_account_id, by_domain.crm_account_id, by_company.crm_account_id
        ) as told_account_id,
        coalesce(
            'number:' || placed.corporate_number,
            'domain:' || placed.email_domain,
            'company:' || placed.company_key
        ) as other_key
    from placed
    left join by_number on placed.corporate_number = by_number.corporate_number
    left join by_domain on placed.email_domain = by_domain.web_domain
    left join by_company on placed.company_key = by_company.company_key
),

resolved as (
    select
        lead_id,
        coalesce(linked_account_id, told_account_id) as crm_account_id,
        told_account_id,
        company_name,
        case
            when coalesce(linked_account_id, told_account_id) is not null
                then md5('crm:' || coalesce(linked_account_id, told_account_id))
            when other_key is not null then md5(other_key)
        end as account_id
    from keyed
),

{% if is_incremental() -%}
former as (
    select * from {{ this }}
),
{%- else -%}
former as (
    select *, {{ build_id() }} as changed_in_build from resolved
    where false
),
{%- endif %}

-- A new account may take in people by their domain: the build in which that happened is kept.
final as (
    select
        resolved.lead_id,
        resolved.crm_account_id,
        resolved.told_account_id,
        resolved.company_name,
        resolved.account_id,
        case
            when
                former.lead_id is null
                or (resolved.account_id is distinct from former.account_id)
                or (resolved.told_account_id is distinct from former.told_account_id)
                then {{ build_id() }}
            else former.changed_in_build
        end as changed_in_build
    from resolved
    left join former on resolved.lead_id = former.lead_id
)

select * from final
