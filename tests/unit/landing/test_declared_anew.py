"""What happens to landed rows when a table is declared otherwise."""

from __future__ import annotations

from landing_site import CRM, PROJECT, Site

LEAD = "id,name,phone,employees\n"


def with_phone(site: Site) -> None:
    site.declare(
        "crm",
        CRM.replace(
            "- {name: name, data_type: text}",
            "- {name: name, data_type: text}\n          - {name: phone, data_type: text}",
        ),
    )


def test_an_unchanged_declaration_lands_nothing_anew(site: Site):
    site.write("crm/lead.csv", LEAD + "1,a,03,5\n")
    site.land()
    site.declare("crm", CRM.replace("version: 2", "version: 2  # with a remark"))
    assert site.land().tables == ()


def test_a_new_column_is_read_from_the_files_that_are_there(site: Site):
    site.write("crm/lead.csv", LEAD + "1,a,03,5\n2,b,06,6\n")
    site.land()
    with_phone(site)
    site.land()
    assert site.query("select id, phone, _batch from landed_crm.lead order by id") == [
        ("1", "03", 2),
        ("2", "06", 2),
    ]
    assert "crm.lead is declared otherwise than before and lands anew" in site.lines
    assert site.query("select rows, batch from control.landed_files order by file_id") == [
        (0, 1),
        (2, 2),
    ]


def test_rows_of_vanished_and_overwritten_files_are_carried_over(site: Site):
    gone = site.write("crm/lead/gone.csv", LEAD + "1,a,03,5\n1,a,03,5\n")
    site.write("crm/lead/here.csv", LEAD + "2,b,06,6\n3,c,07,7\n")
    site.land()
    site.write("crm/lead/here.csv", LEAD + "3,c,07,7\n4,d,08,8\n")
    site.land()
    gone.unlink()
    with_phone(site)
    site.land()
    assert site.query(
        """
        select path, id, phone, employees, _row_number from landed_crm.lead
        join control.landed_files on file_id = _file_id order by all
        """
    ) == [
        ("crm/lead/gone.csv", "1", None, 5, 2),
        ("crm/lead/gone.csv", "1", None, 5, 3),
        ("crm/lead/here.csv", "2", None, 6, 2),
        ("crm/lead/here.csv", "3", "07", 7, 2),
        ("crm/lead/here.csv", "4", "08", 8, 3),
    ]
    assert site.query("select landed_rows from control.landed_tables limit 1") == [(5,)]
    assert site.query("select count(*), sum(rows)::int from control.landed_files") == [(4, 5)]


def test_a_column_of_another_type_is_read_anew(site: Site):
    site.write("crm/lead/here.csv", LEAD + "1,a,03,5.5\n")
    gone = site.write("crm/lead/gone.csv", LEAD + "2,b,06,6\n")
    site.land()
    assert site.query("select bad_values from control.bad_values") == [(1,)]
    gone.unlink()
    site.declare("crm", CRM.replace("{name: employees, data_type: bigint}",
                                    "{name: employees, data_type: double}"))  # fmt: skip
    site.land()
    assert site.query("select id, employees from landed_crm.lead order by id") == [
        ("1", 5.5),
        ("2", 6.0),
    ]
    assert site.query("select * from control.bad_values") == []


def test_a_custom_field_of_another_name_is_read_anew(site: Site):
    site.write("crm/lead.csv", "id,timeline_c,when_c\n1,,soon\n")
    site.land()
    (site.root / "dbt_project.yml").write_text(PROJECT.replace("Timeline_C", "when_c"))
    site.land()
    assert site.query("select id, timeline from landed_crm.lead") == [("1", "soon")]


def test_a_custom_field_that_is_not_in_use_is_null(site: Site):
    (site.root / "dbt_project.yml").write_text(PROJECT.replace("Timeline_C", '""'))
    site.write("crm/lead.csv", "id,timeline_c\n1,soon\n")
    report = site.land()
    assert site.query("select timeline from landed_crm.lead") == [(None,)]
    assert report.tables[0].drift["unknown"] == ("timeline_c",)


