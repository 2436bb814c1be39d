"""What the ledger and the scores say is what was worked out beside each story."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.golden.comparing import at_or_never, at_text, differences, in_order, rounded
from tests.golden.organisation import Organisation
from tests.golden.story import moment

# The points of the article's tables.
POINTS = {
    "pricing_view": 10,
    "faq_view": 5,
    "material_download": 15,
    "seminar_attended": 20,
    "careers_view": -5,
    "competitor_research": -5,
    "decision_maker": 20,
    "person_in_charge": 5,
    "target_size": 15,
}
ATTRIBUTES = {"decision_maker", "person_in_charge", "target_size"}


def test_each_story_is_one_lead(organisation: Organisation) -> None:
    found = organisation.by_story("select lead_id from dim_leads")
    assert {name: len(rows) for name, rows in found.items()} == {
        story.name: 1 for story in organisation.leads
    }


def test_the_ledger_tells_every_point(organisation: Organisation) -> None:
    found = organisation.by_story("select * from fct_score_ledger")
    expected = {
        story.name: [_ledger_row(*row) for row in story.expected.get("ledger", [])]
        for story in organisation.leads
    }
    actual = {
        name: [
            (
                row["effective_at"],
                row["rule_id"],
                row["points"],
                row["points_awarded"],
                row["outcome"],
            )
            for row in rows
        ]
        for name, rows in found.items()
    }
    assert differences(in_order(expected), in_order(actual)) == {}


def _ledger_row(
    at: object, rule_id: str, awarded: float, outcome: str = "awarded"
) -> tuple[Any, ...]:
    """Points taken back are an attribute's own, negative."""
    is_taken_back = outcome == "awarded" and awarded == -POINTS[rule_id]
    points = awarded if is_taken_back else POINTS[rule_id]
    return (at_text(at), rule_id, points, awarded, outcome)


def test_scores_are_what_is_left_of_the_points(organisation: Organisation) -> None:
    found = organisation.by_story("select * from lead_scores")
    expected, actual = {}, {}
    for story in organisation.leads:
        score = story.expected["score"]
        total = round(score["behaviour"] + score["attribute"], 6)
        expected[story.name] = {
            "behaviour_score": score["behaviour"],
            "behaviour_score_all_time": score.get("all_time", score["behaviour"]),
            "attribute_score": score["attribute"],
            "total_score": score.get("total", total),
            "total_score_raw": score.get("raw", total),
            "grade": score["grade"],
            "score_band": score["band"],
            "crossed_threshold_at": at_or_never(score.get("crossed")),
        }
        (row,) = found[story.name]
        actual[story.name] = {key: rounded(row[key]) for key in expected[story.name]}
    assert differences(expected, actual) == {}


def test_a_day_with_a_change_has_the_score_of_its_evening(organisation: Organisation) -> None:
    found = organisation.by_story("select * from lead_scores_daily order by score_date")
    expected = {
        story.name: _evenings(story.expected.get("ledger", [])) for story in organisation.leads
    }
    actual = {
        name: [
            (row["score_date"], round(row["behaviour_score"], 6), row["attribute_score"])
            for row in rows
        ]
        for name, rows in found.items()
    }
    assert differences(expected, actual) == {}


def _evenings(ledger: list[list[Any]]) -> list[tuple[date, float, float]]:
    """Each day on which points came or went, with what the points so far are worth then.

    Behaviour is worth half after 90 days: points * 0.5^(days / 90). Attributes keep their worth.
    """
    points = [(moment(at).date(), rule_id, awarded) for at, rule_id, awarded, *_ in ledger]
    evenings = []
    for evening in sorted({day for day, _, awarded in points if awarded}):
        told = [row for row in points if row[0] <= evening]
        behaviour = [
            awarded * 0.5 ** ((evening - day).days / 90)
            for day, rule_id, awarded in told
            if rule_id not in ATTRIBUTES
        ]
        attribute = [awarded for _, rule_id, awarded in told if rule_id in ATTRIBUTES]
        evenings.append((evening, round(sum(behaviour) + 0.0, 6), float(sum(attribute))))
    return evenings
