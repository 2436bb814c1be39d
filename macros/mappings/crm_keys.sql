{% macro crm_keys(connector, records, id, crm_id, key, merged) -%}
    {#-
        One row per record of a tool beside the CRM: the key that it goes by, and that of the record it was
        merged into. Of records that carry one id of the CRM the first goes by it; the others were merged
        into it.

        records: its rows, with `id`, `crm_id`, `record_status`, `created_at` and `changed_in_build`.
        key: the name of the key; the survivor's is `surviving_<key>`.
        merged: rows with `merged_id`, `surviving_id` and `changed_in_build`.
    -#}
    with

    ranked as (
        select
            *,
            row_number() over (
                partition by coalesce({{ crm_id }}, {{ id }})
                order by record_status = 'deleted', created_at, {{ id }}
            ) as record_order,
            max(changed_in_build) over (partition by coalesce({{ crm_id }}, {{ id }}))
                as key_changed_in_build
        from {{ records }}
    ),

    keyed as (
        select
            {{ id }},
            case
                when {{ crm_id }} is not null and record_order = 1 then {{ crm_id }}
                else '{{ connector }}:' || {{ id }}
            end as {{ key }},
            {{ crm_id }},
            key_changed_in_build as changed_in_build
        from ranked
    ),

    merged_pairs as (
        select
            merged_id,
            min(surviving_id) as surviving_id,
            max(changed_in_build) as changed_in_build
        from {{ merged }}
        where merged_id not in ('', surviving_id)
        group by merged_id
    ),

    -- A survivor may have been merged in its turn.
    survivors as (
        select
            merged_pairs.merged_id,
            coalesce(further.surviving_id, merged_pairs.surviving_id) as surviving_id,
            greatest(merged_pairs.changed_in_build, coalesce(further.changed_in_build, 0))
                as changed_in_build
        from merged_pairs
        left join merged_pairs as further on merged_pairs.surviving_id = further.merged_id
    )

    select
        keyed.{{ id }},
        keyed.{{ key }},
        coalesce(surviving.{{ key }}, keyed.{{ crm_id }}, keyed.{{ key }}) as surviving_{{ key }},
        greatest(keyed.changed_in_build, coalesce(survivors.changed_in_build, 0))
            as changed_in_build
    from keyed
    left join survivors on keyed.{{ id }} = survivors.merged_id
    left join keyed as surviving on survivors.surviving_id = surviving.{{ id }}
{%- endmacro %}
