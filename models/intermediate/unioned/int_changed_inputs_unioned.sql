{{ mapped('changed_inputs', [
    'person_key',
    'crm_account_id',
    'opportunity_id'
]) }}
