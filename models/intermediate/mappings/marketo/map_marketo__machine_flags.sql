select 'marketo:activity_open_email:' || record_id as activity_id
from {{ ref('stg_marketo__activity_open_email') }}
where is_flagged

union all

select 'marketo:activity_click_email:' || record_id as activity_id
from {{ ref('stg_marketo__activity_click_email') }}
where is_flagged
