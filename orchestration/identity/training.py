"""Estimates how telling each level of agreement is, for a person to review.

The m of a level is its share among pairs of one person, u that among pairs of two. Both come from
splink: u from random pairs, m by expectation maximisation over pairs that agree in something else.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from orchestration.errors import LeadsError
from orchestration.identity.comparisons import COMPARISONS, DIFFERENT, UNKNOWN, Comparison

RANDOM_PAIRS = 20_000_000
LEAST_RECORDS = 1_000
# No share is taken to be less: what was not seen once in so many pairs may yet be.
LEAST_SHARE = 0.000001
_SEED = 7
# Pairs that agree in these are mostly of one person; what they agree in teaches nothing of itself.
_TRAINING_BLOCKS = (("name_letters", "company_key"), ("phone",), ("name_letters", "title_key"))
_SIDE = re.compile(r"\b([lr])\.(\w+)")


@dataclass(frozen=True)
class Weight:
    """An estimate; None where the records show no such pair."""

    comparison: str
    level: str
    m: float | None
    u: float | None


def train(features: pa.Table, prior: float) -> list[Weight]:
    """Estimate m and u of all levels.

    Args:
        features: One row per person as far as ids and addresses tell, so that the pairs are of the
            kind that is judged; schema `FEATURES`.
        prior: Probability that two records taken at random are one person.

    Returns:
        One row per comparison and level, in their order.

    Raises:
        LeadsError: There are too few records to learn from.
    """
    if features.num_rows < LEAST_RECORDS:
        raise LeadsError(
            f"{features.num_rows:,} persons are too few to learn from",
            where="identity.match_features",
            mend=f"train on a warehouse of at least {LEAST_RECORDS:,}, or keep the shipped weights",
        )
    linker = splink_linker(features, prior)
    logging.getLogger("splink").setLevel(logging.ERROR)
    linker.training.estimate_u_using_random_sampling(max_pairs=RANDOM_PAIRS, seed=_SEED)
    for columns in _TRAINING_BLOCKS:
        from splink import block_on

        linker.training.estimate_parameters_using_expectation_maximisation(block_on(*columns))
    return list(_weights(linker.misc.save_model_to_json()))


def splink_linker(
    features: pa.Table,
    prior: float,
    known: dict[tuple[str, str], tuple[float, float]] | None = None,
) -> Any:  # noqa: ANN401 - splink has no types
    """Put the comparisons of this project before splink.

    Args:
        features: Schema `FEATURES`.
        prior: Probability that two records taken at random are one person.
        known: m and u by comparison and level, to predict with; none to train.
    """
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    settings = SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="record_key",
        probability_two_random_records_match=prior,
        comparisons=[_splink_comparison(each, known or {}) for each in COMPARISONS],
        blocking_rules_to_generate_predictions=[block_on(*each) for each in _TRAINING_BLOCKS],
    )
    return Linker(DuckDBAPI().register(features), settings)


def _splink_comparison(
    comparison: Comparison, known: dict[tuple[str, str], tuple[float, float]]
) -> dict[str, Any]:
    def level(name: str, condition: str) -> dict[str, Any]:
        shares = known.get((comparison.name, name))
        estimates = {"m_probability": shares[0], "u_probability": shares[1]} if shares else {}
        sides = _SIDE.sub(r'"\2_\1"', condition)
        return {"sql_condition": sides, "label_for_charts": name, **estimates}

    return {
        "output_column_name": comparison.name,
        "comparison_levels": [
            {**level(UNKNOWN, comparison.unknown), "is_null_level": True},
            *(level(each.name, each.condition) for each in comparison.levels),
            level(DIFFERENT, "ELSE"),
        ],
    }


def _weights(model: dict[str, Any]) -> Iterator[Weight]:
    for comparison in model["comparisons"]:
        for level in comparison["comparison_levels"]:
            if not level.get("is_null_level"):
                yield Weight(
                    comparison["output_column_name"],
                    level["label_for_charts"],
                    _share(level.get("m_probability")),
                    _share(level.get("u_probability")),
                )


def _share(estimate: object) -> float | None:
    if not isinstance(estimate, float):
        return None
    return float(f"{min(max(estimate, LEAST_SHARE), 1 - LEAST_SHARE):.3g}")
