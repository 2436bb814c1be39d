"""The reviewed numbers by which two records are judged to be one person."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from math import log2
from typing import Any

from orchestration.errors import LeadsError
from orchestration.identity.comparisons import (
    AGREEING_NAMES,
    COMPARISONS,
    STRONG_FIELD,
    UNKNOWN,
)

Rows = Iterable[Mapping[str, Any]]
# Beyond this a weight says no more, and 2 to its power stays a number.
_MOST_BITS = 100.0


@dataclass(frozen=True)
class MatchModel:
    """What holds on one day.

    Attributes:
        version: The version of the weights.
        prior: Probability that two records of different people's lists are one person.
        auto_threshold: From this probability on two records are merged, given a strong field.
        review_threshold: From this probability on a pair is listed for review.
        block_limit: A text that more records share compares nobody.
        cluster_limit: A person of more names or records is not held together by weak edges.
        shares: By comparison and level m, the share of the level among pairs of one person, and
            u, that among pairs of two.
    """

    version: str
    prior: float
    auto_threshold: float
    review_threshold: float
    block_limit: int
    cluster_limit: int
    shares: Mapping[tuple[str, str], tuple[float, float]]

    @classmethod
    def from_rows(cls, settings: Rows, weights: Rows, day: date) -> MatchModel:
        """Prepare the rows of the seeds `match_settings` and `match_weights`.

        Args:
            settings: The one that is valid on the day counts.
            weights: Those of its model version count.
            day: The day of the build.

        Raises:
            LeadsError: No settings are valid on the day.
        """
        valid = [
            row
            for row in settings
            if (row["valid_from"] is None or row["valid_from"] <= day)
            and (row["valid_to"] is None or day < row["valid_to"])
        ]
        if not valid:
            raise LeadsError(
                f"no settings are valid on {day}",
                where="seeds/identity/match_settings.csv",
                mend="add a row whose validity covers the day",
            )
        (setting,) = valid
        return cls(
            version=setting["model_version"],
            prior=setting["prior"],
            auto_threshold=setting["auto_threshold"],
            review_threshold=setting["review_threshold"],
            block_limit=setting["block_limit"],
            cluster_limit=setting["cluster_limit"],
            shares={
                (row["comparison"], row["level"]): (row["m"], row["u"])
                for row in weights
                if row["model_version"] == setting["model_version"]
            },
        )

    def fingerprint(self) -> str:
        """Hash all that decides a probability and which pairs are compared."""
        said = (self.version, self.prior, self.review_threshold, self.auto_threshold)
        told = f"{said}|{self.block_limit}|{sorted(self.shares.items())}"
        return hashlib.sha256(told.encode()).hexdigest()

    def judged_sql(self, pairs: str, features: str) -> str:
        """Write the query that judges pairs of records.

        Fellegi and Sunter: the odds of a pair are those of the prior times m / u of every level, so
        that its bits add up: log2(prior / (1 - prior)) + sum of log2(m / u).

        Args:
            pairs: A relation of record_key_a and record_key_b.
            features: A relation of features.

        Returns:
            A query of record_key_a, record_key_b, probability, name_level, reasons and is_auto.
        """
        levels = ",\n".join(f"{each.level_sql()} as {each.name}_level" for each in COMPARISONS)
        bits = " + ".join(
            [
                f"{round(log2(self.prior / (1 - self.prior)), 6)}",
                *(self._bits_sql(each.name) for each in COMPARISONS),
            ]
        )
        reasons = ", ".join(
            f"'{each.name}: ' || nullif({each.name}_level, '{UNKNOWN}')" for each in COMPARISONS
        )
        agreeing = ", ".join(f"'{level}'" for level in AGREEING_NAMES)
        return f"""
            with levels as (
                select
                    pairs.record_key_a, pairs.record_key_b,
                    {levels},
                    {STRONG_FIELD} as has_strong_field
                from {pairs} as pairs
                inner join {features} as l on pairs.record_key_a = l.record_key
                inner join {features} as r on pairs.record_key_b = r.record_key
            ),
            judged as (
                select
                    *,
                    round(
                        1 / (1 + pow(2, -least(greatest({bits}, -{_MOST_BITS}), {_MOST_BITS}))), 6
                    ) as probability,
                    concat_ws(', ', {reasons}) as reasons
                from levels
            )
            select
                record_key_a, record_key_b, probability, name_level, reasons,
                probability >= {self.auto_threshold}
                and has_strong_field
                and name_level in ({agreeing}) as is_auto
            from judged
        """

    def _bits_sql(self, comparison: str) -> str:
        cases = " ".join(
            f"when '{level}' then {round(log2(m / u), 6)}"
            for (name, level), (m, u) in sorted(self.shares.items())
            if name == comparison
        )
        return f"case {comparison}_level {cases} else 0 end" if cases else "0"
