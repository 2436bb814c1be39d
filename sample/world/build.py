"""Put one chunk of the world together."""

from dataclasses import dataclass, replace

import numpy as np

from sample.spec import SampleSpec
from sample.world.arrays import HOUR, Floats, Ints, Rng, happened, stream
from sample.world.campaigns import Runs, make_runs
from sample.world.clock import Calendar, calendar
from sample.world.companies import Companies, make_companies
from sample.world.deals import Deals, make_deals
from sample.world.events import Participations, Programmes, make_programmes, take_part
from sample.world.forms import Answers, Fills, fill_forms, registrations, state_needs
from sample.world.journey import Handoffs, hand_over
from sample.world.mail import MailLog, send_mails
from sample.world.meetings import Meetings, plan_meetings
from sample.world.noise import Apart, keep_apart, with_namesakes
from sample.world.people import ORIGINS, People, make_people, place_people
from sample.world.records import Records, keep_records
from sample.world.signals import find_signals
from sample.world.site import FORMS, PAGE_AT
from sample.world.staff import Staff, make_staff
from sample.world.touches import Touches, log_touches
from sample.world.visits import Views, browse, read

# Forms, answers and sales touches come to some 13 rows a person however much else is asked for.
FIXED_ROWS = 13.0
LEAST_SHARE = 0.35
VIEWS_PER_ROW = 0.42
RUNS_PER_ROW = 0.70
COMPANIES_PER_LEAD = 0.4


@dataclass(frozen=True)
class Frame:
    """What all chunks share."""

    spec: SampleSpec
    cal: Calendar
    staff: Staff
    runs: Runs
    programmes: Programmes


@dataclass(frozen=True)
class World:
    """One chunk of the simulated organisation."""

    chunk: int
    people: People
    firms: Companies
    fills: Fills
    answers: Answers
    events: Participations
    views: Views
    mails: MailLog
    handoffs: Handoffs
    deals: Deals
    touches: Touches
    meetings: Meetings
    records: Records
    apart: Apart


def scalable_rows(spec: SampleSpec) -> float:
    """Return the rows per person that page views and mails must make up."""
    return max(spec.activities_per_lead - FIXED_ROWS, LEAST_SHARE * spec.activities_per_lead)


def make_frame(spec: SampleSpec) -> Frame:
    """Make staff, calendar, mail runs and events once."""
    start, end = spec.start_seconds, spec.end_seconds
    cal = calendar(start, end)
    count = max(6, round(RUNS_PER_ROW * scalable_rows(spec)))
    return Frame(
        spec=spec,
        cal=cal,
        staff=make_staff(spec.seed, spec.leads),
        runs=make_runs(spec.seed, cal, start, end, count),
        programmes=_told_somewhere(make_programmes(spec.seed, cal, start, end), spec),
    )


def _told_somewhere(programmes: Programmes, spec: SampleSpec) -> Programmes:
    """Let the CRM tell of every event where no marketing tool that has programmes is written."""
    if set(spec.connectors) & {"marketo", "pardot"}:
        return programmes
    return replace(programmes, mirrored=np.ones(len(programmes), dtype=np.bool_))


def make_world(frame: Frame, chunk: int) -> World:
    """Simulate one chunk of people from first contact to today."""
    spec, cal = frame.spec, frame.cal
    start, end = spec.start_seconds, spec.end_seconds
    first = chunk * spec.chunk_leads
    size = min(spec.chunk_leads, spec.leads - first)

    def rng(topic: str) -> Rng:
        return stream(spec.seed, topic, chunk)

    group, company, firm_count = place_people(rng("places"), size)
    base = chunk * round(spec.chunk_leads * COMPANIES_PER_LEAD)
    firms = make_companies(rng("companies"), base, firm_count, start, end)
    people = make_people(rng("people"), cal, first, (group, company), firms, np.array([start, end]))
    people = with_namesakes(rng("namesakes"), people, spec.noise)
    fills = fill_forms(rng("forms"), cal, people, end)
    volume = spec.activities_per_lead / 100
    events = take_part(rng("events"), people, frame.programmes, volume, end)
    fills = _with_registrations(rng("registrations"), people, events, fills)
    answers = state_needs(rng("answers"), people, fills, firms.funded[company])
    visits = browse(rng("visits"), cal, people, scalable_rows(spec) * VIEWS_PER_ROW, end)
    mails = send_mails(rng("mails"), people, firms, frame.runs, fills, end)
    views = _all_views(people, visits, fills, mails, end)
    signals = find_signals(rng("signals"), people, fills, events, views)
    handoffs = hand_over(rng("hand-overs"), cal, people, firms, frame.staff, signals, end)
    deals = make_deals(rng("deals"), cal, people, firms, handoffs, end)
    touches = log_touches(rng("touches"), cal, people, frame.staff, handoffs, deals, mails, end)
    meetings = plan_meetings(rng("meetings"), cal, handoffs, deals, end)
    records = keep_records(rng("records"), people, handoffs, deals, touches, meetings, end)
    records, apart = keep_apart(rng("apart"), records, spec.noise)
    after = _after_meetings(rng("after"), people, handoffs)
    views = _tracked(people, Views.join([views, after]), end)
    return World(
        chunk, people, firms, fills, answers, events, views, mails, handoffs, deals, touches,
        meetings, records, apart,
    )  # fmt: skip


def _with_registrations(rng: Rng, people: People, events: Participations, fills: Fills) -> Fills:
    """Add the forms people registered with, and forget forms of people known only by card."""
    signed = np.flatnonzero(happened(events.registered) & events.by_form)
    extra = registrations(rng, events.person[signed], events.registered[signed])
    person = np.concatenate([fills.person, extra.person])
    at = np.concatenate([fills.at, extra.at])
    form = np.concatenate([fills.form, extra.form])
    online = people.origin[person] != ORIGINS.index("card")
    order = np.lexsort((form, at, person))
    order = order[online[order]]
    return Fills(person[order], at[order], form[order])


def _all_views(people: People, visits: Views, fills: Fills, mails: MailLog, end: int) -> Views:
    """Join own visits, the pages forms stand on, and the pages mail links lead to."""
    form_page = np.array([PAGE_AT[form.page] for form in FORMS], dtype=np.int64)
    on_form = Views(fills.person, fills.at - 45, form_page[fills.form], np.full(len(fills.at), -1))
    clicked = np.flatnonzero(~mails.click_machine)
    send = mails.click_send[clicked]
    by_mail = Views(
        mails.person[send],
        mails.click_at[clicked] + 1,
        mails.click_page[clicked],
        mails.run[send],
    )
    on_form = on_form.where(on_form.at >= people.created[on_form.person])
    return _tracked(people, Views.join([visits, on_form, by_mail]), end)


def _after_meetings(rng: Rng, people: People, handoffs: Handoffs) -> Views:
    """Let people read again after a good meeting; those who were ignored do not come back."""
    met = np.flatnonzero(happened(handoffs.meeting) & handoffs.held)
    met = np.repeat(met, rng.poisson(0.9, len(met)))
    wait: Floats = rng.exponential(60.0, len(met)) * HOUR
    at: Ints = handoffs.meeting[met] + 2 * HOUR + wait.astype(np.int64)
    return read(rng, people, handoffs.person[met], at, np.ones(len(met), dtype=np.bool_))


def _tracked(people: People, views: Views, end: int) -> Views:
    """Keep the views a marketing tool can see: of people known to it, up to now."""
    online = people.origin[views.person] != ORIGINS.index("card")
    return views.where(online & (views.at < end))
