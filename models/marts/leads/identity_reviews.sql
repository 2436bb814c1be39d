with

final as (
    select
        record_key_a as record_a,
        record_key_b as record_b,
        probability,
        reasons,
        review_kind,
        lead_id_a,
        lead_id_b
    from {{ source('identity', 'reviews') }}
)

select * from final
