{% macro comparable_value(attribute, value) -%}
    {#- The value of an attribute in a form that compares: numbers are written as numbers. -#}
    case
        when {{ attribute }} = 'employees' then cast(try_cast({{ value }} as double) as varchar)
        else {{ value }}
    end
{%- endmacro %}
