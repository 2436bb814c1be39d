{{ mapped('opportunity_states', [
    'opportunity_id',
    'connector',
    'record_id',
    'from_at',
    'stage_name',
    'probability',
    'is_closed'
]) }}
