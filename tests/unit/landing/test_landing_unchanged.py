"""Which landed tables and seeds give a build what they gave the completed one."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from landing_site import Site

HEADER = "id,name,born_on,created_at\n"
MARCH_1 = datetime(2024, 3, 1, tzinfo=UTC)
MARCH_2 = datetime(2024, 3, 2, tzinfo=UTC)


def land(site: Site, as_of: datetime, *, complete: bool = False) -> None:
    site.set(as_of=as_of)
    site.land(complete=complete)


def unchanged(site: Site) -> set[str]:
    rows = site.query("select schema_name || '.' || table_name from control.unchanged_tables")
    return {name for (name,) in rows}


def test_in_a_full_refresh_nothing_is_unchanged(site: Site) -> None:
    site.write("crm/lead.csv", HEADER + "1,a,,2024-01-01 00:00:00\n")
    site.land()
    assert unchanged(site) == set()


@pytest.mark.parametrize(
    ("row", "stays"),
    [
        ("1,a,,2024-01-01 00:00:00", True),
        # Not yet to be seen at the completed as-of; one second earlier it was.
        ("1,a,,2024-03-01 00:00:01", False),
        ("1,a,,2024-03-01 00:00:00", True),
        # A date that was not yet to be told, of a row that was to be seen; one that still is not.
        ("1,a,2024-03-02,2024-01-01 00:00:00", False),
        ("1,a,2024-03-05,2024-01-01 00:00:00", True),
        # Impossible then and now.
        ("1,a,,2199-01-01 00:00:00", True),
    ],
)
def test_a_table_without_new_rows_stays_unless_a_moment_passed_meanwhile(
    site: Site, row: str, stays: bool
) -> None:
    site.write("crm/lead.csv", HEADER + f"{row}\n")
    land(site, MARCH_1, complete=True)
    land(site, MARCH_2)
    assert ("landed_crm.lead" in unchanged(site)) is stays
    assert "landed_crm.visit" in unchanged(site)


def test_a_table_with_new_rows_changed_until_a_build_with_them_completes(site: Site) -> None:
    site.write("crm/lead.csv", HEADER + "1,a,,2024-01-01 00:00:00\n")
    land(site, MARCH_1, complete=True)
    site.write("crm/lead.csv", HEADER + "1,a,,2024-01-01 00:00:00\n2,b,,2024-01-01 00:00:00\n")
    # The first of these nights is cut short.
    for complete in (False, True):
        land(site, MARCH_2, complete=complete)
        assert "landed_crm.lead" not in unchanged(site)
    land(site, MARCH_2)
    assert "landed_crm.lead" in unchanged(site)


def test_a_table_changed_where_a_row_became_impossible(site: Site) -> None:
    # No synchronisation is known: two days after the as-of are possible.
    site.write("crm/lead.csv", HEADER + "1,a,,2024-03-02 12:00:00\n")
    land(site, MARCH_1, complete=True)
    # The newest is of February now: what lies after the as-of cannot be.
    site.write(
        "crm/visit.csv",
        "lead_id,page,visited_at,_fivetran_synced\n1,/,2024-02-01 00:00:00,2024-02-20 00:00:00\n",
    )
    land(site, MARCH_1)
    assert site.query("select future_limit from control.build") == [(datetime(2024, 2, 22),)]  # noqa: DTZ001
    assert "landed_crm.lead" not in unchanged(site)
