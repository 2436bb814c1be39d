{{ mapped('sales_users', [
    'user_id',
    'user_name',
    'is_active',
    'time_zone',
    'is_marketing',
    'is_integration'
]) }}
