{% macro record_columns(merged_into=none) -%}
    {#-
        What every staging model ends with: what the row counts as in the accounting, and how it came
        to be. A record that was merged into another is not deleted: it is used, for its person.
    -#}
    {%- if merged_into %}
        case
            when _record_status = 'deleted' and {{ merged_into }} is not null then 'used'
            else _record_status
        end as record_status,
    {%- else %}
        _record_status as record_status,
    {%- endif %}
        _version_count as version_count,
        _landed_at as landed_at,
        _changed_in_build as changed_in_build
{%- endmacro %}
