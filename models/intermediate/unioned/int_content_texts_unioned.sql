{{ mapped('content_texts', [
    'text_kind',
    'raw_text'
]) }}
