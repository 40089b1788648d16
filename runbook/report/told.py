"""The steps of a run as they are told: every attempt with who, when, what was read and said."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from runbook.procedure.model import Section, Step
from runbook.report.called_words import called_words
from runbook.report.checks import attempt_checks
from runbook.report.measures import length
from runbook.report.names import Names
from runbook.report.sentences import change, fill
from runbook.report.timeline import Known, mended_by
from runbook.report.words import NOTE, OUTSIDE, STATUS, duration, instant, labelled, local, stop
from runbook.run.deadlines import late_by
from runbook.run.entry import Entry
from runbook.run.events import EntryCorrected, OptionChosen, ReadingTaken, RunPrepared, Status
from runbook.run.order import ON_REQUEST
from runbook.run.state import Attempt, Correction, Reading, RunState

_TELLING = (RunPrepared, ReadingTaken, EntryCorrected)


@dataclass(frozen=True, slots=True)
class AttemptTold:
    """One try at a step. Times are texts, empty while unknown; `lines` are whole sentences."""

    number: int
    status: Status
    symbol: str
    word: str
    local: str
    utc: str
    who: str
    role: str
    entry: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StepTold:
    """One step as written, with values filled in, and all attempts at it."""

    id: str
    number: str
    text: str
    role: str
    target: str
    expect: str
    attempts: tuple[AttemptTold, ...]


@dataclass(frozen=True, slots=True)
class SectionTold:
    """A section's title and its steps."""

    title: str
    steps: tuple[StepTold, ...]


def _brief(at: datetime) -> str:
    return f"{at.astimezone(UTC):%H:%M:%S} UTC"


