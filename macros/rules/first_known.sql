{% macro first_known(column) -%}
    {#- Of the records of a lead the value of the first that has one, by member_rank. -#}
    min_by({{ column }}, case when {{ column }} is not null then members.member_rank end)
{%- endmacro %}
