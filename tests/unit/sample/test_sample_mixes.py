"""Any mix of connectors tells of the same people; several marketing tools share them out."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from sample import SampleSpec, write_sample
from sample.shapes.tracking import MOVED_SHARE, share_out
from sample.world.arrays import happened
from sample.world.build import Frame, World
from tests.unit.sample.conftest import LEADS, PER_LEAD, query_of

Query = Callable[..., list[tuple[object, ...]]]
ALL = ("salesforce", "marketo", "hubspot", "pardot")
TOOLS = ALL[1:]


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Query:
    """Run SQL over a sample told by all four tools."""
    out = tmp_path_factory.mktemp("all")
    write_sample(SampleSpec(leads=LEADS, activities_per_lead=PER_LEAD, out=out, connectors=ALL))
    return query_of(out)


@pytest.mark.parametrize("mix", [("hubspot",), ("salesforce", "pardot"), ("pardot",), TOOLS])
def test_every_mix_has_the_same_people(
    tmp_path: Path, everything: Query, mix: tuple[str, ...]
) -> None:
    spec = SampleSpec(leads=200, activities_per_lead=15, out=tmp_path, connectors=mix)
    write_sample(spec)
    query = query_of(tmp_path)
    rows = query("select count(*), count(distinct person_id) from {truth.persons}")
    assert rows == [(200, 200)]
    told = query("select distinct connector from {truth.person_records}")
    assert {str(row[0]) for row in told} == set(mix)


def test_a_person_is_in_one_marketing_tool_or_moved_to_a_second(everything: Query) -> None:
    rows = everything(
        "select tools, count(*) from (select person_id, count(distinct connector) as tools"
        " from {truth.person_records} where connector <> 'salesforce' group by person_id)"
        " group by tools"
    )
    people = {int(str(tools)): int(str(count)) for tools, count in rows}
    assert set(people) == {1, 2}
    assert 0 < people[2] < 0.25 * people[1]


def test_what_was_seen_is_told_by_one_tool(frame: Frame, world: World) -> None:
    span = (frame.spec.start_seconds, frame.spec.end_seconds)
    bases = dict.fromkeys(TOOLS, 1)
    tracking = share_out(np.random.default_rng(1), TOOLS, bases, world.records, span)
    views = world.views
    seen = np.sum([track.saw(views.person, views.at) for track in tracking.values()], axis=0)
    known = happened(world.records.ma_deleted)[views.person]
    assert (seen <= 1).all()
    assert seen[~known].mean() > 0.999
    moved = np.mean([happened(track.until).mean() for track in tracking.values()]) * len(TOOLS)
    assert 0.3 * MOVED_SHARE < moved < MOVED_SHARE


def test_with_one_tool_nobody_moves(frame: Frame, world: World) -> None:
    span = (frame.spec.start_seconds, frame.spec.end_seconds)
    rng = np.random.default_rng(1)
    track = share_out(rng, ("pardot",), {"pardot": 1}, world.records, span)["pardot"]
    assert (track.made == world.records.ma).all()
    assert not happened(track.until).any()
    assert (track.extra.person == world.records.ma_extra.person).all()


def test_events_around_a_move_are_told_by_two_tools(frame: Frame, world: World) -> None:
    span = (frame.spec.start_seconds, frame.spec.end_seconds)
    bases = dict.fromkeys(TOOLS, 1)
    tracking = share_out(np.random.default_rng(1), TOOLS, bases, world.records, span)
    events = world.events
    told = np.sum(
        [track.tells(events.person, events.registered) for track in tracking.values()], axis=0
    )
    assert told.max() == 2
    assert 0.001 < (told == 2).mean() < 0.2


def test_the_tools_call_one_event_by_one_name(everything: Query) -> None:
    rows = everything(
        "select count(distinct m.name) from {marketo.program} m"
        " join {pardot.campaign} p on p.name = m.name"
    )
    assert int(str(rows[0][0])) > 30
