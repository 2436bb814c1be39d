{% macro known_at(occurred_at, landed_at) -%}
    {#-
        When a row could be known: when it landed. One that landed more than three days after it occurred
        is backfill and counts as landed when it occurred, and so does one of which nobody says.
    -#}
    case
        when {{ landed_at }} > {{ occurred_at }} and {{ landed_at }} <= {{ occurred_at }} + interval '3' day
            then {{ landed_at }}
        else {{ occurred_at }}
    end
{%- endmacro %}
