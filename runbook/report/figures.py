"""Measures in the words of a report: a label and what stands behind it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from runbook.report.checks import check_facts
from runbook.report.measures import Measures, Milestone
from runbook.report.sentences import fill
from runbook.report.told import target
from runbook.report.words import STATUS, duration
from runbook.run.state import RunState
from runbook.run.work import NO_TYPICAL


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and its text."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Count:
    """How many steps are in a status."""

    symbol: str
    word: str
    count: int


@dataclass(frozen=True, slots=True)
class Against:
    """A time beside its target, and what came of it in words."""

    number: str
    text: str
    target: str
    actual: str
    verdict: str
    typical: str = ""


def counts(found: Measures) -> tuple[Count, ...]:
    """Every status with its own figure, zero or not."""
    return tuple(
        Count(STATUS[status].symbol, STATUS[status].word, count)
        for status, count in found.statuses.items()
    )


def facts(found: Measures) -> tuple[Fact, ...]:
    """All figures that are not counts of statuses or times of steps."""
    return tuple(Fact(label, text) for label, text in (*_lengths(found), *_totals(found)))


def _lengths(found: Measures) -> Iterable[tuple[str, str]]:
    yield "Prepared to started", _length(found.prepared_to_started_s, "not started")
    yield "Started to ended", _length(found.started_to_ended_s, "not ended")
    yield "Paused", duration(found.paused_s)
    yield "Start to first call or message", _length(found.first_call_s, "none noted")


def _length(seconds: int | None, otherwise: str) -> str:
    return otherwise if seconds is None else duration(seconds)


def _totals(found: Measures) -> Iterable[tuple[str, str]]:
    yield "Steps in the procedure", str(found.steps)
    yield "Steps over their target time", str(found.overdue)
    yield "Deviations told", str(found.deviations)
    yield "Failed attempts", str(found.failed_attempts)
    yield "Retries", str(found.retries)
    yield "Alternatives taken", str(found.alternatives)
    yield "Steps opened again", str(found.reopened)
    yield "Steps out of order", str(found.out_of_order)
    yield "Decisions", f"{found.decisions}, of which changed {found.decisions_changed}"
    yield "Readings", f"{found.readings}, of which outside limits {found.readings_outside}"
    yield "Readings missing at steps done", str(found.readings_missing)
    yield "Went past advice, with a reason", str(found.overrides)
    yield from check_facts(found.checks)
    yield "Confirmed by hand, not enforced", _by_name(found)
    yield "Warnings read", str(found.warnings_read)
    yield "Notes", str(found.notes)
    yield "Corrections", f"{found.corrections}, of which withdrawals {found.withdrawn}"
    yield "Entered later than performed", str(found.late_entries)
    yield "Program away", _away(found)
    yield "Wall clock moved", _moved(found)


def _by_name(found: Measures) -> str:
    total = sum(found.unenforced.values())
    names = ", ".join(f"{name} {count}" for name, count in found.unenforced.items())
    return f"{total}: {names}" if names else "0"


def _away(found: Measures) -> str:
    total = duration(sum(max(0, gap.seconds) for gap in found.gaps))
    times = "once" if len(found.gaps) == 1 else f"{len(found.gaps)} times"
    return f"{times}, {total} in all" if found.gaps else "never"


def _moved(found: Measures) -> str:
    moves = (f"by {duration(step.seconds)} before entry {step.seq}" for step in found.clock_steps)
    return ", ".join(moves) or "never seen"


def against(
    state: RunState, found: Measures, typical: Mapping[str, int] = NO_TYPICAL
) -> tuple[Against, ...]:
    """Recovery objectives first, then every step with a target that took a known time."""
    steps = (
        Against(
            time.number,
            fill(state.step(time.step).text, state.prepared.values),
            target(time.target_s),
            duration(time.actual_s),
            f"over by {duration(time.over_s)}" if time.over_s else "within",
            duration(typical[time.step]) if time.step in typical else "",
        )
        for time in found.times
        if time.target_s is not None
    )
    return (*(_objective(milestone) for milestone in found.milestones), *steps)


def _objective(found: Milestone) -> Against:
    wanted = "none readable" if found.target_s is None else duration(found.target_s)
    text = f"{found.service} back in use"
    if found.actual_s is None:
        return Against("", text, wanted, "not reached", "not reached")
    over = 0 if found.target_s is None else found.actual_s - found.target_s
    spare = "within" if found.target_s is None else f"within, {duration(-over)} to spare"
    verdict = f"over by {duration(over)}" if over > 0 else spare
    return Against("", text, wanted, duration(found.actual_s), verdict)
