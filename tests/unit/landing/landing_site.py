"""A small project with two connectors, a raw folder and a warehouse."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from orchestration.landing import LandingReport, complete_build, land
from orchestration.settings import Settings

PROJECT = """
name: small
vars:
  time_zone: Asia/Tokyo
  earliest_date: "1990-01-01"
  crm_timeline: Timeline_C
"""
CRM = """
version: 2
sources:
  - name: crm
    schema: landed_crm
    tables:
      - name: lead
        config:
          meta:
            is_required: true
            key: [[id]]
            version_at: [modified_at, created_at]
            occurred_at: [created_at]
            deleted: [is_deleted, is_gone]
        columns:
          - {name: id, data_type: salesforce_id, config: {meta: {is_required: true}}}
          - {name: name, data_type: text}
          - {name: from, data_type: text}
          - {name: employees, data_type: bigint}
          - {name: budget, data_type: double}
          - {name: is_deleted, data_type: boolean}
          - {name: is_gone, data_type: boolean}
          - {name: born_on, data_type: date}
          - {name: created_at, data_type: timestamp}
          - {name: modified_at, data_type: timestamp}
          - {name: timeline, data_type: text, config: {meta: {custom_field: crm_timeline}}}
      - name: visit
        config:
          meta:
            key: [[lead_id, page], [id]]
            occurred_at: [visited_at, noted_at]
            is_occurrence_required: true
        columns:
          - {name: id, data_type: text}
          - {name: lead_id, data_type: text}
          - {name: page, data_type: text}
          - {name: seconds, data_type: bigint}
          - {name: visited_at, data_type: timestamp}
          - {name: noted_at, data_type: timestamp}
"""
MAIL = """
version: 2
sources:
  - name: mail
    schema: landed_mail
    tables:
      - name: click
        config:
          meta:
            key: [[id]]
            occurred_at: [clicked_at]
            is_occurrence_required: true
        columns:
          - {name: id, data_type: bigint, config: {meta: {is_required: true}}}
          - {name: clicked_at, data_type: timestamp}
"""


@dataclass
class Site:
    """A project, its raw folder and its warehouse."""

    root: Path
    settings: Settings
    lines: list[str] = field(default_factory=list)

    def declare(self, connector: str, text: str) -> None:
        path = self.root / "models" / "staging" / connector / f"_{connector}__sources.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def write(self, path: str, content: str | bytes) -> Path:
        target = self.settings.raw / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)
        return target

    def set(
        self, *, as_of: datetime | None = None, connectors: tuple[str, ...] | None = None
    ) -> None:
        self.settings = replace(
            self.settings, as_of=as_of or self.settings.as_of, connectors=connectors
        )

    def land(self, *, complete: bool = False, force_full_refresh: bool = False) -> LandingReport:
        report = land(
            self.settings,
            force_full_refresh=force_full_refresh,
            log=self.lines.append,
            root=self.root,
        )
        if complete:
            with duckdb.connect(self.settings.warehouse) as connection:
                complete_build(connection)
        return report

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        with duckdb.connect(self.settings.warehouse) as connection:
            return connection.execute(sql).fetchall()

    def refused(self) -> list[tuple[Any, ...]]:
        return self.query(
            "select file, row_number, reason, payload from control.refused_rows order by all"
        )


def new_site(folder: Path) -> Site:
    root = folder / "project"
    root.mkdir(parents=True)
    (root / "dbt_project.yml").write_text(PROJECT, encoding="utf-8")
    site = Site(
        root,
        Settings(
            raw=folder / "raw",
            home=folder / "home",
            as_of=datetime(2026, 6, 30, 15, tzinfo=UTC),
        ),
    )
    site.declare("crm", CRM)
    site.declare("mail", MAIL)
    return site
