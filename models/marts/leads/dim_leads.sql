with

profiles as (
    select * from {{ ref('int_lead_profiles') }}
),

titles as (
    select
        attributes.lead_id,
        attributes.value as job_title,
        titles.job_level,
        titles.is_decision_maker
    from {{ ref('int_lead_attributes') }} as attributes
    left join {{ source('text', 'job_title') }} as titles on attributes.value = titles.raw_value
    where attributes.attribute = 'job_title' and attributes.valid_to is null
),

roles as (
    select
        lead_id,
        value as buying_role
    from {{ ref('int_lead_answers') }}
    where attribute = 'buying_role' and valid_to is null
),

segments as (
    select * from {{ ref('int_lead_segments') }}
    where valid_to is null
),

stages as (
    select
        lead_id,
        to_stage as stage_key,
        entered_at as stage_since,
        cast(seconds_in_stage as double) / 86400 as days_in_stage,
        cast(seconds_in_stage_so_far as double) / 86400 as days_in_stage_so_far
    from {{ ref('fct_stage_transitions') }}
    where exited_at is null
),

exclusions as (
    select * from {{ ref('int_current_exclusions') }}
),

qualified as (
    select
        lead_id,
        max(case when qualification = 'mql' then 1 else 0 end) = 1 as is_mql,
        max(case when qualification = 'sql' then 1 else 0 end) = 1 as is_sql
    from {{ ref('fct_qualifications') }}
    where lost_at is null
    group by lead_id
),

in_opportunity as (
    select lead_id from {{ ref('int_lead_opportunities') }}
    where is_open
    group by lead_id
),

final as (
    select
        profiles.lead_id,
        profiles.email,
        profiles.person_name,
        coalesce(profiles.company_name, accounts.account_name) as company_name,
        lead_accounts.account_id,
        titles.job_title,
        coalesce(titles.job_level, 'unknown') as job_level,
        coalesce(roles.buying_role = 'decision_maker', false) as is_decision_maker,
        segments.industry,
        segments.company_size,
        segments.segment_id,
        coalesce(channels.source_channel, 'unknown') as source_channel,
        profiles.created_at,
        stages.stage_key,
        stages.stage_since,
        stages.days_in_stage,
        stages.days_in_stage_so_far,
        case
            when exclusions.exclusion_reason = 'customer' then 'customer'
            when exclusions.exclusion_reason is not null then 'excluded'
            when stages.stage_key = 'won' then 'customer'
            when stages.stage_key = 'lost' then 'lost'
            when stages.stage_key = 'disqualified' then 'disqualified'
            when in_opportunity.lead_id is not null then 'opportunity'
            when qualified.is_sql then 'sql'
            when qualified.is_mql then 'mql'
            else 'lead'
        end as lifecycle,
        exclusions.exclusion_reason,
        profiles.owner_id,
        profiles.consent_status,
        scores.behaviour_score,
        scores.attribute_score,
        scores.total_score,
        scores.score_band,
        scores.predicted_probability
    from profiles
    left join titles on profiles.lead_id = titles.lead_id
    left join roles on profiles.lead_id = roles.lead_id
    left join segments on profiles.lead_id = segments.lead_id
    left join stages on profiles.lead_id = stages.lead_id
    left join exclusions on profiles.lead_id = exclusions.lead_id
    left join qualified on profiles.lead_id = qualified.lead_id
    left join in_opportunity on profiles.lead_id = in_opportunity.lead_id
    left join {{ ref('int_lead_channels') }} as channels
        on profiles.lead_source = channels.raw_value
    left join {{ ref('int_lead_accounts') }} as lead_accounts
        on profiles.lead_id = lead_accounts.lead_id
    left join {{ ref('int_crm_accounts') }} as accounts
        on lead_accounts.crm_account_id = accounts.crm_account_id
    left join {{ ref('lead_scores') }} as scores on profiles.lead_id = scores.lead_id
)

select * from final
