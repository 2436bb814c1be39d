"""Earlier versions of records that changed: some of them landed before the newest one."""

import numpy as np

from sample.world.arrays import DAY, HOUR, Bools, Ints, Rng

FRESH_DAYS = 45
EARLIER_VERSION_SHARE = 0.15


def earlier(rng: Rng, created: Ints, changed: Ints, end: int) -> Ints:
    """Choose the records whose first version landed too.

    All that changed in the last weeks are chosen, so that a reader who looks night by night knows
    a record before it changes; of the older ones only a share.
    """
    fresh = changed > end - FRESH_DAYS * DAY
    chosen = fresh | (rng.random(len(created)) < EARLIER_VERSION_SHARE)
    return np.flatnonzero(chosen & (changed > created + HOUR))


def with_earlier(rng: Rng, created: Ints, changed: Ints, end: int) -> tuple[Ints, Bools]:
    """Return which record each row is about, and which rows are first versions."""
    early = earlier(rng, created, changed, end)
    row = np.concatenate([early, np.arange(len(created))])
    return row, np.arange(len(row)) < len(early)
