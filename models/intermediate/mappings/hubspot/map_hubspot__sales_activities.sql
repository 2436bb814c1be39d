select
    {{ activity(
        'hubspot', 'engagement_contact', 'links', source_rank=3, person_id='links.contact_id',
        occurred_at='engagements.occurred_at',
        activity_type='engagements.activity_type',
        user_id='engagements.owner_id',
        logged_by_id='engagements.logged_by_id',
        is_contact='engagements.is_contact',
        landed_at='greatest(links.landed_at, engagements.landed_at)',
        changed_in_build='greatest(links.changed_in_build, engagements.changed_in_build)'
    ) }}
from {{ ref('stg_hubspot__engagement_contact') }} as links
inner join {{ ref('map_hubspot__engagements') }} as engagements
    on links.engagement_id = engagements.engagement_id
where
    links.record_status = 'used'
    and engagements.record_status = 'used'
    and engagements.activity_type is not null
    and engagements.occurred_at is not null
