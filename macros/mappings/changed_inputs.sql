{% macro changed_inputs(persons, accounts, opportunities) -%}
    {#-
        One row per person, account or opportunity that a connector tells something new about: the
        relations of their keys, each under the name of its key.
    -#}
    {%- set relations = {
        'person_key': persons, 'crm_account_id': accounts, 'opportunity_id': opportunities
    } -%}
    {%- for told, relation in relations.items() %}
    select
        {%- for key in relations %}
        {{ key if key == told else 'cast(null as varchar) as ' ~ key }}{{ ',' if not loop.last }}
        {%- endfor %}
    from {{ relation }}
    {%- if not loop.last %}

    union all
    {% endif %}
    {%- endfor %}
{%- endmacro %}
