{% test every_row_holds(model, rules) %}
    {#-
        Rules that are true of every row, each under a name; one that is null is broken. One scan for
        all of them: the rows that break a rule, each with the first that it breaks.
    -#}
    with

    judged as (
        select
            *,
            case
                {%- for name, rule in rules.items() %}
                when not coalesce({{ rule }}, false) then '{{ name }}'
                {%- endfor %}
            end as broken_rule
        from {{ model }}
    )

    select * from judged
    where broken_rule is not null
{% endtest %}
