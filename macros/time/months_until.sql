{% macro months_until(start, reached) -%}
    {#-
        The least number of whole calendar months, from a wall clock on, within which another lies: the
        last instant included, the day clipped to the month's end. 0 when it lies before.
    -#}
    case
        when {{ reached }} <= {{ start }} then 0
        when
            {{ dbt.dateadd('month', dbt.datediff(start, reached, 'month'), start) }} >= {{ reached }}
            then {{ dbt.datediff(start, reached, 'month') }}
        else {{ dbt.datediff(start, reached, 'month') }} + 1
    end
{%- endmacro %}
