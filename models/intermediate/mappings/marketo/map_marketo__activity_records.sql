select
    'marketo:activity_visit_webpage:' || record_id as activity_id,
    'marketo:' || person_id as person_key,
    changed_in_build as changed_in_build
from {{ ref('stg_marketo__activity_visit_webpage') }}

union all

select
    'marketo:activity_fill_out_form:' || record_id as activity_id,
    'marketo:' || person_id as person_key,
    changed_in_build as changed_in_build
from {{ ref('stg_marketo__activity_fill_out_form') }}

union all

select
    'marketo:activity_click_link:' || record_id as activity_id,
    'marketo:' || person_id as person_key,
    changed_in_build as changed_in_build
from {{ ref('stg_marketo__activity_click_link') }}

union all

select
    'marketo:activity_send_email:' || record_id as activity_id,
    'marketo:' || person_id as person_key,
    changed_in_build as changed_in_build
from {{ ref('stg_marketo__activity_send_email') }}

union all

select
    'marketo:activity_email_delivered:' || record_id as activity_id,
    'marketo:' || person_id as person_key,
    changed_in_build as changed_in_build
from {{ ref('stg_marketo__activity_email_delivered') }}

union all

select
    'marketo:activity_open_email:' || record_id as activity_id,
    'marketo:' || person_id as person_key,
    changed_in_build as changed_in_build
from {{ ref('stg_marketo__activity_open_email') }}

union all

select
    'marketo:activity_click_email:' || record_id as activity_id,
    'marketo:' || person_id as person_key,
    changed_in_build as changed_in_build
from {{ ref('stg_marketo__activity_click_email') }}

union all

select
    'marketo:activity_email_bounced:' || record_id as activity_id,
    'marketo:' || person_id as person_key,
    changed_in_build as changed_in_build
from {{ ref('stg_marketo__activity_email_bounced') }}

union all

select
    'marketo:activity_unsubscribe_email:' || record_id as activity_id,
    'marketo:' || person_id as person_key,
    changed_in_build as changed_in_build
from {{ ref('stg_marketo__activity_unsubscribe_email') }}

union all

select
    'marketo:activity_change_status_in_progression:' || record_id as activity_id,
    'marketo:' || person_id as person_key,
    changed_in_build as changed_in_build
from {{ ref('stg_marketo__activity_change_status_in_progression') }}

union all

select
    'marketo:program_membership:' || record_id as activity_id,
    'marketo:' || person_id as person_key,
    changed_in_build as changed_in_build
from {{ ref('stg_marketo__program_membership') }}

union all

select
    'marketo:activity_change_data_value:' || record_id as activity_id,
    'marketo:' || person_id as person_key,
    changed_in_build as changed_in_build
from {{ ref('stg_marketo__activity_change_data_value') }}
