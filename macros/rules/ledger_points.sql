{% macro ledger_points(kind) -%}
    {#-
        In a select that groups rows of `ledger`: the sum of their points of one kind, 0 where there are
        none. Decimals add up the same in every order.
    -#}
    coalesce(sum(
        case
            when ledger.score_kind = '{{ kind }}'
                then cast(ledger.points_awarded as decimal(18, 6))
        end
    ), 0)
{%- endmacro %}

{% macro decayed_ledger_points(day) -%}
    {#-
        In a select that groups rows of `ledger` beside `settings`: the sum of their points of behaviour,
        as worth on a day.
    -#}
    coalesce(sum(
        case
            when ledger.score_kind = 'behaviour'
                then {{ decayed(
                    'ledger.points_awarded', 'ledger.effective_on', day, 'settings.half_life_days'
                ) }}
        end
    ), 0)
{%- endmacro %}
