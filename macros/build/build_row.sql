{% macro build_row() %}
    {#-
        The one row of control.build: the as-of and the window of this build. Every model asks for it
        several times; the answer is kept for the run in the one dictionary that all its nodes share.
    -#}
    {% set kept_as = 'control.build in ' ~ invocation_id %}
    {% if kept_as not in graph %}
        {% set build = run_query(
            "select build_id, as_of, completed_build_id, completed_as_of, future_limit"
            ~ " from " ~ source('control', 'build')
        ) %}
        {% if build.rows | length != 1 %}
            {{ exceptions.raise_compiler_error(
                "control.build has " ~ (build.rows | length) ~ " rows instead of one"
                ~ " | where: the warehouse | mend: land the raw tables first, with make nightly"
            ) }}
        {% endif %}
        {% do graph.update({kept_as: build.rows[0]}) %}
    {% endif %}
    {{ return(graph[kept_as]) }}
{% endmacro %}
