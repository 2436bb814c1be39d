{% macro replace_in_place(type) %}
    {#-
        Builds a table or a view where it stands: the former one is dropped in the transaction that
        creates its successor. dbt-duckdb builds beside it, renames both and drops the former one in a
        second transaction, which costs most tables of a small night more than their rows do.
    -#}
    {% set target_relation = this.incorporate(type=type) %}
    {% set existing_relation = load_cached_relation(this) %}

    {{ run_hooks(pre_hooks, inside_transaction=False) }}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}
    {% call statement('main') %}
        {% if existing_relation is not none %}
        drop {{ existing_relation.type }} {{ existing_relation }};
        {% endif %}
        {% if type == 'view' %}
        {{ create_view_as(target_relation, sql) }}
        {% else %}
        {{ create_table_as(False, target_relation, sql) }}
        {% endif %}
    {% endcall %}
    {% do persist_docs(target_relation, model) %}
    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {{ adapter.commit() }}
    {{ run_hooks(post_hooks, inside_transaction=False) }}

    {{ return({'relations': [target_relation]}) }}
{% endmacro %}

{% materialization table, adapter='duckdb' %}
    {{ return(replace_in_place('table')) }}
{% endmaterialization %}

{% materialization view, adapter='duckdb' %}
    {{ return(replace_in_place('view')) }}
{% endmaterialization %}
