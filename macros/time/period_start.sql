{% macro period_start(grain, day) -%}
    {#- The first day of the day, week (from Monday), month or quarter that a day lies in. -#}
    case {{ grain }}
        when 'day' then {{ day }}
        when 'week' then cast(date_trunc('week', {{ day }}) as date)
        when 'month' then cast(date_trunc('month', {{ day }}) as date)
        else cast(date_trunc('quarter', {{ day }}) as date)
    end
{%- endmacro %}
