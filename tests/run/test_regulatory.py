"""Due times of what the law asks for, over changes of the clocks and ends of months."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runbook.procedure.site import Regulatory, parse_site
from runbook.run.commands import Close, Complete, Settle
from runbook.run.commands_message import Declare, MarkNotRequired, MarkSent
from runbook.run.events import RunStatus
from runbook.run.regulatory import clocks, due_at, undecided
from tests.run.message_site import SITE, TEXT
from tests.run.rig import Rig

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
DAY = Regulatory("day", "A day", hours=24)
THREE = Regulatory("three", "Three days", hours=72)
MONTH = Regulatory("month", "A month", months=1)
MOMENTS = st.integers(946_684_800, 4_000_000_000).map(
    lambda seconds: datetime.fromtimestamp(seconds, COPENHAGEN)
)


def local(text: str) -> datetime:
    """A local time in Copenhagen, in UTC; one that comes twice is its first."""
    return datetime.fromisoformat(text).replace(tzinfo=COPENHAGEN).astimezone(UTC)


@pytest.mark.parametrize(
    ("rule", "start", "due"),
    [
        (DAY, "2026-10-24 18:00", "2026-10-25 17:00"),  # winter time begins: the day has 25 h
        (DAY, "2026-10-25 01:30", "2026-10-26 00:30"),
        (DAY, "2027-03-27 18:00", "2027-03-28 19:00"),  # summer time begins: 23 h
        (DAY, "2027-03-28 01:30", "2027-03-29 02:30"),
        (THREE, "2026-10-24 18:00", "2026-10-27 17:00"),
        (THREE, "2027-03-26 12:00", "2027-03-29 13:00"),
        (DAY, "2026-11-21 18:00", "2026-11-22 18:00"),
        (THREE, "2026-12-30 09:00", "2027-01-02 09:00"),
        (MONTH, "2026-10-24 18:00", "2026-11-24 18:00"),  # the same time on the wall
        (MONTH, "2027-03-01 18:00", "2027-04-01 18:00"),
        (MONTH, "2027-01-31 10:00", "2027-02-28 10:00"),
        (MONTH, "2028-01-31 10:00", "2028-02-29 10:00"),
        (MONTH, "2027-01-28 10:00", "2027-02-28 10:00"),
        (MONTH, "2026-12-31 23:59", "2027-01-31 23:59"),
        (MONTH, "2027-02-28 02:30", "2027-03-28 03:30"),  # 02:30 is left out that night
        (MONTH, "2026-09-25 02:30", "2026-10-25 02:30"),  # 02:30 comes twice: the first
    ],
)
def test_a_due_time_is_exact(rule: Regulatory, start: str, due: str) -> None:
    """Hours are time that passes; a month is the same date and time on the wall."""
    assert due_at(rule, local(start), COPENHAGEN) == local(due)


def test_the_first_of_two_equal_times_is_meant() -> None:
    """A month that ends in the hour that comes twice ends in its first round."""
    due = due_at(MONTH, local("2026-09-25 02:30"), COPENHAGEN)
    assert due == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_without_a_zone_the_recorded_offset_serves() -> None:
    """A month from 18:00 at UTC+2 ends at 18:00 by that clock."""
    summer = timezone(timedelta(hours=2))
    start = datetime(2026, 10, 24, 18, 0, tzinfo=summer)
    assert due_at(MONTH, start, summer).isoformat() == "2026-11-24T16:00:00+00:00"


@given(MOMENTS, st.integers(1, 200))
def test_hours_are_never_stretched(at: datetime, hours: int) -> None:
    """Whatever the clocks do, so many hours are so many hours."""
    due = due_at(Regulatory("n", "N", hours=hours), at, COPENHAGEN)
    assert due - at.astimezone(UTC) == timedelta(hours=hours)


@given(MOMENTS)
def test_a_month_ends_in_the_next_month(at: datetime) -> None:
    """It lies 28 to 31 days ahead, in the month after, never beyond."""
    due = due_at(MONTH, at, COPENHAGEN)
    assert timedelta(days=27, hours=22) < due - at.astimezone(UTC) < timedelta(days=31, hours=2)
    assert due.astimezone(COPENHAGEN).month == at.month % 12 + 1


def declared() -> Rig:
    """A run in which an incident was declared at 18:00 UTC, aware at 17:30."""
    rig = Rig(TEXT, site=SITE)
    rig.do(Declare(criteria="no mains", aware="2026-11-21T17:30:00+00:00"))
    return rig


def test_the_clocks_start_when_somebody_became_aware() -> None:
    """Those by law count from awareness, the site's own from where it says."""
    due = {c.rule.key: c.due for c in clocks(declared().state, UTC)}
    assert due["nis2-24h"] == datetime(2026, 11, 22, 17, 30, tzinfo=UTC)
    assert due["nis2-72h"] == due["gdpr-72h"] == datetime(2026, 11, 24, 17, 30, tzinfo=UTC)
    assert due["nis2-final"] is None
    assert due["owner"] == datetime(2026, 11, 21, 20, 0, 2, tzinfo=UTC)


