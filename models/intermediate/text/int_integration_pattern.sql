-- The patterns of all kinds as one, so that a user is compared once.
select string_agg(pattern, '|' order by user_kind) as pattern
from {{ ref('integration_users') }}
