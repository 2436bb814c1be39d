with

records as (
    select * from {{ ref('int_person_records') }}
),

texts as (
    select 'email_domain' as match_on, email_domain as matched_text from records
    union
    select 'email' as match_on, email as matched_text from records
    union
    select 'person_name' as match_on, lower(person_name) as matched_text from records
    union
    select 'job_title' as match_on, lower(title_key) as matched_text
    from {{ source('text', 'job_title') }}
),

-- Patterns are tried on distinct texts; people are joined by equality.
final as (
    select
        texts.match_on,
        texts.matched_text,
        rules.rule_id,
        rules.exclusion_reason,
        rules.valid_from,
        rules.valid_to
    from texts
    inner join {{ ref('exclusion_rules') }} as rules
        on texts.match_on = rules.match_on
        and {{ matches('texts.matched_text', 'rules.pattern') }}
)

select * from final
