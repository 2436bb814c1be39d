{{ mapped('conversions', [
    'person_key',
    'conversion_id',
    'converted_at',
    'landed_at'
]) }}