class Wall:
    """What the clock on the wall showed: moments in the offset that was in force then."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        shown = sorted(datetime.fromisoformat(entry.wall) for entry in entries)
        self._moments = [at.astimezone(UTC) for at in shown]
        self._zones = [at.tzinfo for at in shown]

    def local(self, at: datetime | None) -> str:
        """A moment as the wall showed it, with its offset; empty for none."""
        if at is None:
            return ""
        place = max(0, bisect_right(self._moments, at) - 1)
        return local(at.astimezone(self._zones[place]).isoformat())

    def both(self, at: datetime | None) -> str:
        """A moment as the wall showed it, and the time of day in UTC."""
        return f"{self.local(at)} ({_brief(at)})" if at else ""


class Teller:
    """Tells the steps of one run."""

    def __init__(self, state: RunState, entries: tuple[Entry, ...]) -> None:
        self.state = state
        self.names = Names(state.procedure, state.prepared.values)
        self.wall = Wall(entries)
        self.entries: Mapping[int, Entry] = {entry.seq: entry for entry in entries}
        self._choices = tuple(e for e in entries if isinstance(e.event, OptionChosen))
        self._telling = tuple(e for e in entries if isinstance(e.event, _TELLING))

    def sections(self) -> tuple[SectionTold, ...]:
        """All steps in the order of the document, under their headings."""
        found: dict[str, list[Step]] = {}
        for step in self.state.procedure.steps:
            found.setdefault(step.section, []).append(step)
        known = self.state.procedure.section_by_id
        return tuple(
            SectionTold(self._title(known.get(section)), tuple(self._step(s) for s in steps))
            for section, steps in found.items()
        )

    def _title(self, section: Section | None) -> str:
        return fill(section.title, self.state.prepared.values) if section else ""

    def _step(self, step: Step) -> StepTold:
        record = self.state.record(step.id)
        return StepTold(
            id=step.id,
            number=step.number,
            text=self.words(step.text, record.last),
            role=self.state.procedure.role_name(step.role),
            target=target(step.target_s),
            expect=self.words(step.expect or "", record.last),
            attempts=tuple(self._attempt(step, attempt) for attempt in record.attempts),
        )

    def words(self, text: str, attempt: Attempt) -> str:
        """A text as it read when the attempt was settled: values, and readings by then."""
        return fill(text, self._values(attempt.seq)) if "{{" in text else text

    def _values(self, seq: int) -> Mapping[str, str]:
        """The frozen values and what had been read by an entry; all of it while still open."""
        known = Known()
        for entry in self._telling:
            if seq and entry.seq > seq:
                break
            known.learn(entry)
        return known.values

    def _attempt(self, step: Step, attempt: Attempt) -> AttemptTold:
        last = attempt is self.state.record(step.id).last
        status = self.state.status_of(step.id) if last else attempt.status
        entry = self.entries.get(attempt.seq)
        return AttemptTold(
            number=attempt.number,
            status=status,
            symbol=STATUS[status].symbol,
            word=STATUS[status].word,
            local=local(entry.wall) if entry else "",
            utc=instant(attempt.settled) if attempt.settled else "",
            who=attempt.by,
            role=self.state.procedure.role_name(attempt.role),
            entry=attempt.seq,
            lines=tuple(line for line in self._lines(step, attempt, last=last) if line),
        )

    def _lines(self, step: Step, attempt: Attempt, *, last: bool) -> Iterable[str]:
        """Everything to be said of an attempt, as sentences."""
        yield from self._course(step, attempt)
        yield from self._said(step, attempt)
        for reading in self.state.readings:
            if (reading.step, reading.attempt) == (step.id, attempt.number):
                yield from self.reading(reading)
        yield from self.mendings(attempt.seq)
        if last:
            yield from self._about(step)

    def _course(self, step: Step, attempt: Attempt) -> Iterable[str]:
        """When it began, was performed and entered, how long it took, what it came before."""
        began = attempt.started != attempt.settled
        yield labelled("Begun", self.wall.both(attempt.started)) if began else ""
        yield labelled("Performed, entered later", self.wall.both(attempt.performed))
        yield self._took(step, attempt)
        over = late_by(self.state, step, attempt)
        yield f"LATE: its deadline was over by {duration(over)}." if over else ""
        yield labelled("Out of order, before", self.names.numbers(attempt.passed_over))
        by_hand = ", ".join(attempt.unenforced)
        yield labelled("Confirmed by hand, not enforced by the program", by_hand)

    def _took(self, step: Step, attempt: Attempt) -> str:
        took = length(attempt)
        if took is None or attempt.status not in (Status.DONE, Status.DONE_DEV, Status.FAILED):
            return ""
        if step.target_s is None:
            return f"Took {duration(took)}." if took else ""
        over = took - step.target_s[1]
        late = f", over by {duration(over)}" if over > 0 else ""
        return f"Took {duration(took)}, target {target(step.target_s)}{late}."

    def _said(self, step: Step, attempt: Attempt) -> Iterable[str]:
        """The words a person gave, each with what they are."""
        yield labelled("Choice", attempt.label)
        yield labelled("Basis", attempt.basis)
        yield from self._earlier_choices(step, attempt)
        yield labelled("Confirmed", self.words(attempt.confirmed, attempt))
        heads = {Status.DONE_DEV: "Deviation", Status.FAILED: "Observed"}
        yield labelled(heads.get(attempt.status, "Reason"), attempt.text)
        yield labelled("Authority", attempt.authority)
        yield labelled("Until", self.names.place(attempt.target))
        yield labelled("Alternative taken, went to", self.names.place(attempt.go or ""))
        yield labelled("Done in run", attempt.done_in)
        yield called_words(attempt.called)
        yield "Warnings read." if attempt.warnings_read else ""
        yield from attempt_checks(attempt, self.names)

    def _earlier_choices(self, step: Step, attempt: Attempt) -> Iterable[str]:
        """What was decided before the choice that stands."""
        for entry in self._choices:
            event = entry.event
            assert isinstance(event, OptionChosen)
            if (event.step, event.attempt) == (step.id, attempt.number) and entry.seq < attempt.seq:
                yield f"Earlier choice: {event.label}, entry {entry.seq}, {entry.actor.operator}."

    def reading(self, reading: Reading) -> Iterable[str]:
        """A reading as it stands, and each correction of it."""
        limits = f", limits {reading.limits}" if reading.limits else ""
        outside = f", {OUTSIDE[reading.outside].upper()}" if reading.outside else ""
        source = f", from {reading.source}" if reading.source else ""
        told = f"{reading.label or reading.name} = {reading.shown}{limits}{outside}{source}"
        yield f"Withdrawn reading: {told}." if reading.withdrawn else f"Reading: {told}."
        yield labelled("Accepted because", reading.accepted)
        yield from self.mendings(reading.seq)

    def mendings(self, seq: int) -> Iterable[str]:
        """What later entries say about an entry."""
        for mended in self.state.corrections:
            if mended.target == seq:
                yield mending(mended)

    def _about(self, step: Step) -> Iterable[str]:
        """Why the step does not apply, whether its branch was left, and the notes at it."""
        yield self._why_not(step)
        if self.state.is_abandoned(step.id):
            yield "Done on a branch that a changed decision left."
        for note in self.state.notes:
            if note.step == step.id:
                withdrawn = "Withdrawn note" if note.withdrawn else NOTE[note.about]
                yield f"{withdrawn}, {note.by}: {stop(note.text)}"
                yield from self.mendings(note.seq)

    def _why_not(self, step: Step) -> str:
        why = self.state.route.not_applicable.get(step.id)
        if why is None or self.state.status_of(step.id) is not Status.NOT_APPLICABLE:
            return ""
        if why.step == ON_REQUEST:
            return "Only on request, and nothing led here."
        decided = f": “{why.label}”" if why.label else ""
        return f"Does not apply because of step {self.names.number(why.step)}{decided}."


def mending(mended: Correction) -> str:
    """A correction as it is told at the entry it mends."""
    told = mended_by(mended.seq, mended.field, change(mended.field, mended.old, mended.new))
    return " ".join(p for p in (told, labelled("Reason", mended.reason), f"{mended.by}.") if p)


def target(seconds: tuple[int, int] | None) -> str:
    """A target time in words; empty for none."""
    if seconds is None:
        return ""
    low, high = seconds
    return duration(high) if low == high else f"{duration(low)} to {duration(high)}"
