"""A run on a terminal: read a line, do it, say what was saved, show the next step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from runbook.calling import Runs
from runbook.operators import Claim, Signed
from runbook.procedure.frozen import parse_with
from runbook.report.earlier import earlier_lengths
from runbook.report.sentences import sentence
from runbook.report.timeline import rows
from runbook.run.commands import Close, Command, Note, Refused, Settle
from runbook.run.commands_people import AcceptHandover, SitDown
from runbook.run.entry import Actor, Entry
from runbook.run.events import Event, NoteAbout, Status
from runbook.run.filling import values_of
from runbook.run.handover import sheet_of
from runbook.run.lanes import in_lane
from runbook.run.port import JournalPort, NotRecordedError
from runbook.run.runner import Recorded, Runner
from runbook.run.state import ENDED, RunState
from runbook.walk.between import between, stack_line
from runbook.walk.help_text import HELP
from runbook.walk.lanes_text import lane_lines, others_line
from runbook.walk.lines import understand
from runbook.walk.overview import clock, end_lines, head_lines, journal_lines, status_lines
from runbook.walk.people_text import questions_lines, roles_lines, sheet_lines
from runbook.walk.pins import Gate
from runbook.walk.step_text import step_lines
from runbook.walk.terminal import LeaveError, Terminal
from runbook.walk.text import labelled, one_line
from runbook.walk.timers_text import (
    alert_lines,
    let_go_lines,
    offer_lines,
    timer_lines,
    waiting_lines,
)
from runbook.walk.told_text import prompt_lines
from runbook.walk.wish import Ask, Between, Here, Settled, Told, Turned

_HOW = {
    "acknowledge": "Type ack.",
    "accept": "Type: read NAME VALUE because REASON.",
    "deviation": "Or type done and what differs.",
    "option": "Type choose and its number.",
    "typed": "Type: type TEXT. To go on without it: done untyped: WHY.",
    "untyped": "Type: done untyped: WHY.",
    "signature": "Type: verify NAME.",
    "saw": "Type: verify NAME by phone WHAT WAS READ BACK.",
    "decider": "Type behind it by NAME for who decides, or override: WHY.",
    "call": "Type call or leave, with the number of the option; or: paper [N] WHY.",
    "paper": "Type: paper [N] WHY.",
    "reason": "Add behind it: because WHY.",
    "criteria": "Add behind it although: WHY.",
    "past_hold": "Type: take STEP because WHY.",
    "items": "Type: settle N OWNER REASON.",
    "instead": "Add behind it: instead: WHY.",
    "authority": "Add behind it: authority: NAME.",
    "second": "Type: close NAME, or close because REASON.",
    "safe_state": "Type: finish and the safe state.",
    "aware": "Type: declare aware HH:MM WHAT IS MET.",
    "read_back": "Type: called WHO CHANNEL answered read-back (or not read-back); or done WHY.",
    "override": "Add behind it: override: WHY.",
    "wait": "Type wait, or done and why.",
    "arm": "Type arm, or done and why.",
    "answer": "Type: answer WHAT CAME.",
    "until": "Type: await WHAT until HH:MM.",
    "minutes": "Type wait or arm, and the minutes.",
}


@dataclass
class Session:
    """One operator walking one run; the runner holds the truth, this only talks."""

    runner: Runner
    journal: JournalPort
    actor: Actor
    terminal: Terminal
    briefing: tuple[str, ...]
    again: str
    gate: Gate
    settled: dict[str, Settle] = field(default_factory=dict)
    lane: str | None = None
    runs: Runs | None = None
    _next: str = ""
    typical: dict[str, Mapping[str, int]] = field(default_factory=dict)

    def walk(self) -> int:
        """Answer lines until there are no more; the exit code."""
        self.terminal.say(self._now_at())
        try:
            self._answer_all()
        except LeaveError as told:
            self.terminal.say(["", self._left()])
            return told.exit_code
        self.terminal.say([self._left()])
        return 0

    def _answer_all(self) -> None:
        while (line := self.terminal.next_line()) is not None:
            if not self.answer(line):
                return

    def answer(self, line: str) -> bool:
        """Answer one line; False when it asks to leave."""
        here = Here(self.state, self._now(), self._items(), self._event, self._typical)
        match understand(line, here):
            case None:
                pass
            case Refused() as refused:
                self.terminal.say([refusal(refused)])
            case Ask.QUIT:
                return False
            case Ask() as ask:
                self.terminal.say(self._asked(ask))
            case Told(lines):
                self.terminal.say(lines)
            case Settled(item):
                self._settle(item)
            case Turned(lane):
                self.lane = lane
                self.terminal.say(self._now_at())
            case Between() as wish:
                between(self, wish)
            case Signed(command, claim):
                self._sign(command, claim)
            case Close(second=second) as close if second:
                self._close(close)
            case command:
                self._do(command)
        return True

    def _left(self) -> str:
        """How to go on with a run that is being left."""
        run = self.state.run
        if self.state.status in ENDED:
            return f"Run {run} has ended; its record is kept."
        return f"Run {run} stays open. Go on with: {self.again} {run}"

    @property
    def state(self) -> RunState:
        """The run as recorded, with the step of the lane that was turned to in hand."""
        return in_lane(self.runner.state, self.lane)

    def _now(self) -> datetime:
        return self.journal.now().astimezone()

    def _items(self) -> tuple[Settle, ...]:
        """What was settled, as far as it is still open."""
        pending = self.state.open_items()
        return tuple(item for step, item in self.settled.items() if step in pending)

    def _typical(self) -> Mapping[str, int]:
        """What the steps took in earlier runs; looked up once for a run."""
        run = self.state.run
        if run not in self.typical:
            self.typical[run] = earlier_lengths(self.journal, self.state, parse_with)
        return self.typical[run]

    def _event(self, seq: int) -> Event | None:
        """What the entry of this run with that number says."""
        entries = self.journal.entries(self.state.run)
        return next((entry.event for entry in entries if entry.seq == seq), None)

    def _asked(self, ask: Ask) -> Iterable[str]:
        match ask:
            case Ask.STATUS:
                now = self._now()
                return (*status_lines(self.state, now), *prompt_lines(self.state, now))
            case Ask.LANES:
                return tuple(lane_lines(self.state, self._now())) or ("No lanes here.",)
            case Ask.TIMERS:
                return timer_lines(self.state, self._now())
            case Ask.JOURNAL:
                entries = self.journal.entries(self.state.run)
                return journal_lines(rows(entries, self.state.procedure))
            case Ask.BRIEFING:
                return self.briefing
            case Ask.ROLES:
                return roles_lines(self.state)
            case Ask.SHEET:
                return sheet_lines(sheet_of(self.state, self._now()))
            case Ask.HELP | Ask.QUIT:
                return HELP.splitlines()
            case Ask.STEP:
                return self._now_at()

    def _now_at(self) -> Iterator[str]:
        """The step in hand, or what can be done without one."""
        yield from prompt_lines(self.state, self._now())
        if self.state.current is not None:
            yield from step_lines(self.state, self.state.current)
            yield from waiting_lines(self.state, self.state.current)
            yield from others_line(self.state)
        yield from end_lines(self.state)

    def _settle(self, item: Settle) -> None:
        """Record the decision on an open step now; it takes effect when the run ends."""
        step = self.state.step(item.step)
        if item.step not in self.state.open_items():
            self.terminal.say([f"refused: Step {step.number} is not open."])
            return
        text = f"stays open, owned by {item.owner}: {item.reason}"
        if self._do(Note(text=text, about=NoteAbout.DECISION, step=item.step)):
            self.settled[item.step] = item

    def _sign(self, command: Command, claim: Claim) -> None:
        """Carry out a command that another person gives and signs."""
        signed = self.gate.signed(command, claim, self._now())
        if isinstance(signed, Refused):
            self.terminal.say([refusal(signed)])
            return
        command, actor = signed
        if not self._do(command, actor):
            return
        if isinstance(command, SitDown | AcceptHandover):
            self.actor = actor

    def _close(self, close: Close) -> None:
        """Close with a second person, who proves to be there where he has a PIN."""
        known = self.gate.known(Claim(close.second), self._now())
        if isinstance(known, Refused):
            self.terminal.say([refusal(known)])
            return
        self._do(replace(close, second=known.operator, assurance=known.assurance.value))

    def do(self, command: Command) -> bool:
        """Carry out a command in the run in hand."""
        return self._do(command)

    def refuse(self, refused: Refused) -> None:
        """Say why something was not done."""
        self.terminal.say([refusal(refused)])

    def turn_to(self, run: str) -> None:
        """Go on in another run; what was settled here is settled there no more."""
        assert self.runs is not None
        self.runner, _noted = self.runs.take_up(run)
        self.settled, self.lane = {}, None
        self.terminal.say(head_lines(self.state))
        self.terminal.say(stack_line(self.runs.around(run)))
        self.terminal.say(self._now_at())

    def _carry_out(self, command: Command, actor: Actor) -> Recorded | Refused:
        """Carry a command out; one that leads to another run goes on there."""
        if self.runs is None:
            return self.runner.do(command, actor)
        done = self.runs.do(self.runner.state.run, command, actor)
        if isinstance(done, Refused):
            return done
        self._next = done.run
        return done.recorded

    def _do(self, command: Command, actor: Actor | None = None) -> bool:
        """Carry out a command, say what became of it, and show what follows."""
        before = self.state
        try:
            done = self._carry_out(command, actor or self.actor)
        except NotRecordedError as error:
            why = str(error).removeprefix("NOT RECORDED: write it on paper, with the time. ")
            told = f"NOT RECORDED: write it on paper, with the time. {one_line(why)}"
            self.terminal.say([told])
            return False
        if isinstance(done, Refused):
            self.terminal.say([refusal(done)])
            return False
        if self.runner.state.acted != before.acted:
            self.lane = None
        self.terminal.say([saved(done)])
        if self._next not in ("", before.run):
            self.turn_to(self._next)
            return True
        let_go = let_go_lines(before, self.state)
        self.terminal.say([*let_go, *self._what_follows(before), *self._alerts(done)])
        self._ask_back(before)
        return True

    def _alerts(self, done: Recorded) -> Iterator[str]:
        """What the readings just taken say is true, and what is overdue."""
        for step in dict.fromkeys(getattr(e.event, "step", "") for e in done.entries):
            if step in self.state.procedure.by_id:
                yield from offer_lines(self.state, step)
        yield from alert_lines(self.state, self._now())

    def _ask_back(self, before: RunState) -> None:
        """After a handover was prepared or answered: the sheet once, then what is still asked."""
        now, then = self.state.handover, before.handover
        if now is None or now == then:
            return
        if then is None:
            self.terminal.say(sheet_lines(sheet_of(self.state, self._now())))
        self.terminal.say(questions_lines(self.state))

    def _what_follows(self, before: RunState) -> Iterator[str]:
        """The next step when another one is in hand now, else the ways on from a failure."""
        state, step = self.state, self.state.current
        moved = (before.current, before.status) != (state.current, state.status)
        waits = step and state.status_of(step) in (Status.VERIFY, Status.HOLD)
        moved = moved or bool(
            step and waits and before.status_of(step) is not state.status_of(step)
        )
        if moved or (step and state.record(step).last.number != before.record(step).last.number):
            yield from self._now_at()
        elif step and state.status_of(step) is Status.FAILED is not before.status_of(step):
            if_not = state.step(step).if_not
            yield from labelled("If not", if_not.text if if_not else "")
            yield "  [retry | alternative | skip WHY | defer TARGET WHY | abort WHY]"


def refusal(refused: Refused) -> str:
    """The one line that answers a refused command."""
    how = _HOW.get(refused.needs, "")
    if refused.needs.startswith("join "):
        how = f"Type: call {refused.needs}, or: call join new."
    return one_line(f"refused: {refused.why} {how}")


def saved(done: Recorded) -> str:
    """The one line that answers a recorded command: number, time and what was saved."""
    last = done.entries[-1]
    copies = "" if done.copies > 1 else f" (one copy: {done.problem or 'the other failed'})"
    told = " ".join(_told(entry, done.state) for entry in done.entries)
    at = clock(datetime.fromisoformat(last.wall))
    return one_line(f"saved {last.seq}{copies} {at} {told}")


def _told(entry: Entry, state: RunState) -> str:
    zone = datetime.fromisoformat(entry.wall).tzinfo
    return sentence(entry.event, state.procedure, values_of(state), zone)
