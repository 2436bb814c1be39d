-- Three leads: a is to be called now, b looks for a job, c is a customer.
create schema seeds;

create table seeds.stage_definitions as
from (values
    ('new', false), ('interested', false), ('evaluating', false), ('planned', false),
    ('won', true), ('lost', true), ('disqualified', true)
) as stages (stage_key, is_closing);

create table seeds.score_bands (
    score_band varchar, min_total double, valid_from date, valid_to date
);
insert into seeds.score_bands values
    ('act_now', 40, null, null),
    ('warm', 25, null, null),
    ('cold', null, null, null),
    -- Bands of the past say nothing today.
    ('act_now', 5, null, date '2020-01-01');

create table seeds.score_settings (half_life_days double, valid_from date, valid_to date);
insert into seeds.score_settings values
    (90, date '2020-01-01', null),
    (30, null, date '2020-01-01');

create table main.fct_activities as
from (values ('activity1', 'a'), ('activity2', 'b'), ('activity3', null))
    as activities (activity_id, lead_id);

-- a: the view of 1 April is 90 days old on 30 June, one half-life: 10 * 0.5 = 5.
--    behaviour 5 + 20 = 25, all time 10 + 20 = 30, attribute 20, total 45: act_now.
-- b: a careers view today: behaviour -5, total_score_raw -5, total_score 0: cold.
-- c: adjusted by hand by 7, which does not decay.
create table main.fct_score_ledger (
    ledger_id varchar,
    lead_id varchar,
    effective_at timestamp,
    points double,
    points_awarded double,
    outcome varchar,
    score_kind varchar
);
insert into main.fct_score_ledger values
    ('l1', 'a', timestamp '2026-04-01 10:00:00', 10, 10, 'awarded', 'behaviour'),
    ('l2', 'a', timestamp '2026-04-01 11:00:00', 10, 0, 'limited', 'behaviour'),
    ('l3', 'a', timestamp '2026-06-29 15:00:00', 20, 20, 'awarded', 'behaviour'),
    ('l4', 'a', timestamp '2026-01-01 00:00:00', 20, 20, 'awarded', 'attribute'),
    ('l5', 'b', timestamp '2026-06-30 03:00:00', -5, -5, 'awarded', 'behaviour'),
    ('l6', 'b', timestamp '2026-06-30 03:00:00', 10, 0, 'machine', 'behaviour'),
    ('l0', 'c', timestamp '2020-06-30 03:00:00', 7, 7, 'awarded', 'manual');

create table main.lead_scores (
    lead_id varchar,
    behaviour_score double,
    behaviour_score_all_time double,
    attribute_score double,
    manual_score double,
    total_score double,
    total_score_raw double,
    score_band varchar,
    predicted_probability double
);
insert into main.lead_scores values
    ('a', 25, 30, 20, 0, 45, 45, 'act_now', 0.3),
    ('b', -5, -5, 0, 0, 0, -5, 'cold', 0),
    ('c', 0, 0, 0, 7, 7, 7, 'cold', null);

create table main.lead_scores_daily as
from (values ('a', date '2026-04-01'), ('a', date '2026-06-30'), ('b', date '2026-06-30'))
    as daily (lead_id, score_date);

create table main.dim_leads (
    lead_id varchar,
    stage_key varchar,
    lifecycle varchar,
    exclusion_reason varchar,
    consent_status varchar,
    job_level varchar,
    total_score double,
    score_band varchar,
    predicted_probability double
);
insert into main.dim_leads values
    ('a', 'evaluating', 'sql', null, 'opted_in', 'head', 45, 'act_now', 0.3),
    ('b', 'new', 'excluded', 'job_seeker', 'unknown', 'unknown', 0, 'cold', 0),
    ('c', 'won', 'customer', 'customer', 'opted_out', 'staff', 7, 'cold', null);

create table main.dim_accounts as from (values ('account1')) as accounts (account_id);

create table main.lead_redirects as
from (values ('a-of-marketo', 'a')) as redirects (old_lead_id, lead_id);

create table main.lead_source_records as
from (values
    ('salesforce', 'lead', '1', 'a', 1.0),
    ('marketo', 'lead', '1', 'a', 0.97),
    ('marketo', 'lead', '2', 'b', null),
    ('salesforce', 'contact', '3', 'c', 1.0)
) as records (connector, record_type, record_id, lead_id, match_probability);

create table main.fct_stage_transitions (
    lead_id varchar,
    from_stage varchar,
    to_stage varchar,
    entered_at timestamp,
    exited_at timestamp,
    direction varchar
);
insert into main.fct_stage_transitions values
    ('a', null, 'new', timestamp '2026-01-01', timestamp '2026-04-01', 'initial'),
    ('a', 'new', 'evaluating', timestamp '2026-04-01', null, 'skipped'),
    ('b', null, 'new', timestamp '2026-01-02', null, 'initial'),
    ('c', null, 'won', timestamp '2026-01-03', null, 'initial');

