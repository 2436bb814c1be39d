"""Landing over several nights: files that grow, change, vanish; any split of the rows."""

from __future__ import annotations

import os
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from landing_site import Site, new_site

from orchestration.landing import tally

HEADER = "id,name,employees,_fivetran_synced\n"
IDS = "select id from landed_crm.lead order by all"


def lead(site: Site, *lines: str, path: str = "crm/lead.csv", header: str = HEADER) -> Path:
    return site.write(path, header + "".join(f"{line}\n" for line in lines))


def ids(site: Site) -> list[str]:
    return [row[0] for row in site.query(IDS)]


def test_an_unchanged_file_lands_once(site: Site):
    lead(site, "1,a,5,", "2,b,6,")
    assert site.land().new_rows == 2
    assert site.land().new_rows == 0
    assert site.query("select count(*) from control.landed_files") == [(1,)]


def test_a_file_of_which_only_the_time_changed_lands_once(site: Site):
    path = lead(site, "1,a,5,")
    site.land()
    os.utime(path, ns=(1, 1))
    assert site.land().tables == ()
    assert site.query("select modified_ns, batch from control.landed_files") == [(1, 1)]


def test_a_grown_file_adds_its_new_rows_only(site: Site):
    lead(site, "1,a,5,", "2,b,6,")
    site.land()
    lead(site, "1,a,5,", "2,b,6,", "3,c,7,")
    assert site.land().new_rows == 1
    assert site.query("select id, _batch, _row_number from landed_crm.lead order by id") == [
        ("1", 1, 2),
        ("2", 1, 3),
        ("3", 2, 4),
    ]
    assert site.query("select path, rows, batch from control.landed_files order by file_id") == [
        ("crm/lead.csv", 2, 1),
        ("crm/lead.csv", 1, 2),
    ]


def test_an_overwritten_file_adds_its_rows_and_loses_none(site: Site):
    lead(site, "1,a,5,", "2,b,6,")
    site.land()
    lead(site, "2,b,6,", "3,c,7,")
    site.land()
    assert ids(site) == ["1", "2", "3"]
    lead(site, "1,a,5,")
    assert site.land().new_rows == 0


def test_a_changed_value_is_a_new_row(site: Site):
    lead(site, "1,a,5,", "2,b,6,")
    site.land()
    lead(site, "1,a,5,", "2,B,6,")
    site.land()
    assert ids(site) == ["1", "2", "2"]


def test_another_synchronisation_of_equal_values_is_a_new_row(site: Site):
    lead(site, "1,a,5,2024-01-01 00:00:00")
    site.land()
    lead(site, "1,a,5,2024-01-02 00:00:00")
    assert site.land().new_rows == 1
    lead(site, "1,a,5,")
    assert site.land().new_rows == 1


def test_a_repeat_more_is_a_row_more(site: Site):
    lead(site, "1,a,5,", "1,a,5,")
    site.land()
    lead(site, "1,a,5,", "2,b,6,", "1,a,5,", "1,a,5,")
    assert site.land().new_rows == 2
    assert ids(site) == ["1", "1", "1", "2"]


def test_equal_rows_of_two_files_are_two_rows(site: Site):
    lead(site, "1,a,5,", path="crm/lead/a.csv")
    lead(site, "1,a,5,", path="crm/lead/b.csv")
    site.land()
    assert ids(site) == ["1", "1"]


def test_columns_in_another_order_are_no_new_rows(site: Site):
    lead(site, "1,a,5,")
    site.land()
    lead(site, "x,5,a,1", header="colour,employees,name,id\n")
    assert site.land().new_rows == 0


def test_a_vanished_file_loses_nothing(site: Site):
    lead(site, "1,a,5,")
    path = lead(site, "2,b,6,", path="crm/lead/b.csv")
    site.land()
    path.unlink()
    assert site.land().new_rows == 0
    assert ids(site) == ["1", "2"]


def test_a_required_table_that_landed_before_may_be_absent(site: Site):
    path = lead(site, "1,a,5,")
    site.land()
    path.unlink()
    site.write("crm/visit.csv", "id,visited_at\n1,2024-01-05\n")
    assert site.land().new_rows == 1


def test_an_empty_raw_folder_is_a_night_without_rows_once_something_landed(site: Site):
    path = lead(site, "1,a,5,")
    site.land()
    path.unlink()
    assert site.land().new_rows == 0
    assert ids(site) == ["1"]


