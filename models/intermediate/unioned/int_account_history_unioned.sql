{{ mapped('account_history', [
    'crm_account_id',
    'connector',
    'attribute',
    'observed_at',
    'old_value',
    'new_value',
    'is_change',
    'landed_at'
]) }}