create table main.fct_qualifications (
    lead_id varchar, qualification varchar, qualified_at timestamp, lost_at timestamp
);
insert into main.fct_qualifications values
    ('a', 'mql', timestamp '2026-06-29 15:00:00', null),
    ('a', 'sql', timestamp '2026-06-01 00:00:00', timestamp '2026-06-01 00:00:00'),
    ('a', 'sql', timestamp '2026-06-29 15:00:00', null);

-- One hand-over of each SLA status; met and open at the very last moment.
create table main.fct_handoffs (
    handoff_id varchar,
    lead_id varchar,
    due_at timestamp,
    first_follow_up_at timestamp,
    sla_status varchar,
    sales_response varchar
);
insert into main.fct_handoffs values
    ('h1', 'a', timestamp '2026-06-02 06:00:00', timestamp '2026-06-02 06:00:00', 'met', 'rejected'),
    ('h2', 'a', timestamp '2026-06-12 06:00:00', timestamp '2026-06-13 06:00:00', 'breached', 'none'),
    ('h3', 'a', timestamp '2026-06-30 02:59:59', null, 'overdue', 'none'),
    ('h4', 'a', timestamp '2026-06-30 03:00:00', null, 'open', 'accepted');

create table main.lead_information_sheets as select handoff_id, lead_id from main.fct_handoffs;

create table main.sales_priority_list as
from (values (1, 'a', 'SLA due')) as list (priority_rank, lead_id, why);

create table main.nurture_assignments as from (values ('b')) as assignments (lead_id);
create table main.sales_tasks as from (values ('t1', 'a')) as tasks (task_key, lead_id);
create table main.touch_fit as from (values ('touch1', 'a')) as touches (touch_id, lead_id);

-- May: 2 + 1 = 0 + 1 + 0 + 0 + 2; June opens with the 2.
create table main.funnel_by_period (
    period_grain varchar,
    period_start date,
    segment_id varchar,
    stage_key varchar,
    opening bigint,
    entered bigint,
    moved_on bigint,
    fell_back bigint,
    recycled bigint,
    lost bigint,
    closing bigint
);
insert into main.funnel_by_period
select 'month', period_start, segment_id, 'new', opening, entered, moved_on, fell_back, 0, 0, closing
from (values
    (date '2026-05-01', 2, 1, 0, 1, 2),
    (date '2026-06-01', 2, 0, 1, 0, 1)
) as months (period_start, opening, entered, moved_on, fell_back, closing)
cross join (values ('all'), ('unknown')) as segments (segment_id);

create table main.funnel_cohorts as
from (values
    (date '2026-01-01', 'all', 'mql', 0, 2, 0),
    (date '2026-01-01', 'all', 'mql', 1, 2, 1),
    (date '2026-01-01', 'all', 'mql', 2, 2, 2)
) as cohorts (cohort_month, segment_id, milestone, months_since, leads, reached);

create table main.funnel_velocity as
from (values ('month', date '2026-06-01', 'all', 'new', 'evaluating'))
    as velocity (period_grain, period_start, segment_id, from_stage, to_stage);

create table main.kpi_results (
    kpi_key varchar,
    period_grain varchar,
    period_start date,
    segment_id varchar,
    numerator double,
    denominator double,
    value double,
    ci_low double,
    ci_high double
);
insert into main.kpi_results values
    ('win_rate', 'month', date '2026-06-01', 'all', 1, 4, 0.25, 0.05, 0.7),
    ('win_rate', 'month', date '2026-06-01', 'unknown', 0, 0, null, null, null),
    ('inquiries', 'month', date '2026-06-01', 'all', 12, null, 12, null, null);

create table main.initiative_reviews as
from (values ('i1', 'win_rate', 'all')) as reviews (initiative_key, kpi_key, segment_id);
create table main.identity_reviews as
from (values ('salesforce:lead:1', 'marketo:lead:9', 0.8)) as reviews (record_a, record_b, probability);
create table main.score_rule_reviews as
from (values ('pricing_view', 0.2, 0.1)) as reviews (rule_id, outcome_rate_with, outcome_rate_without);
create table main.score_threshold_reviews as
from (values (40.0, 0.2, 1.0)) as reviews ("threshold", "precision", recall);
create table main.prediction_quality as
from (values ('v1', date '2026-06-30', 0.7, 0.2, 0.1, 0.6))
    as quality (model_version, evaluated_on, auc, average_precision, brier, rule_score_auc);

create table main.row_accounting (
    connector varchar,
    table_name varchar,
    raw_rows bigint,
    used bigint,
    duplicate bigint,
    deleted bigint,
    quarantined bigint,
    not_yet bigint,
    ignored bigint
);
insert into main.row_accounting values
    ('salesforce', 'lead', 201, 150, 20, 20, 1, 10, 0),
    ('marketo', 'activity_visit_webpage', 2100, 2100, 0, 0, 0, 0, 0),
    ('marketo', 'lead', 0, 0, 0, 0, 0, 0, 0);
create table main.quarantined_rows as
from (values ('salesforce', 'lead', 7, 'missing_key')) as rows (connector, table_name, row_number, reason);
