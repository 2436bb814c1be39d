{{ mapped('attribute_history', [
    'record_key',
    'attribute',
    'observed_at',
    'old_value',
    'new_value',
    'is_change',
    'landed_at'
]) }}
