"""Pardot visitor activities: mails, forms, files, links, visits, events and deals in one table.

Types are the tool's documented numbers; what was mailed, filled or attended stands in ``details``.
"""

import numpy as np

from sample.shapes.pardot.deals import deal_ids
from sample.shapes.pardot.rows import FORM_AT, NAME, NAMES, Details, Kind, Rows, rows_of
from sample.shapes.pardot.shared import FIRST_CAMPAIGN, Org, mail_campaign
from sample.shapes.pardot.visits import FIRST_VIEW, Log, visit_ids, visitor_ids
from sample.shapes.site_log import FILES, OUTSIDE
from sample.store.arrow import Column, integers, text, times, words
from sample.world.arrays import Bools, Ints, happened, whole
from sample.world.kinds import FormKind
from sample.world.signals import KEY
from sample.world.site import FORMS

FIRST_LIST_EMAIL, FIRST_FORM, FIRST_HANDLER, FIRST_FILE = 583_001, 4_001, 9_001, 6_001
FIRST_ACTIVITY = 3_000_000_001
HANDLERS = np.array(["demo" in form.page or "contact" in form.page for form in FORMS])
LINK_SHARE = 0.05
FORM_VIEW_SHARE, FORM_ERROR_SHARE = 0.6, 0.04


def write_activities(org: Org, log: Log) -> None:
    """Write the visitor_activity table."""
    details = Details(org)
    parts = [
        *_mails(org, details),
        *_forms(org, details, log),
        *_links(org, details, log),
        *_events(org, details),
        *_deals(org, details),
        _visits(details, log),
    ]
    joined = Rows(
        **{name: np.concatenate([getattr(part, name) for part in parts]) for name in vars(parts[0])}
    )
    keep = _told(org, joined)
    rows = Rows(**{name: values[keep] for name, values in vars(joined).items()})
    _write(org, rows, details, log)


def _mails(org: Org, details: Details) -> list[Rows]:
    """Return sends, opens, clicks, bounces and opt-outs; deliveries the tool does not tell."""
    mails, template = org.desk.world.mails, org.desk.world.mails.template
    named, campaign = details.mail + template, mail_campaign(len(org.desk.frame.programmes))
    email, tracker = NAME["Email"], NAME["Email Tracker"]
    rows = [
        rows_of(mails.person, at, kind, email, named, mail=template, campaign=campaign)
        for at, kind in ((mails.at, Kind.SENT), (mails.bounced, Kind.BOUNCED),
                         (mails.unsubscribed, Kind.UNSUBSCRIBE))
    ]  # fmt: skip
    send = mails.open_send
    rows.append(
        rows_of(
            mails.person[send],
            mails.open_at,
            Kind.OPEN,
            email,
            named[send],
            mail=template[send],
            campaign=campaign,
            machine=mails.open_machine,
        )
    )
    send = mails.click_send
    rows.append(rows_of(mails.person[send], mails.click_at, Kind.CLICK, tracker,
                      details.link + mails.click_page, mail=template[send], campaign=campaign,
                      machine=mails.click_machine))  # fmt: skip
    return rows


def _forms(org: Org, details: Details, log: Log) -> list[Rows]:
    """Return filled forms, some seen or filled wrongly first, and the files they led to."""
    fills, rng = org.desk.world.fills, org.desk.rng("pardot forms")
    form = fills.form
    name = np.where(HANDLERS[form], NAME["Form Handler"], NAME["Form"])
    named, view = details.form + FORM_AT[form], _view_before(log, fills.person, fills.at)
    chance = rng.random(len(form))
    looked = np.flatnonzero((chance < FORM_VIEW_SHARE) & ~HANDLERS[form])
    failed = np.flatnonzero(chance > 1 - FORM_ERROR_SHARE)
    got = np.flatnonzero((fills.kind == FormKind.DOWNLOAD) & (rng.random(len(form)) < 0.7))
    opened = fills.at[got] + 10 + whole(rng.exponential(90.0, len(got)))
    file = rng.integers(0, len(FILES), len(got))
    return [
        rows_of(fills.person, fills.at, Kind.SUCCESS, name, named, form=form, view=view),
        rows_of(fills.person[looked], fills.at[looked] - 40, Kind.VIEW, name[looked], named[looked],
                form=form[looked], view=view[looked]),
        rows_of(fills.person[failed], fills.at[failed] - 15, Kind.ERROR, name[failed],
                named[failed], form=form[failed], view=view[failed]),
        rows_of(fills.person[got], opened, Kind.VIEW, NAME["File"], details.file + file),
    ]  # fmt: skip


def _view_before(log: Log, person: Ints, at: Ints) -> Ints:
    """Return the position of the newest view of each person before a moment, -1 without one."""
    known = np.flatnonzero(log.person >= 0)
    keys = log.person[known] * KEY + log.at[known]
    order = np.argsort(keys, kind="stable")
    place = np.searchsorted(keys[order], person * KEY + at) - 1
    if not len(known):
        return np.full(len(at), -1)
    found = known[order[np.maximum(place, 0)]]
    fits = (place >= 0) & (log.person[found] == person) & (at - log.at[found] < 3_600)
    return np.where(fits, found, -1)


