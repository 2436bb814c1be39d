{{ mapped('account_records', [
    'crm_account_id',
    'connector',
    'record_id',
    'record_status',
    'surviving_account_id',
    'parent_id',
    'owner_id',
    'account_name',
    'corporate_number',
    'account_type',
    'industry',
    'website',
    'state',
    'employees',
    'created_at'
]) }}
