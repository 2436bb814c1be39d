"""A rule that is changed between two nights gives what a full refresh by the new rules gives.

The nights after the first name the leads that changed rules concern, and compute no other. The
last must nevertheless equal one that knew its rules from the beginning.
"""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest
from dbt.contracts.graph.manifest import Manifest

from orchestration.rules.declarations import load_declarations
from orchestration.rules.seeds import validate_seeds
from orchestration.settings import PROJECT_ROOT
from orchestration.warehouse import open_warehouse
from sample import SampleSpec, write_sample
from tests.support.marts import differences
from tests.support.nights import Nights

AS_OF = "2026-06-30T15:00:00+00:00"

# Texts of seeds, and what stands there after the first night.
CHANGES: dict[str, tuple[tuple[str, str], ...]] = {
    "score_rules": (
        (
            "page_view,pricing,,,10,1,true,Pricing page view,料金ページ閲覧,2000-01-01,\n",
            "page_view,pricing,,,10,1,true,Pricing page view,料金ページ閲覧,2000-01-01,2026-03-01\n"
            "pricing_view,2,behaviour,web,1,page_view,pricing,,,25,2,true,Prices,料金,2026-03-01,\n",
        ),
        ("email_click,,,,3,1,false,", "email_click,,,,3,1,true,"),
        (
            "decision_maker,20,,true,Decision maker,決裁権者,2000-01-01,\n",
            "decision_maker,20,,true,Decision maker,決裁権者,2000-01-01,2026-04-01\n"
            "decision_maker,2,attribute,attribute_role,1,,,buying_role,decision_maker,30,,true,"
            "Decision maker,決裁権者,2026-04-01,\n",
        ),
    ),
    "score_adjustments": (
        (
            "author\n",
            "author\nfair,marketo,lead,{first},45,2026-05-01,,Met at the fair,Sato\n"
            "wrong,marketo,lead,{second},-20,2026-02-01,2026-06-01,Wrong number,Ito\n",
        ),
    ),
    "stage_evidence_rules": (
        ("faq,2,30,,", "faq,3,60,2025-10-01,"),
        ("interested_white_paper,interested,reading,content_category,white_paper,2,30,,\n", ""),
        ("opportunity_probability,60,", "opportunity_probability,30,"),
    ),
    "score_settings": (("2000-01,90,,", "2000-01,90,,2026-01-01\n2026-01,30,2026-01-01,"),),
    "score_caps": (("positive,30,30,,", "positive,15,30,2026-02-01,"),),
    "mql_criteria": (
        ("mql-1,40,25,180,,", "mql-1,40,25,180,,2026-02-01\nmql-2,30,20,90,2026-02-01,"),
    ),
    "crm_status_map": (("nurturing,returned,interested,false,none,,\n", ""),),
    "company_sizes": (("small,1,99,", "small,1,49,"), ("mid,100,", "mid,50,")),
    "industries": (("金融|銀行", "金融"),),
    "sql_criteria": (("decision_maker|influencer", "decision_maker|influencer|in_charge"),),
    "answer_rules": (("半年|half a? ?year,fixed,6", "半年|half a? ?year,fixed,9"),),
    "stage_definitions": (("興味あり,false,180", "興味あり,false,60"),),
    "exclusion_rules": (
        ("^(nagare-app", "^(orikaze[.]example|nagare-app"),
        ("job_title,学生|", "job_title,課長|学生|"),
        ("^(.*partner|", "^(customer.*|.*partner|"),
    ),
    "cross_sell_exceptions": (
        ("note\n", "note\nmore,account_type,^customer,2026-02-01,2026-05-01,Second product\n"),
    ),
    "sla_policies": ((",240,default", ",120,default"),),
    "source_channels": (("展示会|セミナー", "展示会"),),
}
MISTAKE = (
    "material_download,1,behaviour,download,2,download,,,,15",
    "material_download,1,behaviour,download,2,download,,,,99",
)


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("organisation")
    write_sample(SampleSpec(leads=200, out=out, activities_per_lead=60, dirt=0.3))
    return out / "raw"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project, whose seeds the nights change."""
    root = tmp_path_factory.mktemp("project")
    for folder in ("models", "macros", "seeds", "tests/dbt/singular"):
        shutil.copytree(PROJECT_ROOT / folder, root / folder)
    for file in ("dbt_project.yml", "profiles.yml"):
        shutil.copy(PROJECT_ROOT / file, root / file)
    return root


@pytest.fixture(scope="module")
def manifest(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Manifest:
    folder = tmp_path_factory.mktemp("parsed")
    parsed = Nights(folder, folder, root=project).dbt("parse")
    assert isinstance(parsed, Manifest)
    return parsed


def change(project: Path, seed: str, *changes: tuple[str, str], **names: str) -> None:
    [file] = (project / "seeds").glob(f"*/{seed}.csv")
    text = file.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, (seed, old)
        text = text.replace(old, new.format(**names) if names else new)
    file.write_text(text, encoding="utf-8")


def is_full_refresh(nights: Nights) -> bool:
    with open_warehouse(nights.warehouse) as connection:
        row = connection.execute("select is_full_refresh from control.build").fetchone()
    assert row is not None
    return bool(row[0])


def test_every_seed_is_changed_that_says_whom_it_touches():
    declared = load_declarations(PROJECT_ROOT).values()
    followed = {seed.name for seed in declared if seed.meta.touches not in (None, "nobody")}
    assert followed <= CHANGES.keys()


def test_rules_changed_between_nights_give_what_they_give_from_the_beginning(
    raw: Path, project: Path, manifest: Manifest, tmp_path: Path
):
    with (raw / "marketo" / "lead.csv").open(encoding="utf-8") as file:
        ids = [row["id"] for row in csv.DictReader(file)]
    nights = Nights(raw, tmp_path / "home", manifest, project)
    nights.run(AS_OF)
    for seed, texts in CHANGES.items():
        change(project, seed, *texts, first=ids[10], second=ids[40])
    # A mistake that a night cut short works by, and that is taken back before the next one.
    change(project, "score_rules", MISTAKE)
    validate_seeds(project)
    nights.run(AS_OF, until=2)
    change(project, "score_rules", MISTAKE[::-1])
    nights.run(AS_OF)
    assert not is_full_refresh(nights)
    # What holds by the shipped rules holds by these.
    nights.dbt("test", "--select", "test_type:data")

    at_once = Nights(raw, tmp_path / "at_once", manifest, project)
    at_once.run(AS_OF)
    assert is_full_refresh(at_once)
    assert differences(at_once.warehouse, nights.warehouse) == {}
