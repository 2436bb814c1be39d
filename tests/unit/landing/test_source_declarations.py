"""What is read from the source files, and what is refused of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from landing_site import CRM, PROJECT, Site

from orchestration.errors import LeadsError
from orchestration.landing.declarations import Column, read_project


def test_a_connector_is_known_by_its_source_file(site: Site):
    (site.root / "models" / "staging" / "other").mkdir()
    (site.root / "models" / "staging" / "other" / "_python__sources.yml").write_text("sources: []")
    assert sorted(read_project(site.root).connectors) == ["crm", "mail"]


def test_a_table_is_read_with_its_roles(site: Site):
    lead = read_project(site.root).connectors["crm"]["lead"]
    assert lead.key == (("id",),)
    assert lead.version_at == ("modified_at", "created_at")
    assert lead.is_required
    assert not lead.is_occurrence_required
    assert lead.columns[0] == Column("id", "salesforce_id", "id", is_required=True)


def test_a_custom_field_goes_by_the_name_that_the_var_gives_it(site: Site):
    lead = read_project(site.root).connectors["crm"]["lead"]
    assert lead.columns[-1] == Column("timeline", "text", "timeline_c")


def test_values_of_many_fields_in_one_column_are_asked_for_by_name(site: Site):
    of = "{column: name, names: [title], custom_fields: [crm_timeline], custom_prefix: time}"
    old, new = "{name: seconds, data_type: bigint}", "{name: seconds, data_type: text, config: "
    source = site.root / "models/staging/crm/_crm__sources.yml"
    source.write_text(
        source.read_text().replace(old, new + f"{{meta: {{text: [label], text_of: {of}}}}}}}")
    )
    column = read_project(site.root).connectors["crm"]["visit"].columns[3]
    assert column.text_of == ("name", ("title", "line_c"))


def test_the_time_zone_and_the_earliest_date_have_defaults(site: Site):
    (site.root / "dbt_project.yml").write_text("vars: {crm_timeline: x}")
    project = read_project(site.root)
    assert (project.time_zone, project.earliest_date) == ("Asia/Tokyo", date(1990, 1, 1))


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("data_type: bigint", "data_type: integer", "columns.3.data_type"),
        ("            key: [[id]]\n", "", "key: Field required"),
        ("key: [[id]]", "key: []", "names no key"),
        ("key: [[id]]", "key: [[number]]", "key of lead names 'number'"),
        (
            "occurred_at: [created_at]",
            "occurred_at: [name]",
            "no declared column of type timestamp",
        ),
        ("deleted: [is_deleted, is_gone]", "deleted: [name]", "no declared column of type boolean"),
        ("{name: name, data_type: text}", "{name: id, data_type: text}", "declares a column twice"),
        ("custom_field: crm_timeline", "custom_field: crm_when", "named by the var crm_when"),
        ("sources:", "sources: [", "is no YAML"),
    ],
)
def test_a_declaration_that_cannot_be_meant_is_refused(
    site: Site, old: str, new: str, problem: str
):
    site.declare("crm", CRM.replace(old, new, 1))
    with pytest.raises(LeadsError, match=problem) as raised:
        read_project(site.root)
    assert raised.value.where.endswith("models/staging/crm/_crm__sources.yml")


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('"1990-01-01"', "someday", "earliest_date 'someday' is no day"),
        ("Asia/Tokyo", "Asia/Tokio", "time_zone 'Asia/Tokio' is no time zone"),
    ],
)
def test_a_setting_that_cannot_be_meant_is_refused(site: Site, old: str, new: str, problem: str):
    (site.root / "dbt_project.yml").write_text(PROJECT.replace(old, new))
    with pytest.raises(LeadsError, match=problem):
        read_project(site.root)


def test_a_project_without_its_file_is_refused(tmp_path: Path):
    with pytest.raises(LeadsError, match="cannot be read"):
        read_project(tmp_path)
