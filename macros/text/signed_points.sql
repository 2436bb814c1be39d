{% macro signed_points(points) -%}
    {#- Points in words: one decimal, with a sign. -#}
    case when {{ points }} > 0 then '+' else '' end || cast(cast({{ points }} as decimal(18, 1)) as varchar)
{%- endmacro %}
