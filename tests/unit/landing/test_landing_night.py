"""One night's landing, from raw files to landed rows and their accounting."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from landing_site import Site

from orchestration.errors import LeadsError

LEAD = "id,name,created_at\n"
VISIT = "id,lead_id,page,visited_at,_fivetran_synced\n"


def test_a_row_lands_typed_and_with_what_landing_adds(site: Site):
    site.write(
        "crm/lead.csv",
        "Id, Name ,from,employees,budget,is_deleted,is_gone,born_on,created_at,modified_at,"
        "timeline_c,_fivetran_synced\n"
        "001A0000006Vm9r, 山田 ,web,120,1.5,false,TRUE,1980-05-01,2024-01-05,"
        "2024-02-01T10:00:00+09:00,3ヶ月以内,2024-02-02 00:00:00\n",
    )
    site.land()
    row = site.query(
        """
        select id, name, "from", employees, budget, is_deleted, is_gone, born_on::varchar,
            created_at::varchar, modified_at::varchar, timeline, _key, _occurred_at::varchar,
            _version_at::varchar, _synced_at::varchar, _is_deleted, _batch, _file_id, _row_number
        from landed_crm.lead
        """
    )
    assert row == [
        (
            "001A0000006Vm9rIAC",
            "山田",
            "web",
            120,
            1.5,
            False,
            True,
            "1980-05-01",
            "2024-01-04 15:00:00",
            "2024-02-01 01:00:00",
            "3ヶ月以内",
            "001A0000006Vm9rIAC",
            "2024-01-04 15:00:00",
            "2024-02-01 01:00:00",
            "2024-02-02 00:00:00",
            True,
            1,
            1,
            2,
        )
    ]


def test_every_declared_table_is_there_even_without_a_file(site: Site):
    site.write("mail/click.csv", "id,clicked_at\n1,2024-01-05 10:00:00\n")
    site.land()
    assert site.query("select * from landed_crm.lead") == []
    assert site.query(
        "select connector, table_name, is_declared, landed_rows, refused_rows"
        " from control.landed_tables order by all"
    ) == [
        ("crm", "lead", True, 0, 0),
        ("crm", "visit", True, 0, 0),
        ("mail", "click", True, 1, 0),
    ]


def test_columns_that_a_file_lacks_are_null(site: Site):
    site.write("crm/lead.csv", "id\n1\n")
    site.land()
    assert site.query("select name, employees, _version_at, _is_deleted from landed_crm.lead") == [
        (None, None, None, False)
    ]


def test_a_file_of_only_a_header_lands_no_rows(site: Site):
    site.write("crm/lead.csv", "id,name")
    report = site.land()
    assert report.new_rows == 0
    assert site.query("select rows, refused from control.landed_files") == [(0, 0)]


def test_files_of_a_folder_and_beside_it_land_in_one_table(site: Site):
    site.write("crm/lead.csv", LEAD + "1,a,\n")
    site.write("crm/lead/2024-01.csv", LEAD + "2,b,\n3,c,\n")
    site.write("crm/lead/2024-02.CSV", "created_at,id\n,4\n")
    site.write("crm/lead/notes.txt", "not a table")
    site.write("crm/lead/.hidden.csv", "id\n5\n")
    site.land()
    assert site.query(
        """
        select path, _row_number, id from landed_crm.lead
        join control.landed_files on file_id = _file_id order by id
        """
    ) == [
        ("crm/lead.csv", 2, "1"),
        ("crm/lead/2024-01.csv", 2, "2"),
        ("crm/lead/2024-01.csv", 3, "3"),
        ("crm/lead/2024-02.CSV", 2, "4"),
    ]


def test_parquet_lands_by_its_native_types(site: Site):
    folder = site.settings.raw / "crm" / "lead"
    folder.mkdir(parents=True)
    with duckdb.connect() as connection:
        connection.execute(
            f"""
            copy (
                select 42::integer as "ID", 'x' as name, 7.0::double as employees,
                    timestamptz '2024-01-05 10:00:00+09' as created_at,
                    date '2024-02-01' as modified_at, 1 as is_deleted
                union all select 43, ' ', null, null, null, 0
            ) to '{folder}/a.parquet'
            """
        )
    site.land()
    assert site.query(
        """
        select id, name, employees, created_at::varchar, modified_at::varchar, is_deleted,
            _row_number
        from landed_crm.lead order by id
        """
    ) == [
        ("42", "x", 7, "2024-01-05 01:00:00", "2024-01-31 15:00:00", True, 2),
        ("43", None, None, None, None, False, 3),
    ]


def test_a_schema_that_is_already_loaded_lands_too(site: Site):
    site.settings.home.mkdir()
    with duckdb.connect(site.settings.warehouse) as connection:
        connection.execute(
            """
            create schema raw_mail;
            create table raw_mail.click (id bigint, clicked_at timestamp);
            insert into raw_mail.click values (1, '2024-01-05 10:00:00'), (null, null);
            create view raw_mail.opened as select 1 as id;
            """
        )
    assert not site.settings.raw.exists()
    site.land()
    assert site.query("select id, _row_number from landed_mail.click") == [(1, 2)]
    assert site.refused() == [("raw_mail.click", 3, "missing_key", '{"id":null,"clicked_at":null}')]
    with duckdb.connect(site.settings.warehouse) as connection:
        connection.execute("insert into raw_mail.click values (2, '2024-01-06 10:00:00')")
    assert site.land().new_rows == 1
    assert site.land().new_rows == 0


def test_tables_that_no_model_reads_are_only_counted(site: Site):
    site.write("mail/click.csv", "id,clicked_at\n1,2024-01-05 10:00:00\n")
    site.write("mail/order.csv", "id,_fivetran_synced\n1,2024-05-01 00:00:00\n1,\n2,\n3\n")
    site.land()
    assert site.query(
        """
        select is_declared, landed_rows, refused_rows from control.landed_tables
        where table_name = 'order'
        """
    ) == [(False, 3, 1)]
    assert site.query('select _key, _is_deleted, _batch from landed_mail."order" limit 1') == [
        (None, False, 1)
    ]
    assert site.query("select newest_synced_at::varchar from control.build") == [
        ("2024-05-01 00:00:00",)
    ]


def test_the_first_complete_alternative_makes_the_key(site: Site):
    site.write("crm/lead.csv", "id\n9\n")
    site.write(
        "crm/visit.csv",
        "id,lead_id,page,visited_at\n"
        "1,7,/a,2024-01-05 10:00:00\n"
        "2,7,,2024-01-05 10:00:00\n"
        "3,,/b,2024-01-05 10:00:00\n",
    )
    site.land()
    assert site.query("select _key from landed_crm.visit order by id") == [
        ("7|/a",),
        ("2",),
        ("3",),
    ]


def test_rows_that_cannot_be_used_are_refused_with_their_raw_text(site: Site):
    site.write("crm/lead.csv", "id\n1\n")
    site.write(
        "crm/visit.csv",
        "id,lead_id,page,visited_at,noted_at,seconds\n"
        "1,,,2024-01-05 10:00:00,,5\n"
        ",7,,2024-01-05 10:00:00,,5\n"
        '3,,,,,"five\nminutes"\n'
        "4,,,2024-13-05 10:00:00,,5\n"
        "5,,,1989-12-31 14:59:59,,5\n"
        "6,,,2024-13-05 10:00:00,2024-01-06,5\n"
        "7,,,2024-01-05 10:00:00\n",
    )
    report = site.land()
    assert (report.new_rows, report.refused_rows) == (3, 5)
    assert site.refused() == [
        ("crm/visit.csv", 3, "missing_key", ",7,,2024-01-05 10:00:00,,5"),
        ("crm/visit.csv", 4, "missing_time", '3,,,,,"five\nminutes"'),
        ("crm/visit.csv", 6, "impossible_time", "4,,,2024-13-05 10:00:00,,5"),
        ("crm/visit.csv", 7, "impossible_time", "5,,,1989-12-31 14:59:59,,5"),
        ("crm/visit.csv", 9, "broken_line", "7,,,2024-01-05 10:00:00"),
    ]
    # The second time of occurrence stands in for an impossible first one.
    assert site.query("select _occurred_at::varchar from landed_crm.visit where id = '6'") == [
        ("2024-01-05 15:00:00",)
    ]
    assert site.query(
        "select rows, refused from control.landed_files where table_name = 'visit'"
    ) == [(2, 5)]


def test_refused_rows_of_several_files_keep_their_file_and_line(site: Site):
    site.write("crm/lead.csv", "id\n1\n")
    for name in ("a", "b"):
        site.write(
            f"crm/visit/{name}.csv",
            f'id,seconds,visited_at\n1,"x\n",2024-01-05\n,"{name}\n",2024-01-05\n',
        )
    site.land()
    assert site.refused() == [
        ("crm/visit/a.csv", 4, "missing_key", ',"a\n",2024-01-05'),
        ("crm/visit/b.csv", 4, "missing_key", ',"b\n",2024-01-05'),
    ]


def test_refused_rows_of_parquet_are_kept_as_json(site: Site):
    site.write("crm/lead.csv", "id\n1\n")
    with duckdb.connect() as connection:
        connection.execute(
            f"""
            copy (select 1 as id, 'x' as page, null::timestamp as visited_at)
            to '{site.settings.raw}/crm/visit.parquet'
            """
        )
    site.land()
    assert site.refused() == [
        ("crm/visit.parquet", 2, "missing_time", '{"id":1,"page":"x","visited_at":null}')
    ]


def test_an_impossible_time_of_a_record_is_a_bad_value_and_no_reason_to_refuse(site: Site):
    site.write("crm/lead.csv", LEAD + "1,a,1899-12-30\n2,b,\n3,c,2024-01-05\n")
    site.land()
    assert site.query("select id from landed_crm.lead where created_at is null order by id") == [
        ("1",),
        ("2",),
    ]
    assert site.query("select column_name, bad_values from control.bad_values") == [
        ("created_at", 1)
    ]


def test_bad_optional_values_are_null_and_counted(site: Site):
    site.write(
        "crm/lead.csv",
        "id,employees,is_deleted,created_at,_fivetran_synced\n"
        "1,many,perhaps,soon,never\n2,,,,\n3,5,true,2024-01-05,2024-01-05\n,few,,,\n",
    )
    site.land()
    found = "select column_name, bad_values from control.bad_values order by all"
    once = [("_fivetran_synced", 1), ("created_at", 1), ("employees", 1), ("is_deleted", 1)]
    assert site.query(found) == once
    site.write("crm/lead/more.csv", "id,employees\n4,lots\n5,some\n6,7\n")
    site.land()
    assert site.query(found) == [(name, 3 if name == "employees" else 1) for name, _ in once]


def test_drift_is_that_of_the_last_files(site: Site):
    site.write("crm/lead/1.csv", "id,colour,name\n1,red,a\n")
    site.write("crm/lead/2.csv", "id,size,_fivetran_synced\n1,10,\n")
    report = site.land()
    drift = "select column_name, drift, batch from control.column_drift where drift = 'unknown'"
    assert site.query(f"{drift} order by all") == [("colour", "unknown", 1), ("size", "unknown", 1)]
    missing = report.tables[0].drift["missing_optional"]
    assert "name" not in missing
    # A custom field goes by its name in the raw files.
    assert {"from", "employees", "timeline_c"} <= set(missing)
    site.land()
    assert len(site.query(drift)) == 2
    site.write("crm/lead/3.csv", "id,shape\n1,round\n")
    site.land()
    assert site.query(drift) == [("shape", "unknown", 3)]


def test_rows_far_ahead_of_the_newest_row_keep_their_raw_text(site: Site):
    site.write("crm/lead.csv", "id\n1\n")
    # The newest row was synchronised on 10 January at 12:00; the limit is two days later.
    site.write(
        "crm/visit.csv",
        VISIT
        + "1,,,2024-01-12 12:00:00,2024-01-10 12:00:00\n"
        + "2,,,2024-01-12 12:00:01,2024-01-05 00:00:00\n"
        + "3,,,2099-01-01 00:00:00,\n"
        + ",,,2099-01-01 00:00:00,\n",
    )
    site.land()
    assert site.query(
        "select row_number, occurred_at::varchar, payload from control.row_payloads order by all"
    ) == [
        (3, "2024-01-12 12:00:01", "2,,,2024-01-12 12:00:01,2024-01-05 00:00:00"),
        (4, "2099-01-01 00:00:00", "3,,,2099-01-01 00:00:00,"),
    ]
    site.land()
    assert len(site.query("from control.row_payloads")) == 2


def test_dirty_bytes_cost_no_row(site: Site):
    site.write("crm/lead.csv", b"id,name\n1,a\xffb\n2,c\x00d\n3,e\n")
    site.land()
    assert site.query("select id, name from landed_crm.lead order by id") == [
        ("1", "a\ufffdb"),
        ("2", "cd"),
        ("3", "e"),
    ]


def test_exact_repeats_within_a_file_are_rows_of_their_own(site: Site):
    site.write("crm/lead.csv", LEAD + "1,a,\n" * 3)
    site.land()
    assert site.query("select count(*), count(distinct _row_hash) from landed_crm.lead") == [(3, 1)]


def test_the_hash_of_a_row_leaves_its_synchronisation_out(site: Site):
    site.write("crm/lead.csv", "id,name,_fivetran_synced\n1,a,2024-01-01\n1,a,2024-01-02\n1,b,\n")
    site.land()
    assert site.query("select count(distinct _row_hash) from landed_crm.lead") == [(2,)]


@pytest.mark.parametrize(
    ("files", "problem", "where"),
    [
        ({}, "the folder of raw tables does not exist", "LEADS_RAW"),
        ({"zendesk/ticket.csv": "id\n1\n"}, "no raw table of any connector", "LEADS_RAW"),
        ({"crm/visit.csv": VISIT}, "the table 'lead' of crm is missing", "crm/lead.csv"),
        ({"crm/lead.csv": "name\na\n"}, "lacks the required column 'id'", "crm/lead.csv"),
        ({"crm/lead.csv": "id,name,NAME\n1,a,b\n"}, "has the column 'name' twice", "crm/lead.csv"),
        (
            {"crm/lead.csv": "id\n1\n", "crm/visit.csv": "lead_id,visited_at\n1,2024-01-05\n"},
            r"lacks the columns of its key \(lead_id, page\) or \(id\)",
            "crm/visit.csv",
        ),
        (
            {"crm/lead.csv": "id\n1\n", "crm/visit.csv": "id\n1\n"},
            r"lacks a time of occurrence \(visited_at or noted_at\)",
            "crm/visit.csv",
        ),
        ({"crm/lead.csv": ""}, "lead.csv is empty", "crm/lead.csv"),
        ({"crm/lead.csv": "id\n1\n".encode("utf-16")}, "no UTF-8 text", "crm/lead.csv"),
        ({"crm/lead.parquet": "no parquet"}, "lead.parquet is unreadable", "crm/lead.parquet"),
        ({"crm/lead.parquet": ""}, "lead.parquet is unreadable", "crm/lead.parquet"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_lands(
    site: Site, files: dict[str, str | bytes], problem: str, where: str
):
    for path, content in files.items():
        site.write(path, content)
    if files:
        site.write("mail/notes.txt", "no table")
    with pytest.raises(LeadsError, match=problem) as raised:
        site.land()
    assert where in raised.value.where
    assert raised.value.mend
    assert site.query("select * from control.landed_files") == []
    assert site.query("select * from control.build") == []


def test_one_wrong_file_keeps_all_others_from_landing(site: Site):
    site.write("crm/lead.csv", "id\n1\n")
    site.write("mail/click.csv", "clicked_at\n2024-01-05\n")
    with pytest.raises(LeadsError, match=r"mail\.click lacks the required column 'id'"):
        site.land()
    assert site.query("select * from control.landed_tables") == []


@pytest.mark.parametrize(
    ("connectors", "problem"),
    [
        (("crm", "zendesk"), "'zendesk' is no connector"),
        (("mail",), "no raw table of the connector 'mail' is there"),
    ],
)
def test_connectors_that_are_asked_for_must_be_there(
    site: Site, connectors: tuple[str, ...], problem: str
):
    site.write("crm/lead.csv", "id\n1\n")
    site.set(connectors=connectors)
    with pytest.raises(LeadsError, match=problem):
        site.land()


def test_only_the_connectors_that_are_asked_for_land(site: Site):
    site.write("crm/lead.csv", "id\n1\n")
    site.write("mail/click.csv", "id,clicked_at\n1,2024-01-05\n")
    site.set(connectors=("mail",))
    assert [table.connector for table in site.land().tables] == ["mail"]


def test_a_parquet_file_with_damaged_pages_lands_nothing(site: Site):
    site.write("crm/lead.csv", "id\n1\n")
    path = site.settings.raw / "mail" / "click.parquet"
    path.parent.mkdir()
    with duckdb.connect() as connection:
        connection.execute(
            f"""
            copy (
                select hash(i)::varchar as id, timestamp '2024-01-05' as clicked_at
                from range(100000) as numbers (i)
            ) to '{path}'
            """
        )
    content = bytearray(path.read_bytes())
    content[1000:200000] = b"\xff" * 199000
    path.write_bytes(content)
    with pytest.raises(LeadsError, match=r"mail\.click cannot be landed") as raised:
        site.land()
    assert raised.value.where == "mail/click.parquet"
    assert site.query("select * from control.landed_files") == []


def test_the_log_tells_what_goes_on(site: Site):
    site.write("crm/lead.csv", LEAD + "1,a,\n2,b,\n")
    site.land()
    assert "crm.lead: 1 files, 2 rows" in site.lines
    assert site.lines[-1] == "2 new rows landed, 0 were refused"


def test_the_scratch_folder_is_gone_afterwards(site: Site, tmp_path: Path):
    site.write("crm/lead.csv", "id\n1\n\n2,3\n")
    site.land()
    assert sorted(path.name for path in site.settings.home.iterdir()) == ["warehouse.duckdb"]


def test_a_folder_of_no_known_connector_is_told_of(site: Site):
    site.write("crm/lead.csv", "id\n1\n")
    site.write("zendesk/ticket.csv", "id\n1\n")
    assert site.land().new_rows == 1
    told = "no known connector has this name, its files are left out"
    assert f"{site.settings.raw / 'zendesk'}: {told}" in site.lines


def test_a_folder_that_cannot_be_read_is_told_of(site: Site, monkeypatch: pytest.MonkeyPatch):
    def refuse(_: Path) -> None:
        raise PermissionError(13, "Permission denied")

    site.write("crm/lead.csv", "id\n1\n")
    monkeypatch.setattr(Path, "iterdir", refuse)
    with pytest.raises(LeadsError, match="cannot be read: Permission denied"):
        site.land()
