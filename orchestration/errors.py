"""The one kind of error a person is meant to read."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial


class LeadsError(Exception):
    """Something a person can mend: what is wrong, where, and how to mend it.

    Args:
        what: The problem, with the offending value.
        where: File, folder, table, seed row or variable.
        mend: What to do about it.
    """

    def __init__(self, what: str, *, where: str, mend: str) -> None:
        self.what = what
        self.where = where
        self.mend = mend
        super().__init__(f"{what} | where: {where} | mend: {mend}")

    def __reduce__(self) -> tuple[Callable[[], LeadsError], tuple[()]]:
        """Make it anew where it is sent from one process to another."""
        return partial(type(self), self.what, where=self.where, mend=self.mend), ()
