"""What the journal's thread works on: one journal, and the runs taken up from it.

Nothing here knows Qt. Everything is called from one thread, one call after another. Parser,
rules and reports are loaded when they are first needed: the list of runs waits for none.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from runbook.folders import Folders
from runbook.journal.errors import JournalBusyError, JournalError, NewerJournalError
from runbook.journal.journal import Journal
from runbook.journal.mark import read_mark
from runbook.journal.reader import JournalReader
from runbook.run.commands import Close, Command, Refused
from runbook.run.commands_people import SitDown
from runbook.run.entry import Actor
from runbook.run.names import folded_name
from runbook.ui.run_line import RunLine, by_urgency

if TYPE_CHECKING:
    from runbook.calling import Done, Runs, Wanted
    from runbook.kin import Around
    from runbook.operators import Claim, Operators
    from runbook.procedure.site import Site
    from runbook.run.entry import Entry
    from runbook.run.events import Mode
    from runbook.run.runner import Recorded
    from runbook.run.state import RunState
    from runbook.ui.open_runs import OpenRun

REPORTS = "reports"
_STEPS_TOLD = 5


@dataclass(frozen=True, slots=True)
class Place:
    """A run at the desk: its latest state and everything recorded in it, oldest first.

    `people` are initials and names of those who may be meant, `pins` the initials of those who
    have a PIN; both are empty where nothing can be recorded. `around` is what the run shares
    with the others of its incident.
    """

    state: RunState
    entries: tuple[Entry, ...]
    copies: int = 0
    problem: str = ""
    people: Mapping[str, str] = field(default_factory=dict)
    pins: frozenset[str] = frozenset()
    around: Around | None = None

    def has_pin(self, initials: str) -> bool:
        """True for a person of this computer who proves himself by a PIN."""
        return folded_name(initials) in self.pins

    @property
    def may_record(self) -> bool:
        """False where another program holds the journal."""
        return bool(self.copies) or not self.problem

    @property
    def seq(self) -> int:
        """The number of the last entry, as it is quoted."""
        return self.entries[-1].seq


@dataclass(frozen=True, slots=True)
class Listing:
    """The runs of one journal, and a sentence when it can only be read."""

    lines: tuple[RunLine, ...]
    problem: str = ""


class Desk(Protocol):
    """What can be asked of one family's journal."""

    def listing(self) -> Listing:
        """All runs, the most urgent first."""
        ...

    def listing_with_steps(self) -> Listing:
        """The same, with the step in hand of the open runs; takes longer."""
        ...

    def open_runs(self) -> tuple[OpenRun, ...]:
        """Where every open run stands, those of an incident together."""
        ...

    def start(
        self, path: Path, mode: Mode, who: Actor | Claim, reason: str, roles: Mapping[str, str]
    ) -> Place | Refused:
        """Begin a run with a procedure as its file stands now."""
        ...

    def take_up(self, run: str) -> Place:
        """Go on with a run where it was left; a gap is recorded once."""
        ...

    def look_again(self, place: Place) -> Place | None:
        """What another program has added to a run, None when nothing has been."""
        ...

    def do(
        self, run: str, command: Command, who: Actor | Claim, second: Claim | None = None
    ) -> Place | Refused:
        """Carry out one command in a run that was started or taken up here."""
        ...

    def sheet(self, run: str) -> Path:
        """Write the sheet for a handover of a run as it stands; where it lies."""
        ...

    def report(self, run: str, ending: str) -> Path:
        """Write a run's report as the ending says (html, pdf …); where it lies."""
        ...

    def typical(self, run: str) -> Mapping[str, int]:
        """Seconds each step of a run took in earlier ones."""
        ...

    def save_text(self, name: str, text: str) -> Path:
        """Write a text beside the reports; where it lies."""
        ...

    def close(self) -> None:
        """Let go of the journal in good order."""
        ...


def open_desk(folders: Folders, family: str) -> Desk:
    """The desk of a family's journal; one that only lists when the journal is not ours to hold."""
    folder = folders.data / family
    mark = read_mark(folder)
    try:
        journal = Journal.open(folder)
    except (JournalBusyError, NewerJournalError) as error:
        return ReadingDesk(folders, JournalReader(folder), str(error))
    was_clean = mark is not None and mark.sealed == journal.head[0]
    return WorkingDesk(folders, journal, was_clean=was_clean)


