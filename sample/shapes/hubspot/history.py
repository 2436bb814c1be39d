"""The property history of HubSpot contacts; some property names are hashed, as in exports."""

import base64
import hashlib
from dataclasses import dataclass, field

import numpy as np

from sample.shapes.hubspot.progress import STAGES, STATUSES, Progress
from sample.shapes.hubspot.shared import Portal, owner_ids
from sample.shapes.stated import FIELDS, VOCABULARIES, changes
from sample.shapes.statuses import REASONS
from sample.shapes.typed import TITLE_WORDS
from sample.store.arrow import text, times, words
from sample.world.arrays import NEVER, Ints, happened

SOURCES = ("FORM", "CRM_UI", "CALCULATED", "INTEGRATION")
BY_FORM, BY_HAND, COMPUTED = 0, 1, 2
HASHED_NAMES = 12
HASHED_PER_RECORD = 0.8


def hashed(value: str) -> str:
    """Return text the way a masked export shows it."""
    return base64.b64encode(hashlib.md5(value.encode(), usedforsecurity=False).digest()).decode()


@dataclass
class _History:
    """Values of properties, gathered property by property."""

    names: list[str] = field(default_factory=list)
    values: list[str] = field(default_factory=list)
    parts: list[tuple[Ints, Ints, Ints, Ints, Ints]] = field(default_factory=list)

    def add(
        self, name: str, vocabulary: tuple[str, ...], person: Ints, at: Ints, code: Ints,
        source: int,
    ) -> None:  # fmt: skip
        """Add values of one property; codes are positions in its vocabulary."""
        begin, size = len(self.values), len(person)
        self.values.extend(vocabulary)
        column = np.full(size, len(self.names))
        self.names.append(name)
        self.parts.append((person, at, column, code + begin, np.full(size, source)))


def write_history(portal: Portal, progress: Progress) -> None:
    """Write contact_property_history."""
    desk, made = portal.desk, portal.tracking.made
    everybody = np.flatnonzero(happened(made))
    found = _History()
    found.add("lifecyclestage", STAGES, everybody, made[everybody], progress.begin[everybody],
              COMPUTED)  # fmt: skip
    stage = progress.stage
    found.add("lifecyclestage", STAGES, stage.person, stage.at, stage.new, COMPUTED)
    if portal.is_crm:
        _add_sales(portal, progress, found)
    for index, name in enumerate(FIELDS):
        said = changes(desk.statements, index, happened(made))
        found.add(name, VOCABULARIES[index], said.person, said.at, said.new, BY_FORM)
    risen = np.flatnonzero((desk.statements.promoted < NEVER) & happened(made))
    title = desk.world.people.title
    found.add("jobtitle", TITLE_WORDS, risen, made[risen], title[risen], BY_FORM)
    promoted = np.full(len(risen), len(TITLE_WORDS) - 1)
    found.add("jobtitle", TITLE_WORDS, risen, desk.statements.promoted[risen], promoted, BY_FORM)
    left = np.flatnonzero(happened(desk.world.mails.opted_out) & happened(made))
    opted = desk.world.mails.opted_out[left]
    found.add("hs_email_optout", ("true",), left, opted, np.zeros(len(left), dtype=np.int64),
              BY_HAND)  # fmt: skip
    _add_hashed(portal, found)
    _write(portal, found)


def _add_sales(portal: Portal, progress: Progress, found: _History) -> None:
    """Add what sales set: status, owner, reject reason."""
    made, staff = portal.tracking.made, portal.desk.frame.staff
    owners = tuple(str(number) for number in owner_ids(np.arange(len(staff.name))).tolist())
    new = np.flatnonzero(happened(made))
    zero = np.zeros(len(new), dtype=np.int64)
    found.add("hs_lead_status", STATUSES, new, made[new], zero, COMPUTED)
    found.add("hubspot_owner_id", owners, new, made[new], zero + staff.marketer, COMPUTED)
    for name, vocabulary, steps in (
        ("hs_lead_status", STATUSES, progress.status),
        ("hubspot_owner_id", owners, progress.owner),
        ("reject_reason", REASONS, progress.reason),
    ):
        found.add(name, vocabulary, steps.person, steps.at, steps.new, BY_HAND)


def _add_hashed(portal: Portal, found: _History) -> None:
    """Add values whose property nobody can tell any more."""
    desk, made = portal.desk, portal.tracking.made
    rng = desk.rng("hubspot hashed")
    known = np.flatnonzero(happened(made))
    person = np.repeat(known, rng.poisson(HASHED_PER_RECORD, len(known)))
    life = np.maximum(desk.end - made[person], 1)
    at = made[person] + (rng.random(len(person)) * life).astype(np.int64)
    kind = rng.integers(0, HASHED_NAMES, len(person))
    vocabulary = tuple(hashed(f"value {index}") for index in range(5))
    for index in range(HASHED_NAMES):
        rows = np.flatnonzero(kind == index)
        found.add(hashed(f"property {index}"), vocabulary, person[rows], at[rows],
                  at[rows] % len(vocabulary), COMPUTED)  # fmt: skip


def _write(portal: Portal, found: _History) -> None:
    """Write the table."""
    desk = portal.desk
    person, at, name, value, source = (
        np.concatenate([part[i] for part in found.parts]) for i in range(5)
    )
    rows = np.flatnonzero(portal.knew(person, at))
    person, at, name, value, source = (x[rows] for x in (person, at, name, value, source))
    columns = {
        "contact_id": words(_ids(portal), person),
        "timestamp": times(at, "ms"),
        "source": words(SOURCES, source),
        "source_id": text([None] * len(rows)),
        "name": words(found.names, name),
        "value": words(found.values, value),
    }
    table = ("hubspot", "contact_property_history")
    desk.put(table, columns, at, key="contact_id", time="timestamp")


def _ids(portal: Portal) -> list[str]:
    """Return the id of each person's first contact."""
    return [str(number) for number in portal.tracking.book.first.tolist()]
