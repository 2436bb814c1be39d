"""Marketo web behaviour: page views, forms and link clicks."""

import json

import numpy as np

from sample.shapes.desk import Desk
from sample.shapes.marketo.shared import Numbers
from sample.shapes.site_log import (
    AGENTS,
    FILES,
    FROM_MAIL,
    OUTSIDE,
    REFERRERS,
    network_addresses,
    spellings,
    variants,
)  # fmt: skip
from sample.shapes.stated import BUDGETS, MONTHS
from sample.store.arrow import integers, words
from sample.world.arrays import Ints, Rng, whole
from sample.world.kinds import FormKind
from sample.world.site import FORMS, PAGE_AT

MAIL_QUERY = "mkt_tok=OTAyLVpYQy0xMjM"


def write_web(desk: Desk, numbers: Numbers) -> None:
    """Write page views, forms and link clicks."""
    _write_views(desk, numbers)
    _write_forms(desk, numbers)
    _write_links(desk, numbers)


def _write_views(desk: Desk, numbers: Numbers) -> None:
    """Write page views in the spelling variants real logs hold."""
    views, rng = desk.world.views, desk.rng("views")
    seen = numbers.visible(views.person, views.at)
    person, at, page = views.person[seen], views.at[seen], views.page[seen]
    by_mail = views.mail_run[seen] >= 0
    code = variants(rng, page, by_mail)
    variant = code % (FROM_MAIL + 1)
    paths, urls, queries = spellings(MAIL_QUERY)
    came_from = np.where(
        rng.random(len(page)) < 0.35, rng.integers(0, len(REFERRERS), len(page)), -1
    )
    columns = {
        **numbers.common(rng, 1, person, at),
        "primary_attribute_value": words(urls, code),
        "webpage_id": integers(page + 2000),
        "webpage_url": words(paths, code),
        "query_parameters": words(
            queries, np.where(np.isin(variant, (4, 7, FROM_MAIL)), variant, -1)
        ),
        "referrer_url": words(REFERRERS, np.where(by_mail, -1, came_from)),
        "client_ip_address": network_addresses(desk, person),
        "user_agent": words(AGENTS, desk.world.people.number[person] * 7 % len(AGENTS)),
    }
    desk.put(("marketo", "activity_visit_webpage"), columns, at, time="activity_date")


def _write_forms(desk: Desk, numbers: Numbers) -> None:
    """Write filled forms; the answers stand in the form fields as JSON."""
    fills, rng = desk.world.fills, desk.rng("forms")
    seen = numbers.visible(fills.person, fills.at)
    person, at, form = fills.person[seen], fills.at[seen], fills.form[seen]
    pages = [PAGE_AT[entry.page] for entry in FORMS]
    paths, urls, _ = spellings(MAIL_QUERY)
    code = np.asarray(pages)[form] * (FROM_MAIL + 1)
    code += np.where(rng.random(len(form)) < 0.15, 2, 0)
    answered, vocabulary = _form_fields(desk, fills.person[seen], fills.at[seen])
    names = [entry.name for entry in FORMS]
    columns = {
        **numbers.common(rng, 2, person, at),
        "primary_attribute_value": words(names, form),
        "webform_id": integers(1000 + form),
        "webpage_id": integers(np.asarray(pages)[form] + 2000),
        "webpage_url": words(paths, code),
        "form_fields": words(vocabulary, answered),
        "query_parameters": words([""], np.full(len(form), -1)),
        "referrer_url": words(urls, np.where(rng.random(len(form)) < 0.5, code, -1)),
        "client_ip_address": network_addresses(desk, person),
        "user_agent": words(AGENTS, desk.world.people.number[person] * 7 % len(AGENTS)),
    }
    desk.put(("marketo", "activity_fill_out_form"), columns, at, time="activity_date")


def _form_fields(desk: Desk, person: Ints, at: Ints) -> tuple[Ints, list[str]]:
    """Return the form fields of each form as a code and the texts behind the codes."""
    said = {}
    stated = desk.statements
    columns = zip(
        stated.person.tolist(), stated.at.tolist(), stated.codes[0].tolist(),
        stated.codes[1].tolist(), strict=True,
    )  # fmt: skip
    for who, when, months, budget in columns:
        said[who, when] = (months, budget)
    texts: dict[tuple[int, int], int] = {(-1, -1): 0}
    codes = [
        texts.setdefault(said.get(key, (-1, -1)), len(texts))
        for key in zip(person.tolist(), at.tolist(), strict=True)
    ]
    vocabulary = []
    for months, budget in texts:
        answers = {"privacy": "agree"}
        if months >= 0:
            answers["purchase_timeline"] = MONTHS[months]
        if budget >= 0:
            answers["budget"] = BUDGETS[budget]
        vocabulary.append(json.dumps(answers, ensure_ascii=False))
    return np.asarray(codes, dtype=np.int64), vocabulary


def _write_links(desk: Desk, numbers: Numbers) -> None:
    """Write clicks on files after a download, on files alone, and on links elsewhere."""
    fills, views, rng = desk.world.fills, desk.world.views, desk.rng("links")
    person, at, link = _file_clicks(rng, fills.person, fills.at, fills.kind)
    other = np.flatnonzero(rng.random(len(views.at)) < 0.05)
    target = rng.integers(0, len(FILES) + len(OUTSIDE), len(other))
    target = np.where(rng.random(len(other)) < 0.7, len(FILES) + target % len(OUTSIDE), target)
    person = np.concatenate([person, views.person[other]])
    at = np.concatenate([at, views.at[other] + rng.integers(2, 60, len(other))])
    link = np.concatenate([link, target])
    seen = numbers.visible(person, at)
    person, at, link = person[seen], at[seen], link[seen]
    columns = {
        **numbers.common(rng, 3, person, at),
        "primary_attribute_value": words([*FILES, *OUTSIDE], link),
        "link": words([*FILES, *OUTSIDE], link),
        "referrer_url": words(REFERRERS, np.full(len(link), len(REFERRERS) - 1)),
        "client_ip_address": network_addresses(desk, person),
        "user_agent": words(AGENTS, desk.world.people.number[person] * 7 % len(AGENTS)),
    }
    desk.put(("marketo", "activity_click_link"), columns, at, time="activity_date")


def _file_clicks(rng: Rng, person: Ints, at: Ints, kind: Ints) -> tuple[Ints, Ints, Ints]:
    """Return the clicks on files that follow download forms."""
    got = np.flatnonzero((kind == FormKind.DOWNLOAD) & (rng.random(len(at)) < 0.7))
    wait = 10 + whole(rng.exponential(90.0, len(got)))
    return person[got], at[got] + wait, rng.integers(0, len(FILES), len(got))
