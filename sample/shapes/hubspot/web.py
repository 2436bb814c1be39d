"""HubSpot forms, submissions and page views."""

import numpy as np

from sample.shapes.hubspot.shared import Portal, in_portal
from sample.shapes.site_log import AGENTS, HOST, REFERRERS, network_addresses, spellings, variants
from sample.store.arrow import integers, pa, same, text, times, uuids, words
from sample.world.arrays import DAY
from sample.world.site import FORMS, PAGE_AT

FORM_NAMES = tuple(dict.fromkeys(form.name for form in FORMS))
FORM_AT = np.array([FORM_NAMES.index(form.name) for form in FORMS])
FIRST_PAGE = 88_000_001


def write_web(portal: Portal) -> None:
    """Write contact_page_view and contact_form_submission."""
    _write_views(portal)
    _write_submissions(portal)


def _write_views(portal: Portal) -> None:
    """Write page views in the spelling variants real logs hold."""
    desk, views = portal.desk, portal.desk.world.views
    rng = desk.rng("hubspot views")
    seen = portal.saw(views.person, views.at)
    person, at, page = views.person[seen], views.at[seen], views.page[seen]
    by_mail = views.mail_run[seen] >= 0
    code = variants(rng, page, by_mail)
    _, urls, _ = spellings("_hsenc=p2ANqtz-8f&_hsmi=4711")
    came_from = np.where(
        rng.random(len(page)) < 0.35, rng.integers(0, len(REFERRERS), len(page)), -1
    )
    columns = {
        "id": uuids(portal.numbers(0, len(page)), "hubspot page view"),
        "contact_id": integers(portal.contacts(rng, person, at)),
        "timestamp": times(at, "ms"),
        "page_id": integers(FIRST_PAGE + page),
        "page_url": words(urls, code),
        "referrer": words(REFERRERS, np.where(by_mail, -1, came_from)),
        "ip_address": network_addresses(desk, person),
        "user_agent": words(AGENTS, desk.world.people.number[person] * 7 % len(AGENTS)),
        "portal_id": in_portal(len(page)),
    }
    desk.put(("hubspot", "contact_page_view"), columns, at, time="timestamp")


def _write_submissions(portal: Portal) -> None:
    """Write submitted forms; the title is the form's."""
    desk, fills = portal.desk, portal.desk.world.fills
    rng = desk.rng("hubspot forms")
    seen = portal.saw(fills.person, fills.at)
    person, at, form = fills.person[seen], fills.at[seen], fills.form[seen]
    page = np.array([PAGE_AT[entry.page] for entry in FORMS])[form]
    _, urls, _ = spellings("")
    code = variants(rng, page, np.zeros(len(page), dtype=np.bool_))
    columns = {
        "conversion_id": uuids(portal.numbers(0, len(form)), "hubspot conversion"),
        "contact_id": integers(portal.contacts(rng, person, at)),
        "form_id": words(_form_ids(), FORM_AT[form]),
        "timestamp": times(at, "ms"),
        "page_id": integers(FIRST_PAGE + page),
        "page_url": words(urls, code),
        "portal_id": in_portal(len(form)),
        "title": words(FORM_NAMES, FORM_AT[form]),
    }
    name = ("hubspot", "contact_form_submission")
    desk.put(name, columns, at, key="contact_id", time="timestamp")


def _form_ids() -> list[str]:
    """Return the id of each form."""
    found: list[str] = uuids(np.arange(len(FORM_NAMES)), "hubspot form").to_pylist()
    return found


def write_forms(portal: Portal) -> None:
    """Write the form table."""
    size = len(FORM_NAMES)
    at = np.full(size, portal.desk.frame.spec.start_seconds - 30 * DAY)
    columns = {
        "guid": pa.array(_form_ids()),
        "name": text(FORM_NAMES),
        "action": same(None, size),
        "method": same("POST", size),
        "form_type": same("HUBSPOT", size),
        "redirect": same(f"https://{HOST}/thanks", size),
        "portal_id": in_portal(size),
        "created_at": times(at, "ms"),
        "updated_at": times(at, "ms"),
    }
    portal.desk.put(("hubspot", "form"), columns, at, key="guid", time="created_at")