def test_the_final_report_counts_from_the_sending_of_the_notification() -> None:
    """Not from its due time, and not from awareness."""
    rig = declared()
    assert rig.refuse(MarkSent(clock="nis2-final", reference="x")).code == "no-start"
    rig.do(MarkSent(clock="nis2-72h", reference="case 7", sent="2026-11-21T18:00:00+00:00"))
    found = next(c for c in clocks(rig.state, UTC) if c.rule.key == "nis2-final")
    assert found.due == datetime(2026, 12, 21, 18, 0, tzinfo=UTC)
    sent = next(c for c in clocks(rig.state, UTC) if c.rule.key == "nis2-72h")
    assert sent.margin == timedelta(days=2, hours=23, minutes=30)


def test_nothing_runs_before_anybody_was_aware() -> None:
    """A run without an incident has nothing to decide."""
    rig = Rig(TEXT, site=SITE)
    assert undecided(rig.state) == ()
    assert rig.refuse(MarkSent(clock="gdpr-72h", reference="x")).needs == "aware"


def test_a_reading_of_the_time_starts_them_too() -> None:
    """Awareness read on the wall within the procedure is not asked for again."""
    rig = Rig(TEXT, site=SITE)
    rig.read("look", "time_aware", "17:10")
    due = {c.rule.key: c.due for c in clocks(rig.state, UTC)}
    assert due["nis2-24h"] == datetime(2026, 11, 22, 17, 10, tzinfo=UTC)


def test_a_clock_needs_its_evidence() -> None:
    """Sent needs a reference, not required a reason; an unknown name tells the known ones."""
    rig = declared()
    assert rig.refuse(MarkSent(clock="gdpr-72h", reference=" ")).needs == "reference"
    assert rig.refuse(MarkNotRequired(clock="gdpr-72h", reason="")).needs == "reason"
    assert "nis2-24h" in rig.refuse(MarkSent(clock="what", reference="x")).why
    late = MarkSent(clock="gdpr-72h", reference="x", sent="2026-11-22T18:00:00+00:00")
    assert rig.refuse(late).needs == "sent"


def test_a_run_is_not_closed_over_an_undecided_duty() -> None:
    """Every duty is settled, or somebody says why not; that stands in the record."""
    rig = declared()
    items = [Settle(step=s, owner="ANN", reason="later") for s in rig.state.open_items()]
    rig.do(Complete(items=tuple(items)))
    assert rig.refuse(Close(second="BOB")).needs == "override"
    for key in ("nis2-24h", "nis2-72h", "owner"):
        rig.do(MarkNotRequired(clock=key, reason="not significant", judged_by="CIA"))
    refused = rig.refuse(Close(second="BOB"))
    assert "GDPR" in refused.why
    assert "early warning" not in refused.why
    rig.do(Close(second="BOB", override="kept in another run"))
    assert rig.state.status is RunStatus.CLOSED


def test_a_site_may_replace_a_duty_by_law() -> None:
    """The same name means the same duty, with the site's own length."""
    own = '[[regulatory]]\nname = "gdpr-72h"\nlabel = "Sooner"\nhours = 48\n'
    rig = Rig(TEXT, site=own)
    rig.do(Declare(criteria="x", aware="2026-11-21T17:30:00+00:00"))
    keys = [c.rule.key for c in clocks(rig.state, UTC)]
    assert len(keys) == len(set(keys)) == 4
    assert next(c for c in clocks(rig.state, UTC) if c.rule.key == "gdpr-72h").rule.hours == 48


@pytest.mark.parametrize(
    "faulty",
    [
        '[[regulatory]]\nlabel = "nameless"\nhours = 2\n',
        '[[regulatory]]\nname = "x"\n',
        '[[regulatory]]\nname = "x"\nhours = 2\nmonths = 1\n',
        '[[regulatory]]\nname = "x"\nhours = -2\n',
        '[[regulatory]]\nname = "x"\nhours = true\n',
        'regulatory = "none"\n',
    ],
)
def test_a_faulty_duty_of_the_site_is_a_finding(faulty: str) -> None:
    """It is left out, and its author is told where it stands."""
    site = parse_site(faulty)
    assert site.regulatory == ()
    assert [f.code for f in site.findings] == ["site-value"]
