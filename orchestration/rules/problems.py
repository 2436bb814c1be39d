"""What is wrong with a seed, and the one error that tells it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from orchestration.errors import LeadsError

PROBLEMS_TOLD = 10


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong in one place.

    Attributes:
        file: The file, relative to the project's root.
        what: What is wrong, with the offending value.
        mend: What to write instead.
        line: The line of the file on which the row starts (the header is line 1).
        column: The column.
    """

    file: str
    what: str
    mend: str
    line: int | None = None
    column: str | None = None

    @property
    def where(self) -> str:
        """The place as a person would look it up."""
        place = self.file
        if self.line is not None:
            place += f", row {self.line}"
        if self.column is not None:
            place += f", column {self.column}"
        return place


def raise_problems(problems: Sequence[Problem]) -> None:
    """Tell all problems in one error, the first `PROBLEMS_TOLD` of them in full.

    Args:
        problems: What was found, in the order in which it is told.

    Raises:
        LeadsError: There is at least one problem.
    """
    if not problems:
        return
    first = problems[0]
    if len(problems) == 1:
        raise LeadsError(first.what, where=first.where, mend=first.mend)
    told = [
        f"({number}) {problem.where}: {problem.what}, {problem.mend}"
        for number, problem in enumerate(problems[:PROBLEMS_TOLD], start=1)
    ]
    if len(problems) > PROBLEMS_TOLD:
        told.append(f"and {len(problems) - PROBLEMS_TOLD} more")
    raise LeadsError(
        f"{len(problems)} problems: {'; '.join(told)}",
        where=", ".join(dict.fromkeys(problem.file for problem in problems)),
        mend="correct these places one by one",
    )
