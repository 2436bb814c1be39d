"""Array types, the sentinel for what never happened, and seeded random streams."""

import zlib

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Rng = np.random.Generator

DAY = 86_400
HOUR = 3_600
NEVER = np.int64(2**60)


def stream(seed: int, topic: str, chunk: int = 0) -> Rng:
    """Return the random stream of one topic in one chunk; streams never share numbers."""
    return np.random.default_rng([seed, zlib.crc32(topic.encode()), chunk])


def pick(rng: Rng, weights: object, size: int) -> Ints:
    """Draw positions with the given weights."""
    shares = np.asarray(weights, dtype=np.float64)
    edges = np.cumsum(shares / shares.sum())
    edges[-1] = 1.0
    return np.searchsorted(edges, rng.random(size), side="right").astype(np.int64)


def pick_rows(rng: Rng, weights: Floats, row: Ints) -> Ints:
    """Draw a column for every entry, with the weights of that entry's row."""
    edges = np.cumsum(weights / weights.sum(axis=1, keepdims=True), axis=1)
    edges[:, -1] = 1.0
    drawn = rng.random(len(row))
    result = np.zeros(len(row), dtype=np.int64)
    for index in range(len(weights)):
        chosen = row == index
        result[chosen] = np.searchsorted(edges[index], drawn[chosen], side="right")
    return result


def happened(at: Ints) -> Bools:
    """Tell which moments are real."""
    return at < NEVER


def never(size: int) -> Ints:
    """Return moments that never came."""
    return np.full(size, NEVER, dtype=np.int64)


def whole(values: Floats | Ints) -> Ints:
    """Round seconds down to whole ones."""
    return np.asarray(values).astype(np.int64)


def sigmoid(values: Floats) -> Floats:
    """Map any number to 0 .. 1."""
    return np.asarray(1.0 / (1.0 + np.exp(-values)), dtype=np.float64)


def first_per(key: Ints, at: Ints, size: int) -> Ints:
    """Return the earliest moment per key, NEVER where there is none."""
    earliest = never(size)
    np.minimum.at(earliest, key, at)
    return earliest
