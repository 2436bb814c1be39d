with

starts as (
    select
        handoff_id,
        lead_id,
        handed_off_at
    from {{ ref('int_handoff_starts') }}
),

record_values as (
    select
        *,
        lead(valid_from) over (
            partition by record_key, attribute order by valid_from
        ) as next_valid_from
    from {{ ref('int_record_values') }}
    where
        attribute in (
            'stated_problem', 'purchase_timeline', 'budget', 'decision_role', 'job_title'
        )
        and lead_id in (select starts.lead_id from starts)
),

-- What each record had said by then, as far as it had landed: the newest first.
told as (
    select
        starts.handoff_id,
        starts.handed_off_at,
        record_values.attribute,
        record_values.value,
        record_values.member_rank,
        record_values.valid_from,
        record_values.valid_to,
        record_values.next_valid_from,
        row_number() over (
            partition by starts.handoff_id, record_values.record_key, record_values.attribute
            order by record_values.valid_from desc
        ) as newness
    from starts
    inner join record_values
        on starts.lead_id = record_values.lead_id
        and starts.handed_off_at >= record_values.valid_from
        and starts.handed_off_at
        >= {{ known_at('record_values.valid_from', 'record_values.landed_at') }}
),

-- A value that another one replaced still stands as long as that one has not landed.
standing as (
    select
        told.handoff_id,
        told.attribute,
        told.value,
        told.member_rank,
        told.valid_from,
        meanings.meaning,
        cast(
            {{ dbt.dateadd('month', 'meanings.months', local_day('told.valid_from')) }} as date
        ) as deadline,
        titles.buying_role
    from told
    left join {{ ref('int_answer_meanings') }} as meanings
        on told.attribute = meanings.answer
        and told.value = meanings.raw_value
        and {{ holds_on('meanings', local_day('told.valid_from')) }}
    left join {{ source('text', 'job_title') }} as titles
        on told.attribute = 'job_title' and told.value = titles.raw_value
    where
        told.newness = 1
        and (
            {{ or_never('told.valid_to') }} > told.handed_off_at
            or told.next_valid_from = told.valid_to
        )
),

-- The first record that says something speaks; the stated role comes before the title's.
final as (
    select
        handoff_id,
        {%- for attribute in ['stated_problem', 'purchase_timeline', 'budget', 'job_title'] %}
        min_by(value, case when attribute = '{{ attribute }}' then member_rank end)
            as {{ attribute }},
        {%- endfor %}
        min_by(
            deadline,
            case
                when attribute = 'purchase_timeline' and meaning = 'months' then member_rank
            end
        ) as purchase_deadline,
        coalesce(
            min_by(
                meaning,
                case
                    when attribute = 'decision_role' and meaning is not null then member_rank
                end
            ),
            min_by(buying_role, case when buying_role is not null then member_rank end)
        ) as buying_role
    from standing
    group by handoff_id
)

select * from final
