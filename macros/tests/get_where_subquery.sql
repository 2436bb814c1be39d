{% macro default__get_where_subquery(relation) %}
    {#-
        What a generic test looks at, dbt's own macro: the rows that its `where` leaves. A night that
        builds on a completed one tests the rows that it replaced where the others cannot break the test
        any more. `dbt test` looks at all rows.
    -#}
    {% set conditions = [config.get('where')] | select | list %}
    {% set node = graph['nodes'].get(model.get('attached_node')) if execute else none %}
    {% if node and tells_of_replaced_rows(node) %}
        {% set changed = graph['nodes'].values() | selectattr('resource_type', 'equalto', 'model')
            | selectattr('name', 'equalto', node['config']['meta']['changed']) | first %}
        {% set key = node['config']['unique_key'] %}
        {% do conditions.append(key ~ " in (select " ~ key ~ " from " ~ changed['relation_name'] ~ ")") %}
    {% endif %}
    {% if conditions %}
        {{ return("(select * from " ~ relation ~ " where " ~ conditions | join(" and ") ~ ") as tested") }}
    {% endif %}
    {{ return(relation) }}
{% endmacro %}

{% macro tells_of_replaced_rows(node) %}
    {#-
        Whether the rows that a build replaced tell all that this test could find in the model: it asks
        for each row alone, or for keys of which the key that is replaced is a part.
    -#}
    {% set test = model['test_metadata'] %}
    {% set asked = test['kwargs'].get('columns') or [test['kwargs'].get('column_name')] %}
    {{ return(
        flags.WHICH == 'build'
        and node['config'].get('incremental_strategy') == 'replace_changed'
        and not in_full_build()
        and (
            test['name'] in ('accepted_values', 'every_row_holds', 'not_null')
            or (test['name'] == 'is_key' and node['config']['unique_key'] in asked)
        )
    ) }}
{% endmacro %}
