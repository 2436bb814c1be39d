{{ mapped('identity_links', [
    'record_key_a',
    'record_key_b',
    'match_rule'
]) }}
