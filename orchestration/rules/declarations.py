"""What a seed says of itself in `seeds/<topic>/_<topic>__seeds.yml`.

The files are dbt's own. Beyond what dbt reads, `config.meta` of a seed and of its columns declares
the rules its rows keep. A key that is not known here is refused: a misspelt rule would never be
checked.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from orchestration.errors import LeadsError
from orchestration.rules.problems import Problem, raise_problems
from orchestration.yaml_text import read_yaml_text

DataType = Literal["text", "integer", "double", "boolean", "date"]
# `string` is the name of a text column that both DuckDB and Spark know; `varchar` is DuckDB's own.
COLUMN_TYPES: dict[DataType, tuple[str, ...]] = {
    "text": ("string", "varchar"),
    "integer": ("integer",),
    "double": ("double",),
    "boolean": ("boolean",),
    "date": ("date",),
}
PYTHON_TYPES: dict[DataType, tuple[type, ...]] = {
    "text": (str,),
    "integer": (int,),
    "double": (float, int),
    "boolean": (bool,),
    "date": (date,),
}
VALIDITY_COLUMNS = ("valid_from", "valid_to")
NOBODY = "nobody"


class _Declared(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class ColumnMeta(BaseModel):
    """The rules that each value of a column keeps; an empty value keeps all but `is_required`.

    Attributes:
        is_required: No row leaves it empty.
        accepted: The only values allowed.
        min: The smallest value allowed.
        max: The largest value allowed.
        above: Every value is larger than this.
        references: `seed.column` that holds every value.
        is_pattern: Every value is a regular expression that Python, DuckDB and Spark read alike.
        is_python_pattern: Every value is a regular expression that Python alone reads.
        is_list: Values are lists separated by bars; `accepted` and `references` hold per member.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    is_required: bool = False
    accepted: tuple[str | int | float | bool | date, ...] = ()
    min: int | float | date | None = None
    max: int | float | date | None = None
    above: int | float | date | None = None
    references: str | None = Field(default=None, pattern=r"^\w+\.\w+$")
    is_pattern: bool = False
    is_python_pattern: bool = False
    is_list: bool = False

    def members(self, value: Any) -> list[Any]:  # noqa: ANN401
        """The values to look up: those of the list, or the value itself."""
        return value.split("|") if self.is_list else [value]


class SeedMeta(BaseModel):
    """The rules that the rows of a seed keep among themselves.

    Attributes:
        valid_per: Columns; rows with equal values there are never valid at the same time. Without
            any column no two rows are.
        is_gapless: On every day a row of each key is valid.
        unique: Lists of columns; no two rows have equal values in all columns of a list.
        touches: A query of the leads that rows concern, over the tables of the former build and
            `changed_rows`: the rows that changed, with the days on which they did. `nobody` where
            only tables that are built whole every night read the seed. Without it a changed row
            makes the night a full refresh.
        touches_activities: A query of the activities that are something else by the changed rows.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    valid_per: tuple[str, ...] | None = None
    is_gapless: bool = False
    unique: tuple[tuple[str, ...], ...] = ()
    touches: str | None = None
    touches_activities: str | None = None


class _ColumnConfig(_Declared):
    meta: ColumnMeta = ColumnMeta()


class _SeedConfig(_Declared):
    column_types: dict[str, str] = Field(default_factory=dict)
    meta: SeedMeta = SeedMeta()


class Column(_Declared):
    """A column of a seed."""

    name: str
    description: str = Field(min_length=1)
    data_type: DataType
    config: _ColumnConfig = _ColumnConfig()

    @property
    def meta(self) -> ColumnMeta:
        """The rules of its values."""
        return self.config.meta


class Seed(_Declared):
    """A seed: its columns, its rules and its file."""

    name: str
    description: str = Field(min_length=1)
    columns: tuple[Column, ...]
    config: _SeedConfig = _SeedConfig()
    declared_in: str = ""

    @property
    def meta(self) -> SeedMeta:
        """The rules of its rows."""
        return self.config.meta

    @property
    def file(self) -> str:
        """The CSV, relative to the project's root."""
        return f"{Path(self.declared_in).parent.as_posix()}/{self.name}.csv"

    def column(self, name: str) -> Column | None:
        """The column of that name, if there is one."""
        return next((column for column in self.columns if column.name == name), None)


