"""Marketo merges, deletions and changed values."""

from collections.abc import Sequence

import numpy as np

from sample.shapes.desk import Desk
from sample.shapes.marketo.shared import Numbers
from sample.shapes.stated import VOCABULARIES, changes
from sample.shapes.typed import (
    TITLE_WORDS,
)
from sample.store.arrow import flags, integers, same, text, times
from sample.world.arrays import NEVER, Ints, happened

DISPLAY = ("Purchase Timeline", "Budget", "Stated Problem", "Decision Role")
NOISE_PER_RECORD = 1.2
Words = Sequence[str | None]


def write_merges(desk: Desk, numbers: Numbers) -> None:
    """Write merges; now and then a chain, now and then two losers at once."""
    extra, book = numbers.tracking.extra, numbers.tracking.book
    rows = np.flatnonzero(happened(extra.merged))
    parents = book.parents(extra)
    merges: dict[tuple[int, int], list[int]] = {}
    for winner_id, moment, loser in zip(
        parents[rows].tolist(),
        extra.merged[rows].tolist(),
        book.extra[rows].tolist(),
        strict=True,
    ):
        merges.setdefault((winner_id, moment), []).append(loser)
    winner = np.array([key[0] for key in merges], dtype=np.int64)
    at = np.array([key[1] for key in merges], dtype=np.int64)
    size = len(merges)
    columns = {
        "id": integers(numbers.activities(size)),
        "activity_date": times(at, "ms"),
        "activity_type_id": integers(np.full(size, 32)),
        "lead_id": integers(winner),
        "merge_ids": text([f"[{', '.join(map(str, losers))}]" for losers in merges.values()]),
        "master_updated": flags(at % 2 == 0),
        "merged_in_sales": flags(np.zeros(size, dtype=np.bool_)),
        "merge_source": same("leaddb", size),
        "primary_attribute_value": text([str(number) for number in winner.tolist()]),
    }
    desk.put(("marketo", "activity_merge_leads"), columns, at, time="activity_date")


def write_deletions(desk: Desk, numbers: Numbers) -> None:
    """Write deletions of people."""
    tracking = numbers.tracking
    deleted = tracking.deleted
    person = np.flatnonzero(happened(deleted) & happened(tracking.made))
    size, at = len(person), deleted[person]
    columns = {
        "id": integers(numbers.activities(size)),
        "activity_date": times(at, "ms"),
        "activity_type_id": integers(np.full(size, 29)),
        "lead_id": integers(tracking.book.first[person]),
        "campaign": same("本人依頼による削除", size),
        "primary_attribute_value": text([desk.texts.email[p] for p in person.tolist()]),
    }
    desk.put(("marketo", "activity_delete_lead"), columns, at, time="activity_date")


def write_changes(desk: Desk, numbers: Numbers) -> None:
    """Write changed values: answers, titles, opt-outs, and fields of no interest."""
    world, rng = desk.world, desk.rng("ma changes")
    size = len(world.people)
    known = happened(numbers.tracking.made)
    persons, moments, names, olds, news = [], [], [], [], []

    def add(
        person: Ints, at: Ints, name: str, old: list[str | None], new: list[str | None]
    ) -> None:
        persons.append(person)
        moments.append(at)
        names.extend([name] * len(person))
        olds.extend(old)
        news.extend(new)

    for index, vocabulary in enumerate(VOCABULARIES):
        change = changes(desk.statements, index, known)
        add(change.person, change.at, DISPLAY[index], _said(vocabulary, change.old),
            _said(vocabulary, change.new))  # fmt: skip
    risen = np.flatnonzero((desk.statements.promoted < NEVER) & known)
    before = [TITLE_WORDS[code] for code in world.people.title[risen].tolist()]
    add(
        risen,
        desk.statements.promoted[risen],
        "Job Title",
        list(before),
        [TITLE_WORDS[-1]] * len(risen),
    )
    left = np.flatnonzero(happened(world.mails.opted_out) & known)
    add(
        left,
        world.mails.opted_out[left],
        "Unsubscribed",
        ["false"] * len(left),
        ["true"] * len(left),
    )
    rate = NOISE_PER_RECORD * min(desk.frame.spec.activities_per_lead / 100, 2.0)
    noise = np.repeat(np.arange(size), rng.poisson(rate, size))
    life = desk.end - world.people.created[noise]
    at = world.people.created[noise] + (rng.random(len(noise)) * life).astype(np.int64)
    add(noise, at, "Data Status", [None] * len(noise), ["checked"] * len(noise))
    person, moment = np.concatenate(persons), np.concatenate(moments)
    seen = np.flatnonzero(numbers.visible(person, moment))
    columns = {
        **numbers.common(rng, 13, person[seen], moment[seen]),
        "primary_attribute_value": text([names[i] for i in seen.tolist()]),
        "old_value": text([olds[i] for i in seen.tolist()]),
        "new_value": text([news[i] for i in seen.tolist()]),
        "reason": same("Form fill", len(seen)),
    }
    desk.put(("marketo", "activity_change_data_value"), columns, moment[seen], time="activity_date")


def _said(vocabulary: tuple[str, ...], code: Ints) -> list[str | None]:
    """Return words for codes."""
    return [vocabulary[value] if value >= 0 else None for value in code.tolist()]
