with

ledger as (
    select * from {{ ref('fct_score_ledger') }}
    where points_awarded <> 0 and effective_at <= {{ as_of() }}
),

settings as (
    select * from {{ ref('score_settings') }} as score_settings
    where {{ holds_on('score_settings', local_day(as_of())) }}
),

worth as (
    select
        ledger.lead_id,
        ledger.rule_id,
        max(ledger.rule_version) as rule_version,
        sum(case when ledger.points_awarded > 0 then 1 else 0 end)
        - sum(
            case
                when ledger.score_kind <> 'behaviour' and ledger.points_awarded < 0 then 1
                else 0
            end
        ) as times,
        count(*) as entries,
        sum(
            case
                when ledger.score_kind = 'behaviour'
                    then {{ decayed(
                        'ledger.points_awarded', 'ledger.effective_on', local_day(as_of()),
                        'settings.half_life_days'
                    ) }}
                else cast(ledger.points_awarded as decimal(38, 15))
            end
        ) as points
    from ledger
    cross join settings
    group by ledger.lead_id, ledger.rule_id
),

ranked as (
    select
        worth.lead_id,
        worth.rule_id,
        cast(worth.points as double) as points,
        case when worth.times > 0 then worth.times else worth.entries end as times,
        names.name_en,
        names.name_ja,
        row_number() over (
            partition by worth.lead_id order by abs(worth.points) desc, worth.rule_id
        ) as reason_rank
    from worth
    inner join {{ ref('int_rule_names') }} as names
        on worth.rule_id = names.rule_id and worth.rule_version = names.rule_version
    where worth.points <> 0
),

final as (
    select
        lead_id,
        string_agg(
            name_en || ' x' || times || ' (' || {{ signed_points('points') }} || ')',
            '; ' order by reason_rank
        ) as top_reasons,
        string_agg(
            name_ja || ' ' || times || '回 (' || {{ signed_points('points') }} || '点)',
            '、' order by reason_rank
        ) as top_reasons_ja
    from ranked
    where reason_rank <= 3
    group by lead_id
)

select * from final
