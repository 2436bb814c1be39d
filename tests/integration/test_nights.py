"""The same raw rows give the same marts, however the nights fall.

Every table in the schema of the marts is compared, so a mart added later is in these tests at once.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from dbt.contracts.graph.manifest import Manifest

from sample import SampleSpec, write_sample
from tests.support.marts import differences, read_marts
from tests.support.nights import Nights
from tests.support.raw_files import add_night, move_links, read_rows, scatter, scatter_by_time

# Where a row stood differs with the files it came in; that it was refused, and why, does not.
PLACES = {"quarantined_rows": {"file", "row_number"}}
AS_OF = "2026-06-30T15:00:00+00:00"
# Far enough apart for time-outs, decay and closing dates to come due between them.
EVENINGS = ("2026-04-30T15:00:00+00:00", "2026-06-15T15:00:00+00:00", AS_OF)
# Between the nights: what moves away lands with one and comes back with the next.
AWAY, BACK = "2026-05-20 00:00:00", "2026-06-20 00:00:00"


def pass_to_others(crm: Path) -> None:
    """Let all opportunities and roles pass, for a month, to people who have no other."""
    owners = {row["account_id"] for row in read_rows(crm / "opportunity.csv")}
    others = {
        row["account_id"]: row["id"]
        for row in read_rows(crm / "contact.csv")
        if row["account_id"] and row["account_id"] not in owners
    }
    opportunities, roles = crm / "opportunity.csv", crm / "opportunity_contact_role.csv"
    assert move_links(opportunities, "account_id", list(others), AWAY, BACK) > 10
    assert move_links(roles, "contact_id", list(others.values()), AWAY, BACK) > 1


@pytest.fixture(scope="module")
def organisation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Raw rows in which opportunities and roles pass to others for a month."""
    out = tmp_path_factory.mktemp("organisation")
    write_sample(SampleSpec(leads=200, out=out, activities_per_lead=60, dirt=0.5))
    pass_to_others(out / "raw" / "salesforce")
    return out / "raw"


@pytest.fixture(scope="module")
def one_night(
    tmp_path_factory: pytest.TempPathFactory, organisation: Path, manifest: Manifest
) -> Nights:
    nights = Nights(organisation, tmp_path_factory.mktemp("one_night"), manifest)
    nights.run(AS_OF)
    return nights


@pytest.fixture(scope="module")
def scattered(tmp_path_factory: pytest.TempPathFactory, organisation: Path) -> list[Path]:
    return scatter(organisation, tmp_path_factory.mktemp("scattered"), nights=5, seed=11)


@pytest.fixture(scope="module")
def five_nights(
    tmp_path_factory: pytest.TempPathFactory, scattered: list[Path], manifest: Manifest
) -> Nights:
    home = tmp_path_factory.mktemp("five_nights")
    nights = Nights(home / "raw", home / "home", manifest)
    for rows in scattered:
        add_night(rows, nights.raw)
        nights.run(AS_OF)
    return nights


def test_every_mart_has_rows_to_compare(one_night: Nights) -> None:
    may_be_empty = {"lead_redirects"}
    empty = {name for name, rows in read_marts(one_night.warehouse).items() if not rows.num_rows}
    assert empty <= may_be_empty


def test_five_nights_give_what_one_night_gives(one_night: Nights, five_nights: Nights) -> None:
    assert differences(one_night.warehouse, five_nights.warehouse, PLACES) == {}


def test_a_full_refresh_gives_what_the_nights_gave(one_night: Nights, five_nights: Nights) -> None:
    five_nights.run(AS_OF, full_refresh=True)
    assert differences(one_night.warehouse, five_nights.warehouse, PLACES) == {}


def test_nights_as_time_goes_by_give_what_the_last_night_gives_alone(
    one_night: Nights, organisation: Path, manifest: Manifest, tmp_path: Path
) -> None:
    """Each night speaks about its own evening and has the rows that were there by then."""
    nights = Nights(tmp_path / "raw", tmp_path / "home", manifest)
    evenings = [evening.replace("T", " ") for evening in EVENINGS]
    for evening, rows in zip(
        EVENINGS, scatter_by_time(organisation, tmp_path / "by_time", evenings), strict=True
    ):
        add_night(rows, nights.raw)
        nights.run(evening)
    assert differences(one_night.warehouse, nights.warehouse, PLACES) == {}


def test_another_order_and_nights_cut_short_leave_the_last_one_right(
    one_night: Nights, scattered: list[Path], manifest: Manifest, tmp_path: Path
) -> None:
    """A night is cut short after each of the parts of dbt, the very first night after its first."""
    nights = Nights(tmp_path / "raw", tmp_path / "home", manifest)
    add_night(scattered[3], nights.raw)
    nights.run(AS_OF, until=1)
    nights.run(AS_OF)
    for number, until in ((0, 2), (4, 3), (2, None), (1, None)):
        add_night(scattered[number], nights.raw)
        nights.run(AS_OF, until=until)
    assert differences(one_night.warehouse, nights.warehouse, PLACES) == {}
