{% macro full_salesforce_id(id) -%}
    {#-
        A record id in its form of 18 letters, where text that holds all sorts of values names it by
        15. Of each five letters the capitals are told by one more: letter i counts 2^i.
    -#}
    case
        when length({{ id }}) = 15
            then {{ id }}
            {%- for group in range(3) %}
            || substr('ABCDEFGHIJKLMNOPQRSTUVWXYZ012345', 1
                {%- for letter in range(5) %}
                + case
                    when substr({{ id }}, {{ 5 * group + letter + 1 }}, 1) between 'A' and 'Z'
                        then {{ 2 ** letter }}
                    else 0
                end
                {%- endfor %}, 1)
            {%- endfor %}
        else {{ id }}
    end
{%- endmacro %}
