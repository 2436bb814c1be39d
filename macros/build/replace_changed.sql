{% macro get_incremental_replace_changed_sql(arguments) %}
    {#-
        Incremental strategy: the rows of the changed keys are replaced by what was computed for them,
        which may be nothing. `meta.changed` names the model that lists the keys. With
        `meta.touches_leads` the leads of the rows that go and come are written down, in the same
        transaction, for the models of lead grain.
    -#}
    {% set target = arguments['target_relation'] %}
    {% set new_rows = arguments['temp_relation'] %}
    {% set key = arguments['unique_key'] %}
    {% set changed = ref(config.get('meta')['changed']) %}
    {% set columns = arguments['dest_columns'] | map(attribute='quoted') | join(', ') %}

    {% if config.get('meta').get('touches_leads') %}
    insert into {{ source('control', 'touched_leads') }} (build_id, model, lead_id)
    select distinct {{ build_id() }}, '{{ target.identifier }}', rows_of_both.lead_id
    from (
        select lead_id from {{ target }}
        where {{ key }} in (select {{ key }} from {{ changed }})
        union all
        select lead_id from {{ new_rows }}
    ) as rows_of_both
    where rows_of_both.lead_id is not null;
    {% endif %}

    delete from {{ target }}
    where {{ key }} in (select {{ key }} from {{ changed }});

    insert into {{ target }} ({{ columns }})
    select {{ columns }} from {{ new_rows }};
{% endmacro %}
