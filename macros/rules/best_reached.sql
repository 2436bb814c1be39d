{% macro best_reached(scores, key, points, marks, mark, least, condition='true') -%}
    {#-
        One row per key of `scores`: of the marks whose least points its points reach the one that takes
        the most. A mark without least points is reached by all.
    -#}
    select
        {{ scores }}.{{ key }},
        max_by({{ marks }}.{{ mark }}, coalesce({{ marks }}.{{ least }}, -1e300)) as {{ mark }}
    from {{ scores }}
    inner join {{ marks }}
        on ({{ marks }}.{{ least }} is null or {{ points }} >= {{ marks }}.{{ least }})
        and {{ condition }}
    group by {{ scores }}.{{ key }}
{%- endmacro %}
