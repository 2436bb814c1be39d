{% macro require_build() %}
    {#- Stops a run before its first model where nothing has landed: each model would fail for that alone. -#}
    {% if execute and load_relation(source('control', 'build')) is none %}
        {{ exceptions.raise_compiler_error(
            "nothing has landed yet | where: " ~ target.path ~ " | mend: run make nightly,"
            ~ " or python -m orchestration blank for a warehouse without rows"
        ) }}
    {% endif %}
{% endmacro %}
