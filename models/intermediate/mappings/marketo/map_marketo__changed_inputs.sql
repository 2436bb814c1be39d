-- Changes of attributes; what else may change about a person is an activity or the record itself.
select
    'marketo:' || person_id as person_key,
    cast(null as varchar) as crm_account_id,
    cast(null as varchar) as opportunity_id
from {{ ref('stg_marketo__activity_change_data_value') }}
where {{ is_changed('changed_in_build') }}