def _links(org: Org, details: Details, log: Log) -> list[Rows]:
    """Return clicks on tracked links that lead elsewhere, and on files."""
    rng = org.desk.rng("pardot links")
    rows = np.flatnonzero((rng.random(len(log.at)) < LINK_SHARE) & (log.person >= 0))
    at = log.at[rows] + rng.integers(2, 60, len(rows))
    away = rng.random(len(rows)) < 0.7
    target = np.where(
        away,
        details.redirect + rng.integers(0, len(OUTSIDE), len(rows)),
        details.file + rng.integers(0, len(FILES), len(rows)),
    )
    name = np.where(away, NAME["Custom Redirect"], NAME["File"])
    kind = np.where(away, Kind.CLICK, Kind.VIEW)
    return [rows_of(log.person[rows], at, kind, name, target, view=log.view[rows])]


def _events(org: Org, details: Details) -> list[Rows]:
    """Return invitations, registrations and attendance; who stayed away the tool does not tell."""
    events, plan = org.desk.world.events, org.desk.frame.programmes
    online = plan.channel[events.programme] == 0
    name = np.where(online, NAME["Webinar"], NAME["Event"])
    named, campaign = details.programme + events.programme, FIRST_CAMPAIGN + events.programme
    registered = np.where(online, Kind.REGISTERED, Kind.EVENT_REGISTERED)
    attended = np.where(online, Kind.ATTENDED, Kind.CHECKED_IN)
    invited = np.where(online, events.invited, np.int64(2**60))
    return [
        rows_of(events.person, invited, Kind.INVITED, name, named, campaign=campaign),
        rows_of(events.person, events.registered, registered, name, named, campaign=campaign),
        rows_of(events.person, events.attended, attended, name, named, campaign=campaign),
        rows_of(
            events.person, events.on_demand, Kind.VIDEO, NAME["Video"], named, campaign=campaign
        ),
    ]


def _deals(org: Org, details: Details) -> list[Rows]:
    """Return the begin and end of deals on their openers' prospects."""
    del details
    deals = org.desk.world.deals
    own = np.flatnonzero(deals.opener >= 0)
    person, opened, closed = deals.opener[own], deals.opened[own], deals.closed[own]
    end = np.where(deals.won[own], Kind.WON, Kind.LOST)
    name = np.where(deals.won[own], NAME["Opportunity Won"], NAME["Opportunity Lost"])
    return [
        rows_of(person, opened, Kind.NEW_DEAL, NAME["New Opportunity"], -1, deal=own),
        rows_of(person, closed, end, name, -1, deal=own),
    ]


def _visits(details: Details, log: Log) -> Rows:
    """Return one row per visit, at its first view."""
    del details
    first = np.flatnonzero(np.r_[True, log.visit[1:] != log.visit[:-1]])
    first = first[log.person[first] >= 0]
    return rows_of(
        log.person[first], log.at[first], Kind.VISIT, NAME["Visit"], -1, view=log.view[first]
    )


def _told(org: Org, rows: Rows) -> Bools:
    """Tell which rows the tool holds: events also around a move, the rest while it looked."""
    is_event = np.isin(rows.name, (NAME["Webinar"], NAME["Event"], NAME["Video"]))
    around = org.tracking.tells(rows.person, rows.at) & (rows.at < org.desk.end)
    seen = np.where(is_event, around, org.saw(rows.person, rows.at))
    return np.asarray(seen & happened(rows.at), dtype=np.bool_)


def _write(org: Org, rows: Rows, details: Details, log: Log) -> None:
    """Write the table."""
    desk, size = org.desk, len(rows.at)
    rng = desk.rng("pardot records")
    view = np.maximum(rows.view, 0)
    on_site = rows.view >= 0
    is_form = rows.form >= 0
    handler = np.isin(rows.name, (NAME["Form Handler"],))
    file = rows.name == NAME["File"]
    ids = integers(org.numbers(FIRST_ACTIVITY, size))
    deal = deal_ids(desk.world.chunk, len(desk.world.deals))
    about = deal[np.maximum(rows.deal, 0)] if len(deal) else np.zeros(size, dtype=np.int64)
    columns: dict[str, Column] = {
        "id": ids,
        "prospect_id": integers(org.prospects(rng, rows.person, rows.at)),
        "visitor_id": integers(visitor_ids(org, log.visitor[view]), on_site),
        "visit_id": integers(visit_ids(org, log.visit[view]), on_site),
        "visitor_page_view_id": integers(
            org.numbers(FIRST_VIEW, len(log.at))[view], on_site & is_form
        ),
        "type": integers(rows.kind),
        "type_name": words(NAMES, rows.name),
        "details": words(details.texts, rows.detail),
        "campaign_id": integers(rows.campaign, rows.campaign >= 0),
        "email_id": integers(600_000_000 + rows.mail, rows.mail >= 0),
        "list_email_id": integers(FIRST_LIST_EMAIL + rows.mail, rows.mail >= 0),
        "form_id": integers(FIRST_FORM + FORM_AT[np.maximum(rows.form, 0)], is_form & ~handler),
        "form_handler_id": integers(
            FIRST_HANDLER + FORM_AT[np.maximum(rows.form, 0)], is_form & handler
        ),
        "file_id": integers(FIRST_FILE + rows.detail - details.file, file),
        "opportunity_id": integers(about, rows.deal >= 0),
        "landing_page_id": text([None] * size),
        "created_at": times(rows.at),
    }
    desk.put(("pardot", "visitor_activity"), columns, rows.at, time="created_at")
    desk.tell_machines("pardot", "visitor_activity", ids, rows.machine)
