{% macro build_row() %}
    {#- The one row of control.build: the as-of and the window of this build. -#}
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
    {{ return(build.rows[0]) }}
{% endmacro %}
