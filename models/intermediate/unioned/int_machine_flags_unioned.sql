{{ mapped('machine_flags', [
    'activity_id'
]) }}
