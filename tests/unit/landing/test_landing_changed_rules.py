"""A changed rule names the leads that it concerns, instead of building everything anew."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from landing_site import Site

from orchestration.errors import LeadsError

SEEDS = """
seeds:
  - name: rules
    description: One row per rule.
    config:
      column_types: {kind: string, points: integer, valid_from: date, valid_to: date}
      meta:
        touches: select lead_id from main.views inner join changed_rows using (kind)
    columns:
      - {name: kind, description: Kind., data_type: text}
      - {name: points, description: Points., data_type: integer}
      - {name: valid_from, description: First day., data_type: date}
      - {name: valid_to, description: Day after the last., data_type: date}
  - name: names
    description: One row per name.
    config:
      column_types: {name: string}
      meta: {touches: nobody}
    columns:
      - {name: name, description: Name., data_type: text}
"""
VIEW, PAPER = "view,10,,", "paper,15,,"


@pytest.fixture
def ruled(site: Site) -> Site:
    """A site whose rules have views of lead a, and papers of leads a and b."""
    (site.root / "seeds" / "topic").mkdir(parents=True)
    (site.root / "seeds" / "topic" / "_topic__seeds.yml").write_text(SEEDS)
    write(site, VIEW, PAPER)
    name(site, "one")
    site.write("mail/click.csv", "id,clicked_at\n1,2026-04-01\n")
    site.land(complete=True)
    with duckdb.connect(site.settings.warehouse) as connection:
        connection.execute(
            "create table main.views as"
            " from (values ('a', 'view'), ('a', 'paper'), ('b', 'paper'), (null, 'view'))"
            " as views (lead_id, kind)"
        )
    return site


def write(site: Site, *rows: str) -> None:
    lines = ["kind,points,valid_from,valid_to", *rows]
    (site.root / "seeds" / "topic" / "rules.csv").write_text("\n".join(lines) + "\n")


def name(site: Site, *names: str) -> None:
    (site.root / "seeds" / "topic" / "names.csv").write_text("\n".join(["name", *names]) + "\n")


def touched(site: Site, build_id: int) -> list[tuple[object, ...]]:
    return site.query(
        f"select model, lead_id from control.touched_leads where build_id = {build_id} order by all"
    )


def test_the_leads_of_a_changed_rule_are_named_and_no_other(ruled: Site):
    write(ruled, VIEW, "paper,20,,")
    report = ruled.land()

    assert not report.build.is_full_refresh
    assert report.concerned == {"rules": 2}
    assert touched(ruled, 2) == [("seed rules", "a"), ("seed rules", "b")]


def test_the_same_rules_name_nobody(ruled: Site):
    write(ruled, PAPER, VIEW)
    report = ruled.land()

    assert (report.build.is_full_refresh, report.concerned) == (False, {})
    assert touched(ruled, 2) == []


def test_a_seed_that_touches_nobody_names_nobody(ruled: Site):
    name(ruled, "two")
    report = ruled.land()

    assert (report.build.is_full_refresh, report.concerned) == (False, {"names": 0})


def test_a_changed_declaration_builds_everything_anew(ruled: Site):
    path = ruled.root / "seeds" / "topic" / "_topic__seeds.yml"
    path.write_text(path.read_text().replace("One row per name.", "One row per other name."))

    assert ruled.land().build.is_full_refresh


def test_a_rule_taken_back_after_a_night_cut_short_still_names_its_leads(ruled: Site):
    """That night may have left rows by the changed rule behind."""
    write(ruled, "view,11,,", PAPER)
    ruled.land()
    write(ruled, VIEW, PAPER)
    report = ruled.land()

    assert report.concerned == {"rules": 1}
    assert touched(ruled, 3) == [("seed rules", "a")]


def test_a_completed_night_is_what_the_next_one_compares_with(ruled: Site):
    write(ruled, "view,11,,", PAPER)
    ruled.land(complete=True)

    assert ruled.land(complete=True).concerned == {}
    assert ruled.query("select distinct build_id from control.rule_rows order by 1") == [
        (2,), (3,),
    ]  # fmt: skip


def test_a_full_refresh_names_nobody(ruled: Site):
    write(ruled, "view,11,,", PAPER)
    report = ruled.land(force_full_refresh=True)

    assert (report.concerned, touched(ruled, 2)) == ({}, [])


def test_what_cannot_be_looked_up_is_told_with_the_seed(ruled: Site, tmp_path: Path):
    with duckdb.connect(ruled.settings.warehouse) as connection:
        connection.execute("drop table main.views")
    write(ruled, PAPER)

    with pytest.raises(LeadsError, match="what rules touches cannot be looked up") as told:
        ruled.land()
    assert told.value.where == "seeds/topic/_topic__seeds.yml"


def test_activities_that_are_something_else_by_a_changed_rule_are_named_too(ruled: Site):
    path = ruled.root / "seeds" / "topic" / "_topic__seeds.yml"
    query = (
        "select lead_id || ':' || kind as activity_id"
        " from main.views inner join changed_rows using (kind)"
    )
    path.write_text(
        path.read_text().replace(
            "      meta:\n", f"      meta:\n        touches_activities: {query}\n", 1
        )
    )
    ruled.land(complete=True)
    write(ruled, VIEW, "paper,20,,")
    report = ruled.land()

    assert report.concerned == {"rules": 2}
    assert ruled.query(
        "select build_id, activity_id from control.touched_activities order by all"
    ) == [
        (3, "a:paper"),
        (3, "b:paper"),
    ]
    ruled.land(complete=True)
    ruled.land()
    assert ruled.query("select * from control.touched_activities") == []
