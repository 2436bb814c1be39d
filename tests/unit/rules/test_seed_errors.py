"""The shipped seeds, spoiled as people spoil them: each is refused before anything is built."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from orchestration.errors import LeadsError
from orchestration.rules.seeds import validate_seeds
from orchestration.settings import PROJECT_ROOT

TODAY = date(2026, 7, 1)

Spoil = Callable[[str, str, str], Path]


@pytest.fixture
def spoil(tmp_path: Path) -> Spoil:
    """Copy the shipped seeds and replace a text in one of them."""

    def copy(seed: str, old: str, new: str) -> Path:
        shutil.copytree(PROJECT_ROOT / "seeds", tmp_path / "seeds", dirs_exist_ok=True)
        [file] = (tmp_path / "seeds").glob(f"*/{seed}.csv")
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")
        return tmp_path

    return copy


def test_the_shipped_seeds_are_valid():
    validate_seeds(PROJECT_ROOT, TODAY)


VIEW = "pricing_view,1,behaviour,web,1,page_view,pricing,,,10,1,true,Pricing page view"
CALENDAR = ",09:00,18:00,JP,,"
EXCEPTIONS = "exception_id,match_on,pattern,valid_from,valid_to,note\n"


@pytest.mark.parametrize(
    ("seed", "old", "new", "where", "what", "mend"),
    [
        pytest.param(
            "score_rules",
            "資料DL,2000-01-01,\n",
            "資料DL,2000-01-01,\nmaterial_download,2,behaviour,download,2,download,,,,9,1,true,a,b,2026-04-01,\n",
            "scoring/score_rules.csv, row 7, column valid_from",
            "valid at the same time as row 6 for 'material_download'",
            "end the earlier row with valid_to",
            id="overlapping versions of a rule",
        ),
        pytest.param(
            "mql_criteria",
            "mql-1,40,25,180,,",
            "mql-1,40,25,180,,\nmql-2,50,25,180,2026-04-01,",
            "qualification/mql_criteria.csv, row 3, column valid_from",
            "valid at the same time as row 2",
            "end the earlier row with valid_to",
            id="overlapping criteria",
        ),
        pytest.param(
            "score_settings",
            "2000-01,90,,",
            "2000-01,90,,2026-04-01\n2026-05,60,2026-05-01,",
            "scoring/score_settings.csv, row 3, column valid_from",
            "nothing holds before 2026-05-01",
            "let it start where the row before ends",
            id="a gap between settings",
        ),
        pytest.param(
            "score_settings",
            "2000-01,90,,",
            "2000-01,90,,2026-04-01",
            "scoring/score_settings.csv, row 2, column valid_to",
            "nothing holds from 2026-04-01 on",
            "leave the valid_to of the last row empty",
            id="settings that end",
        ),
        pytest.param(
            "score_rules",
            "page_view,pricing,",
            "page_view,prices,",
            "scoring/score_rules.csv, row 2, column content_category",
            "'prices' is not accepted",
            "use one of blog, careers,",
            id="a rule for an unknown category",
        ),
        pytest.param(
            "score_rules",
            "1,page_view,pricing,",
            "1,,pricing,",
            "scoring/score_rules.csv, row 2, column activity_type",
            "a rule of kind behaviour without activity_type matches nothing",
            "give it a value",
            id="a rule for no activity",
        ),
        pytest.param(
            "score_rules",
            VIEW,
            VIEW.replace(",10,1,", ",ten,1,"),
            "scoring/score_rules.csv, row 2, column points",
            "'ten' is no double",
            "write a number such as 0.5",
            id="points that are no number",
        ),
        pytest.param(
            "score_rules",
            VIEW,
            VIEW.replace(",10,1,", ",10,-1,"),
            "scoring/score_rules.csv, row 2, column daily_limit",
            "-1 is out of bounds",
            "it must be at least 1",
            id="a negative limit",
        ),
        pytest.param(
            "score_rules",
            VIEW,
            VIEW.replace(",10,1,", ",10,,"),
            "scoring/score_rules.csv, row 2, column daily_limit",
            "a rule of kind behaviour without daily_limit counts any number of times a day",
            "give it a value",
            id="a rule without a limit",
        ),
        pytest.param(
            "score_caps",
            "positive,30,30",
            "positive,-30,30",
            "scoring/score_caps.csv, row 2, column max_points",
            "-30.0 is out of bounds",
            "it must be at least 0",
            id="a negative cap",
        ),
        pytest.param(
            "score_caps",
            "group,web",
            "group,site",
            "scoring/score_caps.csv, row 2, column scope_key",
            "there is no group 'site' in score_rules",
            "name a group that seeds/scoring/score_rules.csv has",
            id="a cap on an unknown group",
        ),
        pytest.param(
            "score_settings",
            "2000-01,90,,",
            "2000-01,-1,,",
            "scoring/score_settings.csv, row 2, column half_life_days",
            "-1.0 is out of bounds",
            "it must be more than 0",
            id="a half-life of -1",
        ),
        pytest.param(
            "score_bands",
            "cold,,",
            "cold,0,",
            "scoring/score_bands.csv, column min_total",
            "no row without min_total holds",
            "add one whose min_total is empty",
            id="no band for low scores",
        ),
        pytest.param(
            "score_grades",
            "behaviour,4,,,",
            "behaviour,4,,,2026-04-01",
            "scoring/score_grades.csv, column min_points",
            "no row of axis behaviour without min_points holds from 2026-04-01 on",
            "add one whose min_points is empty",
            id="no grade for low scores from a day on",
        ),
        pytest.param(
            "mql_criteria",
            "mql-1,40,25,",
            "mql-1,40,45,",
            "qualification/mql_criteria.csv, row 2, column exit_threshold",
            "exit_threshold 45.0 is above threshold 40.0",
            "a lead that just qualified must not be lost at once",
            id="an exit threshold above the threshold",
        ),
        pytest.param(
            "sql_criteria",
            "decision_maker|influencer",
            "decision_maker|boss",
            "qualification/sql_criteria.csv, row 2, column accepted_roles",
            "'boss' is not accepted",
            "use one of decision_maker, influencer, in_charge",
            id="a role that nobody has",
        ),
        pytest.param(
            "sla_policies",
            ",480,default",
            ",0,default",
            "sales/sla_policies.csv, row 4, column sla_business_minutes",
            "0 is out of bounds",
            "it must be more than 0",
            id="an SLA of no hours",
        ),
        pytest.param(
            "sla_policies",
            "A1|A2|B1",
            "A1|A5",
            "sales/sla_policies.csv, row 2, column grades",
            "there is no grade 'A5'",
            "use some of A1, A2,",
            id="a policy for an unknown grade",
        ),
        pytest.param(
            "sla_policies",
            ",480,default",
            ",480,osaka",
            "sales/sla_policies.csv, row 4, column calendar_id",
            "'osaka' is unknown in working_hours.calendar_id",
            "use a value that seeds/calendar/working_hours.csv has",
            id="a policy by an unknown calendar",
        ),
        pytest.param(
            "cross_sell_exceptions",
            EXCEPTIONS,
            EXCEPTIONS + "more,account,^0015g,,,\n",
            "exclusions/cross_sell_exceptions.csv, row 2, column match_on",
            "'account' is not accepted",
            "use one of account_id, account_type, email_domain",
            id="an exception for what no customer has",
        ),
        pytest.param(
            "cross_sell_exceptions",
            EXCEPTIONS,
            EXCEPTIONS + "more,account_id,^0015g,,,\nmore,account_id,^0015h,2026-04-01,,\n",
            "exclusions/cross_sell_exceptions.csv, row 3, column valid_from",
            "valid at the same time as row 2 for 'more'",
            "end the earlier row with valid_to",
            id="overlapping versions of an exception",
        ),
        pytest.param(
            "working_hours",
            CALENDAR,
            CALENDAR + "2026-07-01",
            "calendar/working_hours.csv, row 6, column valid_to",
            "the calendar 'default' ends on 2026-07-01, before the as-of",
            "leave valid_to empty",
            id="a calendar that ends before the as-of",
        ),
        pytest.param(
            "working_hours",
            ",09:00,18:00,GB-ENG,,",
            ",09:00,18:00,GB-ENG,,2026-06-30",
            "calendar/working_hours.csv, row 21, column valid_to",
            "the calendar 'london' ends on 2026-06-30, before the as-of",
            "leave valid_to empty",
            id="a calendar of a time zone that ends before the as-of",
        ),
        pytest.param(
            "stage_evidence_rules",
            "interested_download,interested,",
            "interested_download,curious,",
            "stages/stage_evidence_rules.csv, row 2, column stage_key",
            "'curious' is unknown in stage_definitions.stage_key",
            "use a value that seeds/stages/stage_definitions.csv has",
            id="evidence of an unknown stage",
        ),
        pytest.param(
            "stage_evidence_rules",
            "content_category,faq,",
            "content_category,faqs,",
            "stages/stage_evidence_rules.csv, row 4, column match_value",
            "'faqs' is no content category",
            "use one of blog, careers,",
            id="evidence by an unknown category",
        ),
        pytest.param(
            "stage_evidence_rules",
            "content_category,faq,2,30",
            "content_category,faq,3,",
            "stages/stage_evidence_rules.csv, row 4, column within_days",
            "more than one occurrence without days within which",
            "write a number",
            id="evidence of several days without a number of days",
        ),
        pytest.param(
            "stage_evidence_rules",
            "interested_download,interested,",
            "interested_download,lost,",
            "stages/stage_evidence_rules.csv, row 2, column stage_key",
            "'lost' is a closing stage, which no evidence leads to",
            "name an open stage",
            id="a cycle: evidence that closes",
        ),
        pytest.param(
            "stage_definitions",
            "evaluating,3,",
            "evaluating,2,",
            "stages/stage_definitions.csv, row 4",
            "the same stage_order 2 as row 3",
            "delete or change one of the two",
            id="a cycle: two stages of one place",
        ),
        pytest.param(
            "stage_definitions",
            "planned,4,",
            "planned,8,",
            "stages/stage_definitions.csv, row 5, column stage_order",
            "the open stage 'planned' stands above the closing stage 'won'",
            "give every closing stage a greater stage_order",
            id="a cycle: an open stage above a closing one",
        ),
        pytest.param(
            "stage_definitions",
            "新規リード,false,,",
            "新規リード,false,90,",
            "stages/stage_definitions.csv, row 2, column time_out_days",
            "the lowest stage 'new' has a time-out, but nothing below it",
            "leave it empty",
            id="a cycle: a lowest stage that is left",
        ),
        pytest.param(
            "crm_status_map",
            "nurturing,returned,interested",
            "nurturing,returned,lost",
            "stages/crm_status_map.csv, row 5, column stage_key",
            "'lost' is not an open stage, which the meaning 'returned' needs",
            "name an open stage",
            id="a cycle: a status that returns into a closing stage",
        ),
    ],
)
def test_a_wrong_rule_is_named_with_its_row_and_how_to_mend_it(
    seed: str, old: str, new: str, where: str, what: str, mend: str, spoil: Spoil
):
    with pytest.raises(LeadsError) as told:
        validate_seeds(spoil(seed, old, new), TODAY)

    assert told.value.where == f"seeds/{where}"
    assert told.value.what.startswith(what)
    assert told.value.mend.startswith(mend)


def test_a_calendar_that_ends_after_the_as_of_is_long_enough(spoil: Spoil):
    validate_seeds(spoil("working_hours", CALENDAR, CALENDAR + "2026-07-02"), TODAY)