def test_rows_are_judged_anew_and_counted_once(site: Site):
    visits = "id,page,visited_at\n1,/a,2024-01-05\n,/b,2024-01-05\n3,/c,\nbroken\n"
    site.write("crm/lead.csv", "id\n1\n")
    site.write("crm/visit.csv", visits)
    site.land()
    site.write("crm/visit.csv", visits + ",/d,2024-01-05\n")
    site.land()
    assert [row[1:3] for row in site.refused()] == [
        (3, "missing_key"),
        (4, "missing_time"),
        (5, "broken_line"),
        (6, "missing_key"),
    ]
    # The page becomes the key, and the time may be absent: all but the broken line land.
    site.declare(
        "crm",
        CRM.replace("key: [[lead_id, page], [id]]", "key: [[page]]").replace(
            "is_occurrence_required: true", "is_occurrence_required: false"
        ),
    )
    site.land()
    assert [row[1:3] for row in site.refused()] == [(5, "broken_line")]
    assert site.query(
        "select landed_rows, refused_rows from control.landed_tables where table_name = 'visit'"
    ) == [(4, 1)]
    # Back again: what has no key or time is refused again, once.
    site.declare("crm", CRM)
    site.land()
    assert site.query(
        "select landed_rows, refused_rows from control.landed_tables where table_name = 'visit'"
    ) == [(1, 4)]


def test_carried_rows_that_have_no_key_any_more_are_refused(site: Site):
    site.write("crm/lead.csv", "id\n1\n")
    gone = site.write("crm/visit.csv", "id,page,visited_at\n1,,2024-01-05\n2,/b,2024-01-05\n")
    site.land()
    gone.unlink()
    site.declare("crm", CRM.replace("key: [[lead_id, page], [id]]", "key: [[page]]"))
    site.land()
    assert site.query("select id from landed_crm.visit") == [("2",)]
    assert [row[:3] for row in site.refused()] == [("crm/visit.csv", 2, "missing_key")]


def test_a_table_that_was_only_counted_lands_when_it_is_declared(site: Site):
    site.write("crm/lead.csv", "id\n1\n")
    gone = site.write("crm/order/gone.csv", "id\n1\n2\n")
    site.write("crm/order/here.csv", "id\n3\n4\n\n")
    site.land()
    gone.unlink()
    site.declare(
        "crm",
        CRM
        + """
      - name: order
        config: {meta: {key: [[id]]}}
        columns: [{name: id, data_type: text}]
""",
    )
    site.land()
    assert site.query('select id from landed_crm."order" order by id') == [("3",), ("4",)]
    assert [row[:3] for row in site.refused()] == [
        ("crm/order/gone.csv", 2, "missing_key"),
        ("crm/order/gone.csv", 3, "missing_key"),
    ]
    assert site.query(
        "select is_declared, landed_rows, refused_rows from control.landed_tables"
        " where table_name = 'order'"
    ) == [(True, 2, 2)]


def test_a_table_that_is_not_declared_any_more_keeps_its_values(site: Site):
    site.write("crm/lead.csv", "id\n1\n")
    gone = site.write("crm/visit/1.csv", "id,page,visited_at\n1,/a,2024-01-05\n")
    site.land()
    gone.unlink()
    site.declare("crm", CRM[: CRM.index("      - name: visit")])
    site.write("crm/visit/2.csv", "id,page,visited_at\n2,/b,2024-01-05\n")
    site.land()
    assert site.query(
        "select is_declared, landed_rows from control.landed_tables where table_name = 'visit'"
    ) == [(False, 2)]
    site.declare("crm", CRM)
    site.land()
    assert site.query("select id, page from landed_crm.visit order by id") == [
        ("1", "/a"),
        ("2", "/b"),
    ]
    assert site.query(
        "select is_declared, landed_rows, refused_rows from control.landed_tables"
        " where table_name = 'visit'"
    ) == [(True, 2, 0)]
