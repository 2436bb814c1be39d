"""Mails the marketing team sends: templates, and the runs that send them to an audience."""

from dataclasses import dataclass

import numpy as np

from sample.world.arrays import DAY, HOUR, Ints, pick, stream
from sample.world.clock import Calendar
from sample.world.kinds import Category
from sample.world.site import PAGES
from sample.world.words import INDUSTRIES

STEPS = (
    "ステップメール1 課題の整理",
    "ステップメール2 進め方ガイド",
    "ステップメール3 導入事例のご紹介",
)
STEP_DAYS = (1, 4, 9)
TOPICS = ("newsletter", "invitation", "case", "price", "product")
TOPIC_WEIGHTS = (45, 22, 15, 6, 12)
TOPIC_PAGES = (
    (Category.BLOG, Category.WHITEPAPER, Category.BLOG),
    (Category.WEBINAR, Category.WEBINAR, Category.BLOG),
    (Category.CASE, Category.CASE, Category.PRODUCT),
    (Category.PRICING, Category.DEMO, Category.CONTACT),
    (Category.PRODUCT, Category.FAQ, Category.DOWNLOAD),
)
LABELS = ("メルマガ", "セミナーご案内", "導入事例のご紹介", "特別価格のご案内", "製品アップデート")
EVERYBODY_SHARE = 0.4
LINKS = 3


@dataclass(frozen=True)
class Runs:
    """Every mail run of the history; a step mail's template comes after the runs' own.

    Attributes:
        template: Name of each run's mail.
        topic: Position in ``TOPICS``.
        at: When it goes out.
        industry: Trade it is meant for, -1 for all.
        share: Part of the audience that gets it.
        links: Three pages each mail links to; step mails follow the runs.
    """

    template: list[str]
    topic: Ints
    at: Ints
    industry: Ints
    share: Ints
    links: Ints

    def __len__(self) -> int:
        """Return the number of runs."""
        return len(self.at)


def make_runs(seed: int, cal: Calendar, start: int, end: int, count: int) -> Runs:
    """Plan mail runs, evenly spread, on working mornings."""
    rng = stream(seed, "mail runs")
    day = cal.next_working[cal.day_of(start + np.arange(count) * ((end - start) // count))]
    at = cal.midnight(day) + rng.integers(8, 17, count) * HOUR + rng.integers(0, 1800, count)
    topic = pick(rng, TOPIC_WEIGHTS, count)
    targeted = (topic == TOPICS.index("case")) & (rng.random(count) < 0.7)
    industry = np.where(targeted, rng.integers(0, len(INDUSTRIES), count), -1)
    share = np.where(rng.random(count) < EVERYBODY_SHARE, 100, rng.integers(50, 80, count))
    names = [
        f"{LABELS[topic[i]]}_{np.datetime64(int(at[i]) + 9 * HOUR, 's').astype('datetime64[D]')}"
        + (f"_{INDUSTRIES[industry[i]][0]}" if industry[i] >= 0 else "")
        for i in range(count)
    ]
    topics = np.concatenate([topic, [0, 0, TOPICS.index("case")]])
    links = np.zeros((count + len(STEPS), LINKS), dtype=np.int64)
    for index, run_topic in enumerate(topics):
        for slot, category in enumerate(TOPIC_PAGES[run_topic]):
            options = [i for i, page in enumerate(PAGES) if page.category == category]
            links[index, slot] = options[int(rng.integers(0, len(options)))]
    return Runs([*names, *STEPS], topics, np.minimum(at, end - DAY), industry, share, links)
