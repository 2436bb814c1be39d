"""The macros, fed with literals: one query of all cases, through dbt itself."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
AS_OF = "2026-06-30 15:00:00"

# Of each case: an expression with macros, and what it is as text.
Cases = dict[str, tuple[str, str | None]]


def moment(text: str) -> str:
    return f"cast('{text}' as timestamp)"


def day(text: str) -> str:
    return f"cast('{text}' as date)"


def bounds(valid_from: str | None, valid_to: str | None) -> str:
    """The validity of a seed row, as columns."""
    first = f"'{valid_from}'" if valid_from else "null"
    last = f"'{valid_to}'" if valid_to else "null"
    return f"select cast({first} as date) as valid_from, cast({last} as date) as valid_to"


def path_of(url: str | None) -> str:
    literal = f"'{url}'" if url is not None else "cast(null as varchar)"
    return f'{{{{ url_path("{literal}") }}}}'


def holds(valid_from: str | None, valid_to: str | None, on: str) -> str:
    return (
        f"(select {{{{ holds_on('rule', \"{day(on)}\") }}}}"
        f" from ({bounds(valid_from, valid_to)}) as rule)"
    )


def periods(*rules: tuple[str | None, str | None]) -> str:
    """The periods of seed rows, as one text: from the first day to before the last."""
    rows = " union all ".join(bounds(*rule) for rule in rules)
    return (
        "(select string_agg(valid_from || '..' || valid_to, ' ' order by valid_from)"
        f' from ({{{{ rule_periods("({rows}) as rules") }}}}) as periods)'
    )


def business_time(now: str) -> str:
    """Business seconds by a calendar with 60 minutes before it opens on 30 June, midnight UTC."""
    return (
        f"(select {{{{ business_time(\"{moment(now)}\", 'hours') }}}} from"
        f" (select 60 as minutes_before, {moment('2026-06-30 00:00:00')} as opens_at) as hours)"
    )


def earliest(*moments: str | None) -> str:
    parts = ", ".join(
        '"cast(null as timestamp)"' if text is None else f'"{moment(text)}"' for text in moments
    )
    return f"{{{{ earliest([{parts}]) }}}}"


def months(start: str, reached: str) -> str:
    return f'{{{{ months_until("{moment(start)}", "{moment(reached)}") }}}}'


def decayed(points: int, from_day: str, to_day: str) -> str:
    return (
        f'cast({{{{ decayed(\'{points}\', "{day(from_day)}", "{day(to_day)}", 90) }}}} as double)'
    )


def members(text: str) -> str:
    listed = f"{{{{ one_per_member(\"'{text}'\") }}}}"
    return f"(select string_agg(m, '+' order by m) from (select {listed} as m) as members)"


URL_PATHS: Cases = {
    "url: without scheme, host, query and fragment": (
        path_of("https://www.own.example/Pricing/Plans?utm=1#top"),
        "/pricing/plans",
    ),
    "url: a port and a user belong to the host": (path_of("http://a@b.example:8080/faq"), "/faq"),
    "url: without a scheme a name with dots is a host": (path_of("own.example/faq"), "/faq"),
    "url: without a protocol": (path_of("//own.example/faq"), "/faq"),
    "url: a path is a path": (path_of("/faq"), "/faq"),
    "url: a path without its slash": (path_of("faq"), "/faq"),
    "url: a language prefix is no path": (path_of("https://own.example/ja/faq"), "/faq"),
    "url: a language with its region": (path_of("https://own.example/en-us/faq"), "/faq"),
    "url: a language alone is the start page": (path_of("https://own.example/ja"), "/"),
    "url: what only begins like a language": (path_of("/jacket"), "/jacket"),
    "url: a language further down is a path": (path_of("/faq/ja"), "/faq/ja"),
    "url: trailing slashes": (path_of("/faq//"), "/faq"),
    "url: a query on a host alone": (path_of("https://own.example?x=/faq"), "/"),
    "url: the start page": (path_of("https://own.example/"), "/"),
    "url: a file keeps its ending": (path_of("/papers/A.PDF?x"), "/papers/a.pdf"),
    "url: Japanese paths stay": (path_of("/導入事例/"), "/導入事例"),
    "url: an empty text is the start page": (path_of(""), "/"),
    "url: nothing stays nothing": (path_of(None), None),
}

TEXTS: Cases = {
    "file: the end of its path": ("{{ file_name(\"'/files/a.pdf'\") }}", "a.pdf"),
    "file: a name in percent signs": (
        "{{ file_name(\"'/files/%e7%ab%b6%E5%90%88.pdf'\") }}",
        "競合.pdf",
    ),
    "file: percent signs of no text": ("{{ file_name(\"'/files/%ff%fe.pdf'\") }}", "%ff%fe.pdf"),
    "file: none at a slash": ("{{ file_name(\"'/'\") }}", None),
    "file: nothing stays nothing": ("{{ file_name('cast(null as varchar)') }}", None),
    "points: gained": ("{{ signed_points('15') }}", "+15.0"),
    "points: lost": ("{{ signed_points('-5') }}", "-5.0"),
    "points: none": ("{{ signed_points('0') }}", "0.0"),
    "points: rounded": ("{{ signed_points('7.46') }}", "+7.5"),
    "value: numbers alike": ("{{ comparable_value(\"'employees'\", \"'0100'\") }}", "100.0"),
    "value: a number or none": ("{{ comparable_value(\"'employees'\", \"'many'\") }}", None),
    "value: texts stay": ("{{ comparable_value(\"'job_title'\", \"'0100'\") }}", "0100"),
    "list: a member": ("{{ in_list(\"'a'\", \"'b|a'\") }}", "true"),
    "list: a part of a member": ("{{ in_list(\"'a'\", \"'ab|ba'\") }}", "false"),
    "list: two members are none": ("{{ in_list(\"'c'\", \"'b|a'\") }}", "false"),
    "ids: without brackets and blanks": ("{{ digits_and_commas(\"'[11, 12]'\") }}", "11,12"),
    "ids: one row per member": (members("11,12"), "11+12"),
    "ids: one alone": (members("11"), "11"),
    "pattern: anywhere": ("{{ matches(\"'see a demo'\", \"'demo$'\") }}", "true"),
    "pattern: nowhere": ("{{ matches(\"'demography'\", \"'demo$'\") }}", "false"),
    # Capitals at 2 and 4 of 0Q5H0: 2 + 8 = 10 is K; at 1 of F0000: 1 is B; at 5 of 0000Z: 16 is Q.
    "id: of 15 letters": (
        "{{ full_salesforce_id(\"'0Q5H0F00000000Z'\") }}",
        "0Q5H0F00000000ZKBQ",
    ),
    "id: of 18 letters": (
        "{{ full_salesforce_id(\"'0Q5H0F00000000ZKBQ'\") }}",
        "0Q5H0F00000000ZKBQ",
    ),
    "id: of none": ("{{ full_salesforce_id('cast(null as varchar)') }}", None),
    "words: parted by underscores": ("{{ as_words(\"'contact_us_2'\") }}", "contact us 2"),
    "words: parted by nothing": ("{{ as_words(\"'contact-us'\") }}", "contact-us"),
}

TIMES: Cases = {
    # 15:00 UTC is midnight in Tokyo.
    "day: before midnight": (
        f'{{{{ local_day("{moment("2026-06-30 14:59:59")}") }}}}',
        "2026-06-30",
    ),
    "day: at midnight": (f'{{{{ local_day("{moment("2026-06-30 15:00:00")}") }}}}', "2026-07-01"),
    "midnight: of a day": (
        f'{{{{ local_midnight("{day("2026-07-01")}") }}}}',
        "2026-06-30 15:00:00",
    ),
    "midnight: of no day": ('{{ local_midnight("cast(null as date)") }}', None),
    # 1 July 2026 is a Wednesday.
    "period: day": (f'{{{{ period_start("\'day\'", "{day("2026-07-01")}") }}}}', "2026-07-01"),
    "period: week": (f'{{{{ period_start("\'week\'", "{day("2026-07-01")}") }}}}', "2026-06-29"),
    "period: Monday": (f'{{{{ period_start("\'week\'", "{day("2026-06-29")}") }}}}', "2026-06-29"),
    "period: Sunday": (f'{{{{ period_start("\'week\'", "{day("2026-06-28")}") }}}}', "2026-06-22"),
    "period: month": (f'{{{{ period_start("\'month\'", "{day("2026-07-31")}") }}}}', "2026-07-01"),
    "period: quarter": (
        f'{{{{ period_start("\'quarter\'", "{day("2026-06-30")}") }}}}',
        "2026-04-01",
    ),
    "earliest: of three": (earliest("2026-03-01", None, "2026-02-01"), "2026-02-01 00:00:00"),
    "earliest: of none": (earliest(None, None), None),
    "span: that ends": (f'{{{{ or_never("{moment(AS_OF)}") }}}}', AS_OF),
    "span: that does not": ('{{ or_never("cast(null as timestamp)") }}', "9999-12-31 00:00:00"),
    "as-of: at it": (f'{{{{ up_to_as_of("{moment(AS_OF)}") }}}}', AS_OF),
    "as-of: after it": (f'{{{{ up_to_as_of("{moment("2026-06-30 15:00:01")}") }}}}', None),
    "clock: of the zone": (
        f'{{{{ local_time("{moment("2026-06-30 15:00:00")}") }}}}',
        "2026-07-01 00:00:00",
    ),
    "days: and a half": (
        f'{{{{ days_between("{moment("2026-06-29 00:00")}", "{moment("2026-06-30 12:00")}") }}}}',
        "1.5",
    ),
    "months: before": (months("2026-01-31 10:00", "2026-01-30 10:00"), "0"),
    "months: at once": (months("2026-01-31 10:00", "2026-01-31 10:00"), "0"),
    "months: a moment later": (months("2026-01-31 10:00", "2026-01-31 10:00:01"), "1"),
    # A month after 31 January is 28 February.
    "months: one, to the end of it": (months("2026-01-31 10:00", "2026-02-28 10:00"), "1"),
    "months: more than one": (months("2026-01-31 10:00", "2026-02-28 10:00:01"), "2"),
    "months: over the turn of a year": (months("2025-12-15 00:00", "2026-02-15 00:00"), "2"),
    # 60 minutes before, then 90 seconds since it opened: 3600 + 90.
    "business: while open": (business_time("2026-06-30 00:01:30"), "3690000000"),
    "business: before it opens": (business_time("2026-06-29 23:00:00"), "3600000000"),
}

RULES: Cases = {
    # 100 * 0.5 ^ (90 / 90) = 50; ^ (45 / 90) = 70.710678...; ^ (180 / 90) = 25.
    "decay: one half-life": (decayed(100, "2026-01-01", "2026-04-01"), "50.0"),
    "decay: two half-lives": (decayed(100, "2026-01-01", "2026-06-30"), "25.0"),
    "decay: half a half-life": (
        f"round({decayed(100, '2026-01-01', '2026-02-15')}, 6)",
        "70.710678",
    ),
    "decay: none on the day": (decayed(-5, "2026-01-01", "2026-01-01"), "-5.0"),
    "holds: always": (holds(None, None, "2026-01-01"), "true"),
    "holds: on its first day": (holds("2026-01-01", "2026-02-01", "2026-01-01"), "true"),
    "holds: not the day before": (holds("2026-01-01", "2026-02-01", "2025-12-31"), "false"),
    "holds: on its last day": (holds("2026-01-01", "2026-02-01", "2026-01-31"), "true"),
    "holds: not on the day it ends": (holds("2026-01-01", "2026-02-01", "2026-02-01"), "false"),
    "periods: of rules that always hold": (periods((None, None)), "0001-01-01..9999-12-31"),
    "periods: of a change": (
        periods((None, "2026-01-01"), ("2026-01-01", None)),
        "0001-01-01..2026-01-01 2026-01-01..9999-12-31",
    ),
    "periods: of rules that overlap": (
        periods(("2026-01-01", "2026-03-01"), ("2026-02-01", None)),
        "0001-01-01..2026-01-01 2026-01-01..2026-02-01"
        " 2026-02-01..2026-03-01 2026-03-01..9999-12-31",
    ),
}


def kana(name: str, last: str, first: str) -> str:
    columns = f"select {name} as name_kana, {last} as last_name_kana, {first} as first_name_kana"
    return f"(select {{{{ in_kana() }}}} from ({columns}) as record)"


KANA: Cases = {
    "kana: the whole name speaks first": (
        kana("'ヤマダ タロウ'", "'サトウ'", "''"),
        "ヤマダ タロウ",
    ),
    "kana: family name and given name": (kana("' '", "'ヤマダ'", "'タロウ'"), "ヤマダ タロウ"),
    "kana: a part alone": (kana("null", "'ヤマダ'", "null"), "ヤマダ"),
    "kana: none": (kana("null", "''", "null"), None),
}

CASES: Cases = URL_PATHS | TEXTS | TIMES | RULES | KANA

# In New York midnight is 04:00 UTC in summer and 05:00 in winter.
NEW_YORK: Cases = {
    "summer": (f'{{{{ local_midnight("{day("2026-07-01")}") }}}}', "2026-07-01 04:00:00"),
    "winter": (f'{{{{ local_midnight("{day("2026-01-01")}") }}}}', "2026-01-01 05:00:00"),
    "last second": (f'{{{{ local_day("{moment("2026-07-01 03:59:59")}") }}}}', "2026-06-30"),
    "midnight": (f'{{{{ local_day("{moment("2026-07-01 04:00:00")}") }}}}', "2026-07-01"),
    "clock": (f'{{{{ local_time("{moment("2026-07-01 04:00:00")}") }}}}', "2026-07-01 00:00:00"),
}


def answers(cases: Cases, home: Path, **variables: str) -> dict[str, str | None]:
    """Ask dbt what every case is, in one query on an empty warehouse in `home`."""
    query = "\nunion all\n".join(
        f"select '{name}' as name, cast({expression} as varchar) as answer"
        for name, (expression, _) in cases.items()
    )
    shown = subprocess.run(
        [
            Path(sys.executable).with_name("dbt"),
            *("--quiet", "show", "--inline", query, "--output", "json", "--limit", "-1"),
            *("--vars", json.dumps({"as_of": AS_OF, **variables})),
            *("--project-dir", PROJECT, "--profiles-dir", PROJECT),
            *("--target-path", home / "target", "--log-path", home),
        ],
        env={**os.environ, "LEADS_HOME": str(home), "LEADS_TARGET": "duckdb"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert shown.returncode == 0, shown.stdout + shown.stderr
    return {row["name"]: row["answer"] for row in json.loads(shown.stdout)["show"]}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str | None]:
    return answers(CASES, tmp_path_factory.mktemp("tokyo"))


@pytest.fixture(scope="module")
def found_in_new_york(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str | None]:
    return answers(NEW_YORK, tmp_path_factory.mktemp("new_york"), time_zone="America/New_York")


@pytest.mark.parametrize("name", CASES)
def test_a_macro_says(name: str, found: dict[str, str | None]) -> None:
    assert found[name] == CASES[name][1]


@pytest.mark.parametrize("name", NEW_YORK)
def test_a_zone_with_summer_time_is_understood(
    name: str, found_in_new_york: dict[str, str | None]
) -> None:
    assert found_in_new_york[name] == NEW_YORK[name][1]
