-- Whose activities changed is written down while they are replaced.
-- depends_on: {{ ref('fct_activities') }}

with

members as (
    select * from {{ ref('int_lead_members') }}
),

changed_inputs as (
    select * from {{ ref('int_changed_inputs_unioned') }}
),

-- What changed about an account changed the one that stands for its company.
changed_accounts as (
    select coalesce(accounts.surviving_account_id, changed.crm_account_id) as crm_account_id
    from changed_inputs as changed
    left join {{ ref('int_crm_accounts') }} as accounts
        on changed.crm_account_id = accounts.crm_account_id
),

changed_companies as (
    select crm_account_id from changed_accounts
    union
    select crm_account_id from {{ source('identity', 'touched_companies') }}
    where {{ is_changed('build_id') }}
),

lead_accounts as (
    select * from {{ ref('int_lead_accounts') }}
),

-- A title rule that begins or ends between two builds changes what titles say.
changed_titles as (
    select raw_value from {{ source('text', 'job_title') }}
    where {{ is_changed('changed_in_build') }}
),

final as (
    select lead_id from {{ source('control', 'touched_leads') }}
    where {{ is_changed('build_id') }}

    union

    select lead_id from members
    where
        {{ is_changed('changed_in_build') }}
        or person_key in (select changed.person_key from changed_inputs as changed)
        or crm_account_id in (select changed.crm_account_id from changed_inputs as changed)

    union

    -- Whoever any tool links to an opportunity that changed in another.
    select members.lead_id
    from members
    inner join {{ ref('int_opportunity_persons_unioned') }} as persons
        on members.person_key = persons.person_key
    where
        persons.opportunity_id in (select changed.opportunity_id from changed_inputs as changed)

    union

    select lead_id from members
    where job_title in (select titles.raw_value from changed_titles as titles)

    union

    select members.lead_id
    from members
    inner join {{ ref('int_attribute_history') }} as history
        on members.record_key = history.record_key
    where
        history.attribute = 'job_title'
        and (
            history.old_value in (select titles.raw_value from changed_titles as titles)
            or history.new_value in (select titles.raw_value from changed_titles as titles)
        )

    union

    -- Who belongs to a company that changed, or to another company now.
    select lead_id from lead_accounts
    where
        {{ is_changed('changed_in_build') }}
        or crm_account_id in (select changed.crm_account_id from changed_companies as changed)
        or told_account_id in (select changed.crm_account_id from changed_companies as changed)

    union

    -- Who takes part in a contract of such a company.
    select members.lead_id
    from members
    inner join {{ ref('int_opportunity_persons_unioned') }} as persons
        on members.person_key = persons.person_key
    inner join {{ ref('int_opportunities') }} as opportunities
        on persons.opportunity_id = opportunities.opportunity_id
    left join {{ ref('int_crm_accounts') }} as accounts
        on opportunities.crm_account_id = accounts.crm_account_id
    where
        coalesce(accounts.surviving_account_id, opportunities.crm_account_id) in (
            select changed.crm_account_id from changed_companies as changed
        )

    union

    -- An attribute rule that begins or ends between two builds concerns whoever has the attribute.
    select members.lead_id
    from members
    inner join {{ ref('score_rules') }} as rules
        on rules.score_kind = 'attribute'
        and (
            {{ came_true(local_midnight('rules.valid_from')) }}
            or {{ came_true(local_midnight('rules.valid_to')) }}
        )

    union

    -- An exclusion rule that begins concerns whoever it matches; one that ends was known to end.
    select members.lead_id
    from members
    inner join {{ ref('exclusion_rules') }} as rules
        on {{ came_true(local_midnight('rules.valid_from')) }}

    union

    -- One that ends makes customers of customers again.
    select members.lead_id
    from members
    inner join {{ ref('cross_sell_exceptions') }} as exceptions
        on {{ came_true(local_midnight('exceptions.valid_to')) }}

    union

    -- An adjustment by hand concerns its person.
    select members.lead_id
    from members
    inner join {{ ref('score_adjustments') }} as adjustments
        on members.connector = adjustments.connector
        and members.record_type = adjustments.record_type
        and members.record_id = adjustments.record_id
        and (
            {{ came_true(local_midnight('adjustments.valid_from')) }}
            or {{ came_true(local_midnight('adjustments.valid_to')) }}
        )
)

select * from final
where lead_id is not null and {{ not in_full_build() }}
