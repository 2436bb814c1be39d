{{ mapped('opportunities', [
    'opportunity_id',
    'connector',
    'record_id',
    'record_status',
    'crm_account_id',
    'owner_id',
    'created_at',
    'amount',
    'is_won',
    'closed_at',
    'landed_at'
]) }}
