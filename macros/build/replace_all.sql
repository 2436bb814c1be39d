{% macro get_incremental_replace_all_sql(arguments) %}
    {#-
        Incremental strategy: all rows are replaced, by rows that were computed beside the former ones:
        for models that say when a row of theirs changed.
    -#}
    {% set columns = arguments['dest_columns'] | map(attribute='quoted') | join(', ') %}

    delete from {{ arguments['target_relation'] }};

    insert into {{ arguments['target_relation'] }} ({{ columns }})
    select {{ columns }} from {{ arguments['temp_relation'] }};
{% endmacro %}
