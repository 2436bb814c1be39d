-- Where everything had landed by the hand-over, the sheet shows the stage that the lead was in.
with

late as (
    select sheets.handoff_id
    from {{ ref('lead_information_sheets') }} as sheets
    inner join {{ ref('int_stage_evidence') }} as evidence
        on sheets.lead_id = evidence.lead_id
        and sheets.sheet_as_of >= evidence.from_at
        and sheets.sheet_as_of < evidence.known_at
)

select
    sheets.handoff_id,
    sheets.stage_key,
    transitions.to_stage
from {{ ref('lead_information_sheets') }} as sheets
inner join {{ ref('fct_stage_transitions') }} as transitions
    on sheets.lead_id = transitions.lead_id
    and sheets.sheet_as_of >= transitions.entered_at
    and sheets.sheet_as_of < {{ or_never('transitions.exited_at') }}
where
    sheets.stage_key <> transitions.to_stage
    and sheets.handoff_id not in (select late.handoff_id from late)
