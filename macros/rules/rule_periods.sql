{% macro rule_periods(rules) -%}
    {#-
        The spans of days within which the same rows of a seed hold, [valid_from, valid_to): what is
        matched once per distinct text can then be joined by day.
    -#}
    select
        bound as valid_from,
        lead(bound, 1, cast('9999-12-31' as date)) over (order by bound) as valid_to
    from (
        select cast('0001-01-01' as date) as bound
        union
        select valid_from as bound from {{ rules }} where valid_from is not null
        union
        select valid_to as bound from {{ rules }} where valid_to is not null
    ) as bounds
{%- endmacro %}

{% macro holds_on(rule, day) -%}
    {#- Whether a row of a seed, or of what was matched by one, holds on a day. -#}
    (
        {{ day }} >= coalesce({{ rule }}.valid_from, cast('0001-01-01' as date))
        and {{ day }} < coalesce({{ rule }}.valid_to, cast('9999-12-31' as date))
    )
{%- endmacro %}

{% macro in_list(member, list) -%}
    {#- Whether a text is one of the members of a list separated by bars. -#}
    ('|' || {{ list }} || '|' like '%|' || {{ member }} || '|%')
{%- endmacro %}
