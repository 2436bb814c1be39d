"""The one kind of error a person is meant to read."""

from __future__ import annotations


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
