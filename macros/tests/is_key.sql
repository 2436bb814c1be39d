{% test is_key(model, column_name=none, columns=none) %}
    {#- A column, or several together, name each row: never null, never twice. One scan for both. -#}
    {%- set key = columns or [column_name] -%}
    select
        {{ key | join(', ') }},
        count(*) as rows_of_key
    from {{ model }}
    group by {{ key | join(', ') }}
    having count(*) > 1
    {%- for column in key %} or {{ column }} is null{% endfor %}
{% endtest %}
