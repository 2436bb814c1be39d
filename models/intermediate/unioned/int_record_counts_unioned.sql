{{ mapped('record_counts', [
    'connector',
    'table_name',
    'record_status',
    'records',
    'row_versions'
]) }}
