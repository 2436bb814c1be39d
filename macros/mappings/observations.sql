{% macro observed_values(relation, record_key, observed_at, attributes) -%}
    {#- One row per attribute of each row of a relation that shows a record as it was at a moment. -#}
    {%- for attribute in attributes %}
    select
        {{ record_key }},
        '{{ attribute }}' as attribute,
        {{ observed_at }} as observed_at,
        cast(null as varchar) as old_value,
        cast({{ attribute }} as varchar) as new_value,
        false as is_change,
        landed_at
    from {{ relation }}
    {%- if not loop.last %}

    union all
    {% endif %}
    {%- endfor %}
{%- endmacro %}

{% macro observed_changes(relation, record_key, attributes) -%}
    {#- One row per change of a known field; `attributes` tells the field's names in the tool. -#}
    select
        {{ record_key }},
        case field
        {%- for field, attribute in attributes.items() %}
            when '{{ field }}' then '{{ attribute }}'
        {%- endfor %}
        end as attribute,
        changed_at as observed_at,
        old_value,
        new_value,
        true as is_change,
        landed_at
    from {{ relation }}
{%- endmacro %}