class WorkingDesk:
    """Starts runs, takes them up, and carries commands out."""

    def __init__(self, folders: Folders, journal: Journal, *, was_clean: bool) -> None:
        self._folders = folders
        self._journal = journal
        self._was_clean = was_clean
        self._known: Runs | None = None
        self._told_against: set[tuple[Path, tuple[str, ...]]] = set()
        self._people: dict[str, tuple[Mapping[str, str], frozenset[str]]] = {}

    @property
    def _runs(self) -> Runs:
        """The runs of this journal; what works them is loaded when first needed."""
        from runbook.calling import Runs  # noqa: PLC0415 - see above

        if self._known is None:
            self._known = Runs(self._journal, self._folders, lambda _state: self._was_clean)
        return self._known

    def listing(self) -> Listing:
        """All runs, the most urgent first."""
        lines = by_urgency(RunLine.of(summary) for summary in self._journal.runs())
        return Listing(lines, self._journal.problem)

    def listing_with_steps(self) -> Listing:
        """The same, with the step in hand of the first open runs; their texts are parsed."""
        listing = self.listing()
        told = [self._with_step(line) for line in listing.lines[:_STEPS_TOLD]]
        self._journal.warm_up()
        return replace(listing, lines=(*told, *listing.lines[_STEPS_TOLD:]))

    def open_runs(self) -> tuple[OpenRun, ...]:
        """Where every open run stands, those of an incident together."""
        from runbook.starting import StartingError  # noqa: PLC0415 - see above
        from runbook.ui.open_runs import MOST, open_run  # noqa: PLC0415

        lines = [line for line in self.listing().lines if line.is_open]
        found = []
        for line in lines[:MOST]:
            with suppress(StartingError):
                found.append(open_run(self._runs.state(line.run), self._journal.now()))
        return tuple(sorted(found, key=lambda one: one.order))

    def _with_step(self, line: RunLine) -> RunLine:
        if not line.is_open:
            return line
        from runbook.ui.filled import step_words  # noqa: PLC0415 - see above

        state = self._runs.state(line.run)
        if state.current is None:
            return line
        return replace(line, step=step_words(state, state.current))

    def start(
        self, path: Path, mode: Mode, who: Actor | Claim, reason: str, roles: Mapping[str, str]
    ) -> Place | Refused:
        """Begin a run with a procedure as its file stands now."""
        from runbook.calling import Wanted  # noqa: PLC0415 - see above
        from runbook.starting import load  # noqa: PLC0415

        today = self._journal.now().astimezone().date()
        briefing = load(path, self._folders, today)
        known = self._operators(briefing.site).known(who, self._journal.now())
        if isinstance(known, Refused):
            return known
        wanted = Wanted(briefing, mode, reason, roles)
        refused = self._warned_of(wanted)
        if refused is not None:
            return refused
        runner = self._runs.begin(wanted, known)
        return runner if isinstance(runner, Refused) else self._place(runner.state.run)

    def _warned_of(self, wanted: Wanted) -> Refused | None:
        """What open runs say against a start, told once before a reason for it counts."""
        against = self._runs.against(wanted)
        told = (wanted.briefing.path, against)
        if not against or told in self._told_against:
            return None
        self._told_against.add(told)
        all_of_it = "; ".join((*wanted.briefing.obstacles, *against))
        return Refused(f"Say why the run starts although {all_of_it}.", "inhibited", "reason")

    def take_up(self, run: str) -> Place:
        """Go on with a run where it was left; a gap is recorded once."""
        _runner, noted = self._runs.take_up(run)
        return self._place(run, noted)

    def look_again(self, place: Place) -> Place | None:  # noqa: ARG002 - the desk's signature
        """Nobody else writes here."""
        return None

    def do(
        self, run: str, command: Command, who: Actor | Claim, second: Claim | None = None
    ) -> Place | Refused:
        """Carry out one command in a run that was started or taken up here.

        A claim is a person who signs this one command; it has to prove right first.
        """
        if isinstance(who, Actor) and second is None and not isinstance(command, SitDown):
            return self._done(self._runs.do(run, command, who))  # known since he sat down
        people = self._operators(self._runs.state(run).site)
        if second is not None and isinstance(command, Close):
            witnessed = people.witness(command, second, self._journal.now())
            if isinstance(witnessed, Refused):
                return witnessed
            command = witnessed
        signed = people.sign(command, who, self._journal.now())
        if isinstance(signed, Refused):
            return signed
        return self._done(self._runs.do(run, *signed))

    def _done(self, done: Done | Refused) -> Place | Refused:
        return done if isinstance(done, Refused) else self._place(done.run, done.recorded)

    def report(self, run: str, ending: str) -> Path:
        """Write a run's report as the ending says (html, pdf …); where it lies."""
        return write_report(self._journal, run, ending, self._folders.data / REPORTS)

    def typical(self, run: str) -> Mapping[str, int]:
        """Seconds each step of a run took in earlier ones, whose texts are parsed for it."""
        from runbook.procedure.frozen import parse_with  # noqa: PLC0415 - see above
        from runbook.report.earlier import earlier_lengths  # noqa: PLC0415

        return earlier_lengths(self._journal, self._runs.state(run), parse_with)

    def save_text(self, name: str, text: str) -> Path:
        """Write a text beside the reports; where it lies."""
        return write_text(self._folders.data / REPORTS, name, text)

    def sheet(self, run: str) -> Path:
        """Write the sheet for a handover of a run as it stands; where it lies."""
        now = self._journal.now().astimezone()
        return write_sheet(self._runs.state(run), now, self._folders.data / REPORTS)

    def close(self) -> None:
        """Let go of the journal in good order."""
        self._journal.close()

    def _operators(self, site: Site) -> Operators:
        from runbook.operators import Operators, people_of  # noqa: PLC0415 - see above

        return Operators(self._folders.data, people_of(site))

    def _place(self, run: str, done: Recorded | None = None) -> Place:
        runs = self._runs
        state = runs.state(run)
        if run not in self._people:
            self._people[run] = self._operators(state.site).known_here()
        copies, problem = (done.copies, done.problem) if done else (0, "")
        people, around = self._people[run], runs.around(run)
        return Place(state, runs.entries(run), copies, problem, *people, around)


