{{ mapped('activities', activity_columns() | list) }}
