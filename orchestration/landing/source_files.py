"""The shape of the source files, and their reading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ValidationError

from orchestration.errors import LeadsError
from orchestration.yaml_text import read_yaml_text

DataType = Literal["text", "salesforce_id", "bigint", "double", "boolean", "timestamp", "date"]


class TextOf(BaseModel):
    """Which rows of a table of names and values hold text that is asked for."""

    column: str
    names: list[str]
    custom_fields: list[str] = []
    custom_prefix: str = ""


class _ColumnMeta(BaseModel):
    is_required: bool = False
    custom_field: str | None = None
    text: list[str] = []
    text_of: TextOf | None = None


class _ColumnConfig(BaseModel):
    meta: _ColumnMeta = _ColumnMeta()


class ColumnShape(BaseModel):
    """A column as its source file declares it."""

    name: str
    data_type: DataType
    config: _ColumnConfig = _ColumnConfig()


class _TableMeta(BaseModel):
    is_required: bool = False
    key: list[list[str]]
    version_at: list[str] = []
    occurred_at: list[str] = []
    is_occurrence_required: bool = False
    deleted: list[str] = []


class _TableConfig(BaseModel):
    meta: _TableMeta


class TableShape(BaseModel):
    """A table as its source file declares it."""

    name: str
    config: _TableConfig
    columns: list[ColumnShape]


class _Source(BaseModel):
    name: str
    # `schema` is a name that pydantic keeps for itself.
    tables: list[TableShape]


class _Sources(BaseModel):
    sources: list[_Source]


@dataclass(frozen=True)
class Place:
    """A file of declarations.

    Attributes:
        path: Where it lies.
        variables: The vars that it may name.
    """

    path: Path
    variables: Mapping[str, Any] = field(default_factory=dict)

    def error(self, what: str, mend: str) -> LeadsError:
        """Make an error that names the file."""
        return LeadsError(what, where=str(self.path), mend=mend)


def read_yaml(place: Place) -> dict[str, Any]:
    """Read a YAML file that holds a mapping.

    Raises:
        LeadsError: It cannot be read or is no YAML.
    """
    try:
        content = read_yaml_text(place.path.read_text(encoding="utf-8"))
    except OSError as error:
        raise place.error(f"cannot be read: {error.strerror}", "restore the file") from error
    except yaml.YAMLError as error:
        raise place.error(f"is no YAML: {error}".replace("\n", " "), "mend the YAML") from error
    return content if isinstance(content, dict) else {}


def read_tables(place: Place, connector: str) -> list[TableShape]:
    """Read the tables that a source file declares for a connector.

    Raises:
        LeadsError: It cannot be read, is no YAML, or lacks what a declaration needs.
    """
    try:
        sources = _Sources.model_validate(read_yaml(place)).sources
    except ValidationError as error:
        first = error.errors()[0]
        raise place.error(
            f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}",
            "write the declaration as in the other connectors' files",
        ) from error
    return [table for source in sources if source.name == connector for table in source.tables]
