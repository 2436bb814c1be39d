"""Pardot beside the CRM it is connected with: the same marts however the nights fall."""

from __future__ import annotations

from pathlib import Path

from dbt.contracts.graph.manifest import Manifest

from sample import SampleSpec, write_sample
from tests.support.marts import differences, read_marts
from tests.support.nights import Nights
from tests.support.raw_files import add_night, scatter

AS_OF = "2026-06-30T15:00:00+00:00"
# Where a row stood differs with the files it came in; that it was refused, and why, does not.
PLACES = {"quarantined_rows": {"file", "row_number"}}


def test_nights_in_any_order_give_what_one_night_gives(manifest: Manifest, tmp_path: Path) -> None:
    """Browsers turn out to be somebody's and companies to be in the CRM after they were seen."""
    write_sample(
        SampleSpec(
            leads=200,
            out=tmp_path / "organisation",
            activities_per_lead=60,
            dirt=0.5,
            connectors=("salesforce", "pardot"),
        )
    )
    organisation = tmp_path / "organisation" / "raw"
    one_night = Nights(organisation, tmp_path / "one_night", manifest)
    one_night.run(AS_OF)
    told = read_marts(one_night.warehouse)
    assert told["fct_handoffs"].num_rows > 0
    nights = Nights(tmp_path / "raw", tmp_path / "nights", manifest)
    scattered = scatter(organisation, tmp_path / "scattered", nights=3, seed=11)
    for number in (1, 0, 2):
        add_night(scattered[number], nights.raw)
        nights.run(AS_OF)
    assert differences(one_night.warehouse, nights.warehouse, PLACES) == {}
