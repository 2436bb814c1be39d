"""HubSpot owners and the teams they are in."""

import numpy as np

from sample.shapes.hubspot.shared import Portal, in_portal, owner_ids
from sample.store.arrow import flags, integers, same, text, times
from sample.world.arrays import DAY
from sample.world.staff import DEPARTMENTS

FIRST_TEAM = 6001


def write_owners(portal: Portal) -> None:
    """Write owner, team and owner_team."""
    desk, staff = portal.desk, portal.desk.frame.staff
    size = len(staff.name)
    user = np.arange(size)
    at = np.full(size, desk.frame.spec.start_seconds - 300 * DAY)
    columns = {
        "owner_id": integers(owner_ids(user)),
        "portal_id": in_portal(size),
        "type": same("PERSON", size),
        "email": text(staff.mail),
        "first_name": text([name.partition(" ")[2] or None for name in staff.name]),
        "last_name": text([name.partition(" ")[0] for name in staff.name]),
        "active_user_id": integers(20_000_001 + user, staff.active == 1),
        "is_active": flags(staff.active == 1),
        "created_at": times(at),
        "updated_at": times(at),
    }
    desk.put(("hubspot", "owner"), columns, at, key="owner_id", time="created_at")
    teams = np.arange(len(DEPARTMENTS))
    then = np.full(len(teams), desk.frame.spec.start_seconds - 300 * DAY)
    columns = {"id": integers(FIRST_TEAM + teams), "name": text(DEPARTMENTS)}
    desk.put(("hubspot", "team"), columns, then)
    columns = {
        "owner_id": integers(owner_ids(user)),
        "team_id": integers(FIRST_TEAM + staff.department),
        "is_team_primary": flags(np.ones(size, dtype=np.bool_)),
    }
    desk.put(("hubspot", "owner_team"), columns, at, key="owner_id")
