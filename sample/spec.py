"""What a sample run is asked for, and what it reports."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

CONNECTORS = ("salesforce", "marketo", "hubspot", "pardot")
DEFAULT_CONNECTORS = ("salesforce", "marketo")
MARKETING_TOOLS = ("marketo", "hubspot", "pardot")
ACTIVITY_TABLES = frozenset(
    {"task", "event", "campaign_member", "email_event", "contact_form_submission",
     "contact_page_view", "engagement", "visitor_activity", "visitor_page_view"}
)  # fmt: skip
FORMATS = ("csv", "parquet")
MIN_LEADS = 200
MAX_LEADS = 1_000_000
MAX_ACTIVITIES_PER_LEAD = 1_000
DEFAULT_END = date(2026, 6, 30)
EARLIEST_END = date(2004, 1, 1)
LATEST_END = date(2090, 12, 31)
ROWS_PER_CHUNK = 1_500_000
TOKYO_OFFSET = timedelta(hours=9)


class SampleError(ValueError):
    """A setting that cannot be used."""

    def __init__(self, what: str, *, where: str, mend: str) -> None:
        """Say in one line what is wrong, where, and how to mend it."""
        super().__init__(f"{what} | where: {where} | mend: {mend}")


@dataclass(frozen=True)
class SampleSpec:
    """One sample organisation: its size, shape, seed and where it is written.

    Attributes:
        leads: Real people in the funnel; source records are some 15 % more.
        out: Folder that receives ``raw/``, ``truth/`` and, if asked for, ``extra/``.
        activities_per_lead: Average activity rows per person; single people vary widely.
        seed: Same seed and settings, same bytes.
        fmt: ``csv`` or ``parquet``.
        nights: 0 for one file per table, else the number of nightly files per table.
        connectors: Vendor shapes to write.
        end: Last Tokyo day of the history; the as-of moment is the midnight after it.
        days: Length of the history.
        dirt: 0 for clean rows, 1 for the dirtiest; scales late, repeated and broken rows.
        noise: 0 for records that join by key, 1 for the most that do not; scales people known by
            different addresses, namesakes in one company and shared telephones.
        extra_night: Put the rows landed on the last day into ``extra/`` instead of ``raw/``.
    """

    leads: int
    out: Path
    activities_per_lead: int = 100
    seed: int = 7
    fmt: str = "csv"
    nights: int = 0
    connectors: tuple[str, ...] = DEFAULT_CONNECTORS
    end: date = DEFAULT_END
    days: int = 730
    dirt: float = 0.1
    noise: float = 0.1
    extra_night: bool = False

    def __post_init__(self) -> None:
        """Refuse settings outside their range.

        Raises:
            SampleError: A setting is outside its range.
        """
        _within("--leads", self.leads, MIN_LEADS, MAX_LEADS)
        _within("--activities-per-lead", self.activities_per_lead, 10, MAX_ACTIVITIES_PER_LEAD)
        _within("--nights", self.nights, 0, self.days)
        _within("--days", self.days, 365, 1_460)
        _within("--dirt", self.dirt, 0, 1)
        _within("--noise", self.noise, 0, 1)
        _within("--seed", self.seed, 0, 2**32 - 1)
        if not EARLIEST_END <= self.end <= LATEST_END:
            mend = f"give a day from {EARLIEST_END} to {LATEST_END}"
            raise SampleError(f"{self.end} is out of range", where="--end", mend=mend)
        if self.fmt not in FORMATS:
            mend = f"give one of {', '.join(FORMATS)}"
            raise SampleError(f"{self.fmt!r} is no known format", where="--format", mend=mend)
        for connector in self.connectors or ("",):
            if connector not in CONNECTORS:
                mend = f"give any of {', '.join(CONNECTORS)}"
                what = f"{connector!r} is no known connector"
                raise SampleError(what, where="--connectors", mend=mend)

    @property
    def as_of(self) -> datetime:
        """The moment the history ends: Tokyo midnight after the last day."""
        midnight = datetime(self.end.year, self.end.month, self.end.day, tzinfo=UTC)
        return midnight + timedelta(days=1) - TOKYO_OFFSET

    @property
    def as_of_text(self) -> str:
        """The as-of moment in ISO 8601, for ``LEADS_AS_OF``."""
        return self.as_of.strftime("%Y-%m-%dT%H:%M:%SZ")

    @property
    def end_seconds(self) -> int:
        """The as-of moment in seconds since 1970."""
        return int(self.as_of.timestamp())

    @property
    def start_seconds(self) -> int:
        """The beginning of the history in seconds since 1970."""
        return self.end_seconds - self.days * 86_400

    @property
    def marketing_tools(self) -> tuple[str, ...]:
        """The connectors that track what people do."""
        return tuple(tool for tool in MARKETING_TOOLS if tool in self.connectors)

    @property
    def is_hubspot_the_crm(self) -> bool:
        """Whether HubSpot holds sales too, because no Salesforce does."""
        return "hubspot" in self.connectors and "salesforce" not in self.connectors

    @property
    def chunk_leads(self) -> int:
        """People simulated at a time; bounds memory whatever the size."""
        return max(500, min(20_000, ROWS_PER_CHUNK // self.activities_per_lead))


@dataclass(frozen=True)
class SampleReport:
    """What was written.

    Attributes:
        as_of: The as-of moment to build with, ISO 8601.
        rows: Raw rows per connector and table, broken lines included, extra night excluded.
        extra_rows: Rows of the extra night per connector and table.
        people: Simulated people.
        seconds: Wall time.
        out: Folder written to.
    """

    as_of: str
    rows: Mapping[tuple[str, str], int]
    people: int
    seconds: float
    out: Path
    extra_rows: Mapping[tuple[str, str], int] = field(default_factory=dict)

    @property
    def activity_rows(self) -> int:
        """Rows that record something that happened to a person."""
        return sum(
            count
            for rows in (self.rows, self.extra_rows)
            for (_, table), count in rows.items()
            if table.startswith("activity_") or table in ACTIVITY_TABLES
        )


def _within(name: str, value: float, low: float, high: float) -> None:
    """Raise unless a number lies in its range."""
    if not low <= value <= high:
        mend = f"give a number from {low:,} to {high:,}"
        raise SampleError(f"{value:,} is out of range", where=name, mend=mend)
