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

keyed as (
    select
        known.lead_id,
        known.company_name,
        coalesce(known.crm_account_id, by_domain.crm_account_id, by_company.crm_account_id)
            as crm_account_id,
        case
            when known.email_domain is not null then 'domain:' || known.email_domain
            when known.company_key is not null then 'company:' || known.company_key
        end as other_key
    from known
    left join by_domain on known.email_domain = by_domain.web_domain
    left join by_company on known.company_key = by_company.company_key
),

resolved as (
    select
        lead_id,
        crm_account_id,
        company_name,
        case
            when crm_account_id is not null then md5('crm:' || crm_account_id)
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
        resolved.company_name,
        resolved.account_id,
        case
            when former.lead_id is null or (resolved.account_id is distinct from former.account_id)
                then {{ build_id() }}
            else former.changed_in_build
        end as changed_in_build
    from resolved
    left join former on resolved.lead_id = former.lead_id
)

select * from final
