"""Rows of visitor activities before they are written: types, names of types, and details."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from sample.shapes.pardot.shared import Org
from sample.shapes.site_log import FILES, MAIL_LINKS, OUTSIDE
from sample.world.arrays import Bools, Ints
from sample.world.site import FORMS


class Kind(IntEnum):
    """Types of activities: the tool's documented numbers."""

    CLICK = 1
    VIEW = 2
    ERROR = 3
    SUCCESS = 4
    SENT = 6
    NEW_DEAL = 8
    WON = 9
    LOST = 10
    OPEN = 11
    UNSUBSCRIBE = 12
    BOUNCED = 13
    VISIT = 20
    INVITED = 23
    ATTENDED = 24
    REGISTERED = 25
    VIDEO = 27
    EVENT_REGISTERED = 28
    CHECKED_IN = 29


NAMES = (
    "Email", "Email Tracker", "Form", "Form Handler", "File", "Custom Redirect", "Visit", "Webinar",
    "Event", "Video", "New Opportunity", "Opportunity Won", "Opportunity Lost",
)  # fmt: skip
NAME = {name: index for index, name in enumerate(NAMES)}
FORM_NAMES = tuple(dict.fromkeys(form.name for form in FORMS))
FORM_AT = np.array([FORM_NAMES.index(form.name) for form in FORMS])


@dataclass
class Rows:
    """Activities of one kind; numbers of what they are about are -1 where there is nothing."""

    person: Ints
    at: Ints
    kind: Ints
    name: Ints
    detail: Ints
    mail: Ints
    form: Ints
    campaign: Ints
    deal: Ints
    view: Ints
    machine: Bools


class Details:
    """The texts of all details in one vocabulary, and where each kind of them begins."""

    def __init__(self, org: Org) -> None:
        """Lay out the vocabulary."""
        frame = org.desk.frame
        self.texts: list[str] = []
        self.mail = self._add(frame.runs.template)
        self.link = self._add(MAIL_LINKS)
        self.form = self._add(FORM_NAMES)
        self.file = self._add([*(entry.rsplit("/", 1)[-1] for entry in FILES)])
        self.redirect = self._add(OUTSIDE)
        self.programme = self._add(frame.programmes.name)

    def _add(self, values: list[str] | tuple[str, ...]) -> int:
        """Append texts and return where they begin."""
        begin = len(self.texts)
        self.texts.extend(values)
        return begin


def rows_of(
    person: Ints, at: Ints, kind: Ints | int, name: Ints | int, detail: Ints | int, *,
    mail: Ints | int = -1, form: Ints | int = -1, campaign: Ints | int = -1,
    deal: Ints | int = -1, view: Ints | int = -1, machine: Bools | bool = False,
) -> Rows:  # fmt: skip
    """Build rows, filling single values up."""

    def column(value: Ints | int) -> Ints:
        return np.broadcast_to(np.asarray(value, dtype=np.int64), len(at))

    flag = np.broadcast_to(np.asarray(machine, dtype=np.bool_), len(at))
    return Rows(
        person, at, column(kind), column(name), column(detail), column(mail), column(form),
        column(campaign), column(deal), column(view), flag,
    )  # fmt: skip
