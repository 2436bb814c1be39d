{{ mapped('activity_records', [
    'activity_id',
    'person_key',
    'changed_in_build'
]) }}
