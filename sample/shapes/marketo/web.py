"""Marketo web behaviour: page views, forms and link clicks."""

import json

import numpy as np

from sample.shapes.desk import Desk
from sample.shapes.marketo.shared import Numbers
from sample.shapes.stated import BUDGETS, MONTHS
from sample.store.arrow import Column, integers, words
from sample.world.arrays import Ints, Rng, pick, whole
from sample.world.kinds import Category, FormKind
from sample.world.site import FORMS, PAGE_AT, PAGES

HOST = "www.kumohashi.example"
# Path pattern, host pattern, query, share: the ways one page is asked for.
VARIANTS = (
    ("{path}", HOST, "", 60), ("{path}/", HOST, "", 8), ("/ja{path}", HOST, "", 9),
    ("/en{path}", HOST, "", 3), ("{path}", HOST, "utm_source=google&utm_medium=cpc", 8),
    ("{path}#section2", HOST, "", 4), ("{path}", "WWW.Kumohashi.Example", "", 4),
    ("/ja{path}/", HOST, "utm_source=newsletter&utm_medium=email", 4),
)  # fmt: skip
FROM_MAIL = len(VARIANTS)
REFERRERS = (
    "https://www.google.com/", "https://www.google.co.jp/", "https://search.yahoo.co.jp/",
    "https://www.bing.com/", "https://t.co/", f"https://{HOST}/",
)  # fmt: skip
AGENTS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/126.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/17.4 Safari/605.1.15",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (X11; Linux x64; rv:127.0) Gecko/20100101 Firefox/127.0",
)  # fmt: skip
ADDRESSES = tuple(f"198.18.{i // 256}.{i % 256}" for i in range(4096))
FILES = tuple(f"https://{HOST}/files/{page.path.rsplit('/', 1)[-1]}.pdf" for page in PAGES
              if page.category == Category.WHITEPAPER)  # fmt: skip
OUTSIDE = (
    "https://twitter.example/kumohashi",
    "https://maps.example/office",
    f"https://{HOST}/legal",
)


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
    variant = pick(rng, [entry[3] for entry in VARIANTS], len(page))
    variant = np.where(by_mail, FROM_MAIL, variant)
    code = page * (FROM_MAIL + 1) + variant
    paths, urls, queries = _spellings()
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
        "client_ip_address": _address(desk, person),
        "user_agent": words(AGENTS, desk.world.people.number[person] * 7 % len(AGENTS)),
    }
    desk.put(("marketo", "activity_visit_webpage"), columns, at, time="activity_date")


def _spellings() -> tuple[list[str], list[str], list[str]]:
    """Return paths and full addresses per page and variant, and queries per variant."""
    paths, urls = [], []
    patterns = [*VARIANTS, ("{path}", HOST, "mkt_tok=OTAyLVpYQy0xMjM", 0)]
    for page in PAGES:
        bare = page.path.rstrip("/")
        for pattern, host, query, _ in patterns:
            path = pattern.format(path=bare).replace("//", "/") or "/"
            paths.append(path)
            urls.append(f"https://{host}{path}" + (f"?{query}" if query else ""))
    return paths, urls, [entry[2] for entry in patterns]


def _address(desk: Desk, person: Ints) -> Column:
    """Return the network address of each person's company."""
    code = desk.world.firms.number[desk.world.people.company[person]] * 31
    code = (code + desk.world.people.number[person] % 3) % len(ADDRESSES)
    return words(ADDRESSES, code)


def _write_forms(desk: Desk, numbers: Numbers) -> None:
    """Write filled forms; the answers stand in the form fields as JSON."""
    fills, rng = desk.world.fills, desk.rng("forms")
    seen = numbers.visible(fills.person, fills.at)
    person, at, form = fills.person[seen], fills.at[seen], fills.form[seen]
    pages = [PAGE_AT[entry.page] for entry in FORMS]
    paths, urls, _ = _spellings()
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
        "client_ip_address": _address(desk, person),
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
        "client_ip_address": _address(desk, person),
        "user_agent": words(AGENTS, desk.world.people.number[person] * 7 % len(AGENTS)),
    }
    desk.put(("marketo", "activity_click_link"), columns, at, time="activity_date")


def _file_clicks(rng: Rng, person: Ints, at: Ints, kind: Ints) -> tuple[Ints, Ints, Ints]:
    """Return the clicks on files that follow download forms."""
    got = np.flatnonzero((kind == FormKind.DOWNLOAD) & (rng.random(len(at)) < 0.7))
    wait = 10 + whole(rng.exponential(90.0, len(got)))
    return person[got], at[got] + wait, rng.integers(0, len(FILES), len(got))
