"""Whom the call list calls first, against two habits of sales: last touched, and most active.

``python -m sample.compare_call_lists SAMPLE_FOLDER PUBLISHED_FOLDER``

A true buyer is who is of a kind that buys and has not bought yet, as only the hidden truth knows;
beside them are counted those whose project is under way at the as-of. The habits order the leads
that sales may call: neither excluded nor closed.
"""

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path

import duckdb

FIRST = (100, 1000)
CALL_LIST = "sales_priority_list"
LISTS = (CALL_LIST, "most recent contact first", "most activities first")

# What was sent to a person is no contact with it.
_CONTACTS = """
select lead_id, max(occurred_at) as last_at, count(*) as contacts
from {activities}
where
    duplicate_of is null and lead_id is not null
    and activity_type not in (
        'email_sent', 'email_delivered', 'email_bounce', 'event_invited', 'event_no_show'
    )
group by lead_id
"""

_RANKED = f"""
with
persons as (
    select
        person_id,
        kind,
        is_buyer and not is_won as buys,
        is_buyer and not is_won and project_from <= as_of and project_until > as_of
            as is_under_way
    from {{persons}}
    cross join (select max(as_of) as as_of from {{scores}}) as build
),
-- Of a lead of several people, which is rare, the first speaks.
leads as (
    select
        records.lead_id,
        arg_min(persons.kind, persons.person_id) as kind,
        arg_min(persons.buys, persons.person_id) as buys,
        arg_min(persons.is_under_way, persons.person_id) as is_under_way
    from {{records}} as records
    inner join {{truth_records}} as truth using (connector, record_type, record_id)
    inner join persons using (person_id)
    group by records.lead_id
),
callable as (
    select lead_id from {{leads}}
    where exclusion_reason is null and stage_key not in ('won', 'lost', 'disqualified')
),
contacts as ({_CONTACTS}),
ranked as (
    select '{LISTS[0]}' as list, lead_id, priority_rank as place from {{call_list}}
    union all
    select '{LISTS[1]}', lead_id, row_number() over (order by last_at desc, lead_id)
    from callable inner join contacts using (lead_id)
    union all
    select '{LISTS[2]}', lead_id, row_number() over (order by contacts desc, last_at desc, lead_id)
    from callable inner join contacts using (lead_id)
)
select
    list,
    place,
    coalesce(kind, 'unknown') as kind,
    coalesce(buys, false) as buys,
    coalesce(is_under_way, false) as is_under_way
from ranked
left join leads using (lead_id)
"""


@dataclass(frozen=True)
class Head:
    """The head of one list.

    Attributes:
        name: The list.
        wanted: How many leads were asked for.
        leads: How many there are to compare: as many as the call list has.
        buyers: True buyers among them.
        under_way: Those of them whose project is under way.
        quiet_buyers: Those of them who are hardly seen.
        browsers: Frequent browsers, who never buy, among the leads.
    """

    name: str
    wanted: int
    leads: int
    buyers: int
    under_way: int
    quiet_buyers: int
    browsers: int

    @property
    def share(self) -> float:
        """True buyers among the leads; 0 where there is none."""
        return self.buyers / self.leads if self.leads else 0.0


def compare_call_lists(truth: Path, parquet: Path) -> list[Head]:
    """Count true buyers at the head of each list.

    Args:
        truth: Folder of the hidden truth of a sample.
        parquet: Folder of the published marts of its night.

    Returns:
        For each number in `FIRST` the heads of the lists in the order of `LISTS`.
    """
    marts = {
        "scores": "lead_scores",
        "records": "lead_source_records",
        "leads": "dim_leads",
        "activities": "fct_activities",
        "call_list": "sales_priority_list",
    }
    tables = {name: f"read_parquet('{parquet / mart}/*.parquet')" for name, mart in marts.items()}
    tables["persons"] = f"read_parquet('{truth / 'persons.parquet'}')"
    tables["truth_records"] = f"read_parquet('{truth / 'person_records.parquet'}')"
    with duckdb.connect() as connection:
        connection.execute(f"create temp table ranked as {_RANKED.format(**tables)}")
        found = connection.execute(
            """
            select
                list, wanted, count(*), count_if(buys), count_if(is_under_way),
                count_if(buys and kind = 'quiet_buyer'), count_if(kind = 'browser')
            from ranked
            cross join (select unnest(?) as wanted) as heads
            where place <= least(wanted, (select count(*) from ranked where list = ?))
            group by list, wanted
            """,
            [list(FIRST), CALL_LIST],
        ).fetchall()
    heads = {(name, wanted): Head(name, wanted, *counts) for name, wanted, *counts in found}
    empty = (0, 0, 0, 0, 0)
    return [
        heads.get((name, wanted)) or Head(name, wanted, *empty)
        for wanted in FIRST
        for name in LISTS
    ]


def beats(heads: list[Head]) -> bool:
    """Whether the call list has a greater share of true buyers than each other list."""
    ours = {head.wanted: head.share for head in heads if head.name == CALL_LIST}
    return all(head.share < ours[head.wanted] for head in heads if head.name != CALL_LIST)


def main(arguments: list[str] | None = None) -> int:
    """Print the comparison.

    Returns:
        The exit code: 0, or 1 where the call list does not beat both habits.
    """
    parser = argparse.ArgumentParser(
        prog="python -m sample.compare_call_lists", description=__doc__
    )
    parser.add_argument("sample", type=Path, help="folder that python -m sample wrote")
    parser.add_argument("published", type=Path, help="LEADS_HOME/published/current of its night")
    given = parser.parse_args(arguments)
    heads = compare_call_lists(given.sample / "truth", given.published / "parquet")
    print(
        f"{'list':<28}{'first':>8}{'buyers':>9}{'share':>9}{'under way':>11}{'quiet':>8}"
        f"{'browsers':>10}"
    )
    for head in heads:
        print(
            f"{head.name:<28}{head.leads:>8,}{head.buyers:>9,}{head.share:>9.1%}"
            f"{head.under_way:>11,}{head.quiet_buyers:>8,}{head.browsers:>10,}"
        )
    if any(head.leads < head.wanted for head in heads):
        print("The call list is shorter than asked for; all lists are cut to its length.")
    return int(not beats(heads))


if __name__ == "__main__":
    sys.exit(main())
