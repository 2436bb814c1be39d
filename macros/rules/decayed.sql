{% macro decayed(points, from_day, to_day, half_life_days) -%}
    {#-
        Points of one day as worth on a later day: points * 0.5 ^ (whole days / half-life), as an exact
        decimal, so that sums do not depend on their order.
    -#}
    cast(
        cast({{ points }} as double) * power(
            cast(0.5 as double),
            cast({{ dbt.datediff(from_day, to_day, 'day') }} as double) / {{ half_life_days }}
        ) as decimal(38, 15)
    )
{%- endmacro %}
