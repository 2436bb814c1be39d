{{ mapped('opportunity_persons', [
    'person_key',
    'opportunity_id',
    'link',
    'link_id',
    'linked_at',
    'landed_at'
]) }}
