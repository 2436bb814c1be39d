"""Simulate chunk by chunk, write each, report."""

import logging
import shutil
import time
from collections.abc import Callable

import numpy as np

from sample.hidden import write_hidden, write_staff
from sample.shapes.desk import RECORD_ROOM, Desk
from sample.shapes.hubspot import write_hubspot
from sample.shapes.marketing import Crm
from sample.shapes.marketo import write_marketo
from sample.shapes.pardot import write_pardot
from sample.shapes.record_ids import number_records
from sample.shapes.salesforce import Ids, make_ids, write_salesforce
from sample.shapes.stated import put_in_words
from sample.shapes.texts import spell_people
from sample.shapes.tracking import Tracking, share_out, with_customers
from sample.spec import SampleError, SampleReport, SampleSpec
from sample.store.arrow import integers, pa, text
from sample.store.outlet import Dirt, Outlet
from sample.store.sink import Sink
from sample.store.truth import Truth
from sample.world.build import Frame, World, make_frame, make_world

LOG = logging.getLogger("sample")
FIRST_RECORDS = {"marketo": 1_000_001, "hubspot": 5_000_000_001, "pardot": 400_000_001}
OWN_FOLDERS = ("raw", "truth", "extra")
WRITERS: dict[str, Callable[[Desk, Crm], None]] = {
    "marketo": write_marketo,
    "hubspot": write_hubspot,
    "pardot": write_pardot,
}


def write_sample(spec: SampleSpec) -> SampleReport:
    """Write the sample organisation a spec asks for.

    Args:
        spec: What to write and where; earlier samples in that folder are replaced.

    Returns:
        The as-of moment and the rows written per table.

    Raises:
        SampleError: The folder cannot be written.
    """
    started = time.monotonic()
    _clear(spec)
    frame, sink, truth = make_frame(spec), Sink(spec), Truth(spec.out / "truth")
    chunks = -(-spec.leads // spec.chunk_leads)
    planted: list[Dirt] = []
    for chunk in range(chunks):
        planted += _write_chunk(frame, sink, truth, chunk)
        done = min((chunk + 1) * spec.chunk_leads, spec.leads)
        LOG.info(
            "%s of %s people, %s rows, %.0f s",
            f"{done:,}", f"{spec.leads:,}", f"{sum(sink.rows.values()):,}",
            time.monotonic() - started,
        )  # fmt: skip
    sink.close()
    truth.add("dirt", _dirt_table(planted))
    truth.close()
    return SampleReport(
        as_of=spec.as_of_text,
        rows=dict(sorted(sink.rows.items())),
        people=spec.leads,
        seconds=time.monotonic() - started,
        out=spec.out,
        extra_rows=dict(sorted(sink.extra_rows.items())),
    )


def _clear(spec: SampleSpec) -> None:
    """Remove an earlier sample, and only that, from the folder."""
    try:
        for name in OWN_FOLDERS:
            folder = spec.out / name
            if folder.exists():
                shutil.rmtree(folder)
        (spec.out / "raw").mkdir(parents=True)
    except OSError as error:
        what = f"{spec.out} cannot be written ({error.strerror})"
        mend = "give a folder this user may write to"
        raise SampleError(what, where="--out", mend=mend) from error


def _write_chunk(frame: Frame, sink: Sink, truth: Truth, chunk: int) -> list[Dirt]:
    """Simulate and write one chunk; return what dirt was planted."""
    world = make_world(frame, chunk)
    outlet = Outlet(frame.spec, sink, chunk)
    records, size = world.records, len(world.people)
    desk = Desk(
        frame=frame,
        world=world,
        texts=spell_people(world.people, world.firms),
        statements=put_in_words(
            outlet.rng("words"), world.people, world.answers, frame.spec.end_seconds
        ),
        tracking=_tracking(frame, world, outlet, chunk),
        crm_book=number_records(chunk * RECORD_ROOM, size, records.crm_extra),
        outlet=outlet,
        truth=truth,
    )
    ids = make_ids(desk)
    crm = _crm(desk, ids)
    if "salesforce" in frame.spec.connectors:
        write_salesforce(desk, ids)
    for tool in frame.spec.marketing_tools:
        WRITERS[tool](desk, crm)
    write_hidden(desk, ids)
    if chunk == 0:
        write_staff(desk, ids)
    return outlet.planted


def _tracking(frame: Frame, world: World, outlet: Outlet, chunk: int) -> dict[str, Tracking]:
    """Share the people of a chunk out over the marketing tools that are written."""
    spec, records = frame.spec, world.records
    bases = {tool: first + chunk * RECORD_ROOM for tool, first in FIRST_RECORDS.items()}
    span = (spec.start_seconds, spec.end_seconds)
    tracking = share_out(outlet.rng("tools"), spec.marketing_tools, bases, records, span)
    if spec.is_hubspot_the_crm:
        tracking["hubspot"] = with_customers(tracking["hubspot"], records, bases["hubspot"])
    return tracking


def _crm(desk: Desk, ids: Ids) -> Crm:
    """Return what Salesforce calls people and companies, nothing where it is not written."""
    if "salesforce" not in desk.frame.spec.connectors:
        nothing = [""] * len(desk.world.people)
        return Crm(nothing, nothing, nothing, [""] * len(desk.world.deals))
    company = desk.world.people.company.tolist()
    account = [ids.account[c] if ids.has_account[c] else "" for c in company]
    size = len(company)
    lead = [
        ids.lead[p] if at < desk.end else "" for p, at in enumerate(desk.world.records.lead[:size])
    ]
    return Crm(lead, ids.contact, account, ids.deal)


def _dirt_table(planted: list[Dirt]) -> object:
    """Return how many bad rows went into each table."""
    totals: dict[tuple[str, str, str], int] = {}
    for entry in planted:
        key = (entry.connector, entry.table, entry.kind)
        totals[key] = totals.get(key, 0) + entry.rows
    keys = sorted(totals)
    return pa.table(
        {
            "connector": text([key[0] for key in keys]),
            "table_name": text([key[1] for key in keys]),
            "kind": text([key[2] for key in keys]),
            "rows": integers(np.array([totals[key] for key in keys], dtype=np.int64)),
        }
    )