class ReadingDesk:
    """Lists, shows and reports from a journal that another program holds; records nothing."""

    def __init__(self, folders: Folders, reader: JournalReader, problem: str) -> None:
        self._folders = folders
        self._reader = reader
        self._problem = problem

    def listing(self) -> Listing:
        """All runs, with the sentence that says why they can only be read."""
        lines = by_urgency(RunLine.of(summary) for summary in self._reader.runs())
        return Listing(lines, self._problem)

    def listing_with_steps(self) -> Listing:
        """The same; where a run stands is for the program that holds it to say."""
        return self.listing()

    def open_runs(self) -> tuple[OpenRun, ...]:
        """Where runs stand is for the program that holds them to say."""
        return ()

    def start(self, *_asked: object) -> Place | Refused:
        """Refuse to record."""
        raise JournalError(self._problem)

    def take_up(self, run: str) -> Place:
        """Show a run as the other program has recorded it so far."""
        from runbook.procedure.frozen import parse_with  # noqa: PLC0415 - see above
        from runbook.report.material import gather  # noqa: PLC0415

        try:
            material = gather(self._reader, run, parse_with)
        except KeyError as error:
            raise JournalError(f"There is no run {run} in this journal.") from error
        return Place(material.state, material.entries, 0, self._problem)

    def look_again(self, place: Place) -> Place | None:
        """The run with what the other program has recorded since, None when there is nothing."""
        from runbook.run.evolve import evolve  # noqa: PLC0415 - see above

        known = len(place.entries)
        entries = tuple(self._reader.entries(place.state.run))
        if len(entries) == known:
            return None
        state = place.state
        for entry in entries[known:]:
            state = evolve(state, entry)
        return Place(state, entries, 0, self._problem)

    def do(self, *_asked: object) -> Place | Refused:
        """Refuse to record."""
        return Refused(self._problem, "read-only")

    def report(self, run: str, ending: str) -> Path:
        """Write a run's report as the ending says (html, pdf …); where it lies."""
        return write_report(self._reader, run, ending, self._folders.data / REPORTS)

    def typical(self, run: str) -> Mapping[str, int]:
        """Seconds each step of a run took in earlier ones."""
        from runbook.procedure.frozen import parse_with  # noqa: PLC0415 - see above
        from runbook.report.material import gather  # noqa: PLC0415

        return gather(self._reader, run, parse_with).typical

    def save_text(self, name: str, text: str) -> Path:
        """Write a text beside the reports; where it lies."""
        return write_text(self._folders.data / REPORTS, name, text)

    def sheet(self, run: str) -> Path:
        """Write the sheet for a handover of a run as it was last seen; where it lies."""
        return write_sheet(self.take_up(run).state, local_now(), self._folders.data / REPORTS)

    def close(self) -> None:
        """Nothing is held."""


def local_now() -> datetime:
    """The wall clock here."""
    return datetime.now(UTC).astimezone()


def write_sheet(state: RunState, now: datetime, folder: Path) -> Path:
    """Write the sheet for a handover as a web page and as Markdown; where the page lies."""
    from runbook.report.handover import sheet_name, to_md, to_page  # noqa: PLC0415 - see above
    from runbook.run.handover import sheet_of  # noqa: PLC0415

    file = folder / sheet_name(state, now)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    sheet = sheet_of(state, now)
    file.with_suffix(".md").write_bytes(to_md(state, sheet))
    file.write_bytes(to_page(state, sheet))
    return file


def write_report(source: Journal | JournalReader, run: str, ending: str, folder: Path) -> Path:
    """Write the report of a run into a folder, under the name that tells its mode."""
    from runbook.procedure.frozen import parse_with  # noqa: PLC0415 - see above
    from runbook.report.build import Format, file_name, write  # noqa: PLC0415
    from runbook.report.material import gather  # noqa: PLC0415

    material = gather(source, run, parse_with)
    form = Format(ending)
    file = folder / file_name(material.state, form)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    file.write_bytes(write(material, form))
    return file


def write_text(folder: Path, name: str, text: str) -> Path:
    """Write a text into a folder, which is made when it is missing; where it lies."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file