def load_declarations(root: Path) -> dict[str, Seed]:
    """Read what all seeds declare.

    Args:
        root: The project's root, which holds `seeds/`.

    Returns:
        The seeds by name.

    Raises:
        LeadsError: A declaration is no YAML, lacks something, or declares what cannot be meant.
    """
    seeds: dict[str, Seed] = {}
    problems: list[Problem] = []
    for path in sorted((root / "seeds").glob("*/_*__seeds.yml")):
        file = path.relative_to(root).as_posix()
        for seed in _read(path, file):
            if seed.name in seeds:
                problems.append(
                    Problem(file, f"seed {seed.name} is declared twice", "delete one of them")
                )
            seeds[seed.name] = seed
    for seed in seeds.values():
        problems.extend(_contradictions(seed, seeds))
    raise_problems(problems)
    return seeds


def _read(path: Path, file: str) -> list[Seed]:
    try:
        declared = read_yaml_text(path.read_text(encoding="utf-8")) or {}
        entries = declared.get("seeds", [])
        return [Seed.model_validate({**entry, "declared_in": file}) for entry in entries]
    except (yaml.YAMLError, AttributeError, TypeError) as error:
        raise LeadsError(
            f"not readable as a declaration of seeds: {' '.join(str(error).split())}",
            where=file,
            mend="write a list `seeds:` whose entries have a name, a description and columns",
        ) from error
    except ValidationError as error:
        flaw = error.errors()[0]
        place = ".".join(str(part) for part in flaw["loc"])
        raise LeadsError(
            f"{place}: {flaw['msg']} (there: {flaw['input']!r:.80})",
            where=file,
            mend="see orchestration/rules/declarations.py for what a seed may declare",
        ) from error


def _contradictions(seed: Seed, seeds: dict[str, Seed]) -> list[Problem]:
    """Declarations that name what is not there, or types that do not fit."""
    names = [column.name for column in seed.columns]
    named = [*(seed.meta.valid_per or ()), *(name for group in seed.meta.unique for name in group)]
    named += VALIDITY_COLUMNS if seed.meta.valid_per is not None else ()
    flaws = [
        (f"column {name} is declared twice", "delete one of them")
        for name in dict.fromkeys(name for name in names if names.count(name) > 1)
    ]
    flaws += [
        (f"its rules name a column {name}, which it lacks", "declare the column")
        for name in dict.fromkeys(name for name in named if name not in names)
    ]
    flaws += [
        (f"column_types names {name}, which is no column", "delete it there")
        for name in seed.config.column_types
        if name not in names
    ]
    for column in seed.columns:
        flaws += _column_flaws(column, seed.config.column_types.get(column.name), seeds)
    return [Problem(seed.declared_in, f"seed {seed.name}: {what}", mend) for what, mend in flaws]


def _column_flaws(
    column: Column, column_type: str | None, seeds: dict[str, Seed]
) -> Iterator[tuple[str, str]]:
    fitting = COLUMN_TYPES[column.data_type]
    if column_type not in fitting:
        what = f"column {column.name} of type {column.data_type} has the column_type {column_type}"
        yield what, f"write {column.name}: {fitting[0]} under column_types"
    meta = column.meta
    for value in (*meta.accepted, meta.min, meta.max, meta.above):
        if value is not None and type(value) not in PYTHON_TYPES[column.data_type]:
            yield (
                f"column {column.name} is {column.data_type}, which its bound {value!r} is not",
                "write a bound or an accepted value of that type",
            )
    if meta.references:
        name, _, referenced = meta.references.partition(".")
        if name not in seeds or seeds[name].column(referenced) is None:
            what = f"column {column.name} references {meta.references}, which is not declared"
            yield what, "name a seed and a column that exist"
