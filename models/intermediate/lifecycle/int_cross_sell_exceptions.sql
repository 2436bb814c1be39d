with

rules as (
    select
        *,
        coalesce({{ local_midnight('valid_from') }}, cast('0001-01-01' as timestamp))
            as rule_from_at,
        {{ local_midnight('valid_to') }} as rule_to_at
    from {{ ref('cross_sell_exceptions') }}
),

accounts as (
    select * from {{ ref('int_crm_accounts') }}
),

domains as (
    select email_domain from {{ ref('int_person_records') }}
    where email_domain is not null
    group by email_domain
),

-- What is said of any account of a company is said of the company.
of_accounts as (
    select
        accounts.surviving_account_id as crm_account_id,
        cast(null as varchar) as email_domain,
        rules.rule_from_at as from_at,
        rules.rule_to_at as to_at
    from accounts
    inner join rules
        on rules.match_on = 'account_id'
        and {{ matches('accounts.crm_account_id', 'rules.pattern') }}
),

of_account_types as (
    select
        accounts.surviving_account_id as crm_account_id,
        cast(null as varchar) as email_domain,
        greatest(types.valid_from, rules.rule_from_at) as from_at,
        {{ earliest(['types.valid_to', 'rules.rule_to_at']) }} as to_at
    from accounts
    inner join {{ ref('int_account_values') }} as types
        on accounts.crm_account_id = types.crm_account_id and types.attribute = 'account_type'
    inner join {{ source('text', 'label') }} as labels on types.value = labels.raw_value
    inner join rules
        on rules.match_on = 'account_type'
        and {{ matches('labels.label', 'rules.pattern') }}
),

of_domains as (
    select
        cast(null as varchar) as crm_account_id,
        domains.email_domain,
        rules.rule_from_at as from_at,
        rules.rule_to_at as to_at
    from domains
    inner join rules
        on rules.match_on = 'email_domain'
        and {{ matches('domains.email_domain', 'rules.pattern') }}
),

final as (
    select * from of_accounts
    union
    select * from of_account_types
    where to_at is null or from_at < to_at
    union
    select * from of_domains
)

select * from final