def test_refused_rows_of_a_grown_file_are_refused_once(site: Site):
    lead(site, ",a,5,", "1,a,5,", "broken", ",a,5,")
    site.land()
    lead(site, ",a,5,", "1,a,5,", "broken", ",a,5,", ",a,5,", "broken", ",b,5,", "broken too")
    report = site.land()
    assert (report.new_rows, report.refused_rows) == (0, 4)
    assert [(number, reason) for _, number, reason, _ in site.refused()] == [
        (2, "missing_key"),
        (4, "broken_line"),
        (5, "missing_key"),
        (6, "missing_key"),
        (7, "broken_line"),
        (8, "missing_key"),
        (9, "broken_line"),
    ]
    assert site.query("select sum(refused)::int from control.landed_files") == [(7,)]


def test_a_table_that_is_only_counted_counts_each_row_once(site: Site):
    site.write("mail/order.csv", "id,size\n1,a\n")
    site.write("mail/click.csv", "id,clicked_at\n")
    site.land()
    # The second night's file has a blank line, so that it is read in the exact way.
    site.write("mail/order.csv", "size,id\na,1\n\n,2\n")
    site.land()
    assert site.query("select landed_rows from control.landed_tables where not is_declared") == [
        (2,)
    ]


@pytest.mark.parametrize("step", ["count_files", "count_tables", "keep_payloads"])
def test_a_night_that_is_killed_leaves_the_state_of_the_night_before(
    site: Site, monkeypatch: pytest.MonkeyPatch, step: str
):
    def kill(*_: object) -> None:
        raise KeyboardInterrupt

    lead(site, "1,a,5,")
    site.land()
    state = "select * from control.{} order by all"
    tables = ("build", "builds", "landed_files", "landed_tables", "refused_rows", "column_drift")
    before = [site.query(state.format(table)) for table in tables]
    lead(site, "1,a,5,", "2,b,6,", ",c,7,")
    with monkeypatch.context() as patch:
        patch.setattr(tally, step, kill)
        with pytest.raises(KeyboardInterrupt):
            site.land()
    assert [site.query(state.format(table)) for table in tables] == before
    assert ids(site) == ["1"]
    assert site.land().new_rows == 1
    assert ids(site) == ["1", "2"]


LINES = ("1,a,5,2024-01-01", "1,a,5,2024-01-01", "1,a,5,", "2,b,many,", '3,"x\ny",1,', ",k,1,", "4")


@st.composite
def nights(draw: st.DrawFn) -> list[list[tuple[str, str]]]:
    """Returns the lines in any order, dealt to files and nights; a file may go on growing."""
    lines = draw(st.permutations(LINES))
    return [
        [(f"crm/lead/{draw(st.integers(0, 1))}.csv", line) for line in night]
        for night in _split(draw, lines)
    ]


def _split(draw: st.DrawFn, lines: list[str]) -> list[list[str]]:
    cuts = sorted(draw(st.lists(st.integers(0, len(lines)), max_size=2)))
    bounds = [0, *cuts, len(lines)]
    return [lines[start:end] for start, end in pairwise(bounds)]


@given(nights())
@settings(max_examples=12, deadline=None)
def test_any_split_over_files_and_nights_lands_the_same(dealt: list[list[tuple[str, str]]]):
    with TemporaryDirectory() as folder:
        site = new_site(Path(folder))
        lead(site, path="crm/lead/empty.csv")
        content: dict[str, list[str]] = {}
        for night in dealt:
            for path, line in night:
                content.setdefault(path, []).append(line)
            for path, lines in content.items():
                lead(site, *lines, path=path)
            site.land()
        assert site.query(
            """
            select id, name, employees, _synced_at::varchar, _key, _is_deleted
            from landed_crm.lead order by all
            """
        ) == [
            ("1", "a", 5, "2023-12-31 15:00:00", "1", False),
            ("1", "a", 5, "2023-12-31 15:00:00", "1", False),
            ("1", "a", 5, None, "1", False),
            ("2", "b", None, None, "2", False),
            ("3", "x\ny", 1, None, "3", False),
        ]
        assert [(reason, payload) for _, _, reason, payload in site.refused()] in (
            [("missing_key", ",k,1,"), ("broken_line", "4")],
            [("broken_line", "4"), ("missing_key", ",k,1,")],
        )
        assert site.query(
            "select landed_rows, refused_rows from control.landed_tables limit 1"
        ) == [(5, 2)]
        assert site.query("select column_name, bad_values from control.bad_values") == [
            ("employees", 1)
        ]


def test_a_loaded_table_with_the_same_rows_in_another_order_is_unchanged(site: Site):
    site.settings.home.mkdir()
    load = """
        create schema if not exists raw_mail;
        create or replace table raw_mail.click as
        select i as id, timestamp '2024-01-05' as clicked_at from range(5) as t (i) order by i
        """
    with duckdb.connect(site.settings.warehouse) as connection:
        connection.execute(load)
    assert site.land().new_rows == 5
    with duckdb.connect(site.settings.warehouse) as connection:
        connection.execute(f"{load} desc")
    assert site.land().tables == ()
