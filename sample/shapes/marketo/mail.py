"""Marketo mail activities."""

import numpy as np

from sample.shapes.desk import Desk
from sample.shapes.marketo.shared import Numbers
from sample.shapes.site_log import ALL_AGENTS, MAIL_LINKS, MOBILE, mail_agents
from sample.store.arrow import Column, flags, integers, same, words
from sample.world.arrays import Bools, Ints, Rng, happened

BOUNCES = (
    "550 5.1.1 user unknown", "554 5.4.7 [internal] message expired in queue",
    "452 4.2.2 mailbox full", "550 [internal] [oob] The message was blocked by the receiver.",
)  # fmt: skip
FIRST_CAMPAIGN = 3000
FIRST_STEP_CAMPAIGN = 2900
FIRST_TEMPLATE = 500


def write_mail(desk: Desk, numbers: Numbers) -> None:
    """Write sends, deliveries, bounces, opens, clicks and opt-outs."""
    mails, rng = desk.world.mails, desk.rng("mails")
    send = np.arange(len(mails.at))
    none = np.full(len(send), -1)
    _write(desk, numbers, rng, "send_email", 6, send, mails.at)
    _write(desk, numbers, rng, "email_delivered", 7, send, mails.delivered)
    _write(desk, numbers, rng, "email_bounced", 8, send, mails.bounced)
    _write(desk, numbers, rng, "unsubscribe_email", 9, send, mails.unsubscribed, agent=none)
    owner = mails.person[mails.open_send]
    agent = mail_agents(desk, owner, mails.open_machine, clicks=False)
    _write(desk, numbers, rng, "open_email", 10, mails.open_send, mails.open_at,
           agent=agent, machine=mails.open_machine)  # fmt: skip
    owner = mails.person[mails.click_send]
    agent = mail_agents(desk, owner, mails.click_machine, clicks=True)
    _write(desk, numbers, rng, "click_email", 11, mails.click_send, mails.click_at,
           agent=agent, machine=mails.click_machine, page=mails.click_page)  # fmt: skip


def _write(
    desk: Desk, numbers: Numbers, rng: Rng, name: str, kind: int, send: Ints, at: Ints, *,
    agent: Ints | None = None, machine: Bools | None = None, page: Ints | None = None,
) -> None:  # fmt: skip
    """Write one mail activity table."""
    mails = desk.world.mails
    person = mails.person[send]
    seen = np.flatnonzero(happened(at) & numbers.visible(person, at))
    template, run = mails.template[send[seen]], mails.run[send[seen]]
    size = len(seen)
    columns: dict[str, Column] = {
        **numbers.common(rng, kind, person[seen], at[seen]),
        "campaign_id": integers(campaign_of(template, len(desk.frame.runs))),
        "campaign_run_id": integers(100 + run),
        "email_template_id": integers(FIRST_TEMPLATE + template),
        "primary_attribute_value": words(desk.frame.runs.template, template),
        "primary_attribute_value_id": integers(FIRST_TEMPLATE + template),
        "step_id": integers(1000 + template),
        "choice_number": integers(np.zeros(size, dtype=np.int64)),
    }
    if agent is not None:
        columns["user_agent"] = words(ALL_AGENTS, agent[seen])
        columns["is_mobile_device"] = flags(agent[seen] == MOBILE)
    if page is not None:
        columns["link"] = words(MAIL_LINKS, page[seen])
    if name == "email_bounced":
        columns["details"] = words(BOUNCES, person[seen] % len(BOUNCES))
        columns["category"] = integers(np.where(person[seen] % len(BOUNCES) == 2, 3, 1))
    if name == "send_email":
        columns["action_result"] = same("succeeded", size)
    table = f"activity_{name}"
    if machine is not None:
        desk.tell_machines("marketo", table, columns["id"], machine[seen])
    desk.put(("marketo", table), columns, at[seen], time="activity_date")


def campaign_of(template: Ints, runs: int) -> Ints:
    """Return the campaign of each mail: one per run, one per step mail."""
    return np.where(
        template < runs, FIRST_CAMPAIGN + template, FIRST_STEP_CAMPAIGN + template - runs
    )
