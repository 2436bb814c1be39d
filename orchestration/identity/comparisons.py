"""How two person records are compared: levels of agreement, each a condition in SQL.

The conditions speak of `l` and `r`, two rows of features. The training and the matching read them
here, so that a level means the same to both. The levels of a comparison are asked in their order;
where neither holds, the level is `different`, and where nothing can be said, `unknown`.
"""

from __future__ import annotations

from dataclasses import dataclass

UNKNOWN = "unknown"
DIFFERENT = "different"


@dataclass(frozen=True)
class Level:
    """A level of agreement.

    Attributes:
        name: What it is called in the weights and in the reasons.
        condition: SQL over `l` and `r`; null counts as false.
    """

    name: str
    condition: str


@dataclass(frozen=True)
class Comparison:
    """A field that is compared.

    Attributes:
        name: What it is called in the weights and in the reasons.
        unknown: SQL that holds where nothing can be said.
        levels: From the strongest agreement to the weakest.
        columns: The features that the conditions read.
    """

    name: str
    unknown: str
    levels: tuple[Level, ...]
    columns: tuple[str, ...]

    def level_sql(self) -> str:
        """Give the name of the level, as a SQL expression."""
        cases = "".join(f" when {level.condition} then '{level.name}'" for level in self.levels)
        return f"case when {self.unknown} then '{UNKNOWN}'{cases} else '{DIFFERENT}' end"

    def level_names(self) -> tuple[str, ...]:
        """Give the levels that have a weight, in their order."""
        return (*(level.name for level in self.levels), DIFFERENT)


# A name in Latin letters, in kana or with its reading, or an address that spells the name out.
_SAME_READING = """(
    l.name_reading = r.name_reading
    or l.name_reading = r.mail_reading
    or l.mail_reading = r.name_reading
)"""
_ONE_LETTER_OFF = """(
    l.name_script = r.name_script
    and length(l.name_key) >= case when l.name_script = 'kanji' then 4 else 7 end
    and length(r.name_key) >= case when r.name_script = 'kanji' then 4 else 7 end
    and levenshtein(l.name_key, r.name_key)
        <= case when l.name_script = 'kanji' or length(l.name_key) < 12 then 1 else 2 end
)"""
# The family name of most Japanese names are its first two characters.
_PART_OF_NAME = """(
    l.name_script = r.name_script
    and (
        left(l.name_key, 2) = left(r.name_key, 2)
        or right(l.name_key, 2) = right(r.name_key, 2)
        or left(l.name_key, 2) = right(r.name_key, 2)
    )
)"""

_SAME_COMPANY = "(l.company_key = r.company_key or l.company_domain = r.company_domain)"
# In an office many tell one number; a mobile number is one person's.
_OFFICE_PHONE = f"""(
    l.phone = r.phone
    and left(l.phone, 5) not in ('+8170', '+8180', '+8190')
    and {_SAME_COMPANY}
)"""

COMPARISONS = (
    Comparison(
        "name",
        unknown=f"""(
            l.name_letters is null
            or r.name_letters is null
            or (
                l.name_script <> r.name_script
                and (l.name_reading is null or r.name_reading is null)
                and not coalesce({_SAME_READING}, false)
            )
        )""",
        levels=(
            Level(
                "same",
                """(
                    l.name_letters = r.name_letters
                    and coalesce(l.name_reading = r.name_reading, true)
                )""",
            ),
            Level("same_reading", _SAME_READING),
            Level("one_letter_off", _ONE_LETTER_OFF),
            Level("same_part", _PART_OF_NAME),
        ),
        columns=(
            "name_key",
            "name_letters",
            "name_script",
            "name_reading",
            "mail_reading",
        ),
    ),
    Comparison(
        "company",
        unknown="""(
            (l.company_key is null or r.company_key is null)
            and (l.company_domain is null or r.company_domain is null)
        )""",
        levels=(
            Level("same", "(l.company_key = r.company_key or l.company_domain = r.company_domain)"),
            Level(
                "begins_alike",
                """(
                    length(l.company_key) >= 4
                    and length(r.company_key) >= 4
                    and left(l.company_key, 4) = left(r.company_key, 4)
                )""",
            ),
        ),
        columns=("company_key", "company_domain"),
    ),
    Comparison(
        "phone",
        unknown="(l.phone is null or r.phone is null)",
        levels=(
            Level("same_in_office", _OFFICE_PHONE),
            Level("same", "l.phone = r.phone"),
            Level("one_digit_off", "levenshtein(l.phone, r.phone) = 1"),
        ),
        columns=("phone", "company_key", "company_domain"),
    ),
    Comparison(
        "address",
        unknown="(l.mailbox is null or r.mailbox is null)",
        levels=(
            Level("same", "(l.mailbox = r.mailbox and not l.is_shared_mailbox)"),
            Level("same_shared", "l.mailbox = r.mailbox"),
            Level(
                "same_local_part",
                "(l.local_part = r.local_part and not l.is_shared_mailbox"
                " and length(l.local_part) >= 5)",
            ),
            # Somebody who mistypes, and a colleague of the same name.
            Level("two_letters_off", "levenshtein(l.mailbox, r.mailbox) <= 2"),
            Level(
                "other_in_company",
                """(
                    l.company_domain = r.company_domain
                    and not l.is_shared_mailbox
                    and not r.is_shared_mailbox
                )""",
            ),
        ),
        columns=("mailbox", "local_part", "is_shared_mailbox", "company_domain"),
    ),
    Comparison(
        "title",
        unknown="(l.title_key is null or r.title_key is null)",
        levels=(Level("same", "l.title_key = r.title_key"),),
        columns=("title_key",),
    ),
    Comparison(
        "department",
        unknown="(l.department_key is null or r.department_key is null)",
        levels=(Level("same", "l.department_key = r.department_key"),),
        columns=("department_key",),
    ),
)

# Levels of the name that do not speak against one person.
AGREEING_NAMES = ("same", "same_reading", "one_letter_off")

# Without one of these no probability is enough; names, companies and titles are shared by many.
STRONG_FIELD = """(
    coalesce(l.phone = r.phone, false)
    or coalesce(l.mailbox = r.mailbox, false)
    or coalesce(l.kana_reading = r.kana_reading and l.department_key = r.department_key, false)
)"""

# Two records are compared where they share one of these texts; each is a SQL expression over one
# row of features, null where the row has no such text.
BLOCKS: dict[str, str] = {
    "phone": "phone",
    "mailbox": "mailbox",
    "name_company": "name_letters || '|' || company_key",
    "name_domain": "name_letters || '|' || company_domain",
    "reading_company": "name_reading || '|' || company_key",
    "mail_reading_company": "mail_reading || '|' || company_key",
    "reading_domain": "name_reading || '|' || company_domain",
    "mail_reading_domain": "mail_reading || '|' || company_domain",
    "reading_department": "name_reading || '|' || department_key",
    "name_local_part": "name_letters || '|' || local_part",
}
# An address may spell what a name field says, so that both kinds of reading share their blocks.
BLOCK_KINDS: dict[str, str] = {
    **{kind: kind for kind in BLOCKS},
    "mail_reading_company": "reading_company",
    "mail_reading_domain": "reading_domain",
}
