"""Company forms and mail lists as rules."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestration.rules.seeds import read_seed
from orchestration.settings import PROJECT_ROOT
from orchestration.text.addresses import is_free_mail, is_shared_mailbox, normalise_email
from orchestration.text.names import CompanyForms, normalise_company
from orchestration.text.normalise import TextRules

FORMS = read_seed(PROJECT_ROOT, "company_forms")
AT_EITHER_END = [row["form"] for row in FORMS if row["position"] == "either"]
BEHIND = [row["form"] for row in FORMS if row["position"] == "behind"]


@pytest.mark.parametrize("form", AT_EITHER_END)
def test_a_form_for_either_end_is_taken_off_there_and_left_inside(form: str, shipped: TextRules):
    def key(name: str) -> str | None:
        return normalise_company(name, shipped.company_forms)

    assert (
        key(f"{form} みどり") == key(f"みどり {form}") == key(f"{form.lower()}　みどり") == "みどり"
    )
    assert key(f"みどり {form} 商店") != "みどり商店"


@pytest.mark.parametrize("form", BEHIND)
def test_a_form_behind_is_taken_off_there_alone(form: str, shipped: TextRules):
    assert normalise_company(f"Midori {form}", shipped.company_forms) == "midori"
    assert normalise_company(f"{form} Midori", shipped.company_forms) != "midori"


def test_forms_may_stand_in_any_order_in_the_seed(shipped: TextRules):
    rows = [row for row in FORMS if row["form"] in ("Co., Ltd.", "Ltd.", "Co.", "(株)")]
    for order in permutations(rows):
        forms = CompanyForms.from_rows(order)

        assert normalise_company("㈱Midori Co., Ltd.", forms) == "midori"


def test_without_forms_a_name_keeps_all_its_letters():
    assert normalise_company("株式会社みどり", CompanyForms.from_rows([])) == "株式会社みどり"


@settings(deadline=None)
@given(name=st.text(alphabet="山田髙ァｱa .・(株)㈱", max_size=12))
def test_a_company_key_is_its_own_key_unless_a_form_appears_by_joining(name: str):
    forms = CompanyForms.from_rows([{"form": "(株)", "position": "either"}])
    key = normalise_company(name, forms)

    assert key is None or normalise_company(key, forms) == key


def test_a_free_mail_domain_covers_those_below_and_none_beside_it():
    listed = frozenset({"ocn.ne.jp"})

    assert is_free_mail("ocn.ne.jp", listed)
    assert is_free_mail("abc.ocn.ne.jp", listed)
    assert not is_free_mail("myocn.ne.jp", listed)
    assert not is_free_mail("ne.jp", listed)


def test_a_shared_mailbox_may_carry_a_number_or_a_tag_and_nothing_else():
    listed = frozenset({"info"})

    assert [is_shared_mailbox(part, listed) for part in ("info", "info3", "info_3", "info+a")] == [
        True
    ] * 4
    assert not any(is_shared_mailbox(part, listed) for part in ("infos", "my.info", "3", "+info"))


@pytest.mark.parametrize(
    ("local_part", "is_address"), [("a" * 64, True), ("a" * 65, False), ("", False)]
)
def test_a_local_part_has_1_to_64_characters(local_part: str, is_address: bool):
    assert (normalise_email(f"{local_part}@example.com") is not None) is is_address


def test_a_domain_has_at_most_253_characters_and_63_a_label():
    longest = ".".join(["a" * 63] * 3 + ["b" * 57, "com"])
    assert len(longest) == 253

    assert normalise_email(f"a@{longest}") is not None
    assert normalise_email(f"a@b{longest}") is None
    assert normalise_email(f"a@{'a' * 64}.com") is None


def test_the_lists_are_written_as_they_are_compared(shipped: TextRules):
    for domain in shipped.free_mail_domains:
        assert normalise_email(f"a@{domain}") is not None, domain
    for mailbox in shipped.shared_mailboxes:
        address = normalise_email(f"{mailbox}@example.com")
        assert address is not None
        assert is_shared_mailbox(address.local_part, shipped.shared_mailboxes), mailbox
