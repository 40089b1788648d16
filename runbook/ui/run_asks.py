"""What the operator asks on the run page: each key or click becomes a command or a question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from runbook.operators import Signed
from runbook.procedure.model import TwoPerson
from runbook.run.choices import meant
from runbook.run.commands import Choose, Command, Confirm, Read, Settle
from runbook.run.commands_calls import Call, Leave
from runbook.run.commands_check import TypeTarget
from runbook.run.events import RunStatus
from runbook.run.rules_calls import way_out
from runbook.run.rules_record import correctable
from runbook.run.state import ENDED, RunState
from runbook.ui.acts_page import ActsPage
from runbook.ui.correct_form import correct_form
from runbook.ui.forms import abort_form, change_form, note_form, pause_form
from runbook.ui.forms_calls import (
    gate_form,
    leave_form,
    note_to_pin_form,
    redeem_form,
    take_down_form,
)
from runbook.ui.forms_check import sign_form
from runbook.ui.forms_people import keyboard_form
from runbook.ui.forms_time import check_form, end_form, trigger_form
from runbook.ui.inline_form import FormSpec
from runbook.ui.journal_model import marked_for
from runbook.ui.run_acts import command_for, form_for
from runbook.ui.step_acts import What
from runbook.ui.step_view import Segment

if TYPE_CHECKING:
    from runbook.ui.run_page import RunPage


class RunAsks(QObject):
    """Reads the page, makes commands, and hands them to it; it knows no journal."""

    def __init__(self, page: RunPage) -> None:
        super().__init__(page)
        self._page = page

    @property
    def _at(self) -> tuple[RunState, str] | None:
        """The run and the step shown, when something may be asked now."""
        page = self._page
        if page.state is None or page.step is None or page.is_waiting:
            return None
        return page.state, page.step

    def act(self, what: What) -> None:
        """Carry out an act of a button or key, or put its question."""
        if self._page.is_waiting:
            return
        match what:
            case What.SHEET:
                self._page.sheet_wanted.emit()
            case _ if isinstance(self._page.middle.aside, ActsPage):
                self._ask(self._page.middle.aside.form_for(what))
            case What.REPORT:
                self._page.report_wanted.emit()
            case What.READ:
                self._page.middle.focus_reading()
            case What.GO_CALLED if self._at is not None:
                called = self._at[0].record(self._at[1]).last.called
                self._page.go_to.emit(called.run if called else "")
            case What.TYPE:
                self._page.middle.panel.body.check.focus_target()
            case What.COMPLETE:
                self._guarded(self._page.middle.end.ending())
            case What.SAME:
                self._page.middle.end.keep_same()
            case What.CLOSE | What.FINISH_ABORT:
                self._ask(self._page.middle.end.form_for(what))
            case What.NOTE if self._page.middle.is_at_end or self._page.middle.aside:
                self._ask(note_form(self._page.state, ""))
            case _ if self._at is not None:
                self._act_at_step(what, *self._at)

    def _act_at_step(self, what: What, state: RunState, step: str) -> None:
        command = command_for(what, state, step)
        if command is None:
            self._ask(form_for(what, state, step, self._page.people))
        elif what is not What.DONE or not self._has_unsaved_reading():
            self._guarded(command)

    def _guarded(self, command: Command) -> None:
        """What settles a step needs it to have been seen, by whatever key or click."""
        if self._page.guard.seen:
            self._page.submit(command)

    def _ask(self, spec: FormSpec | None) -> None:
        if spec is not None:
            self._page.middle.form.ask(spec)

    def _has_unsaved_reading(self) -> bool:
        """Nothing typed is lost: what stands in a field is recorded before the step is done."""
        unsaved = self._page.middle.unsaved_reading()
        if unsaved is None:
            return False
        words = self.tr("“{typed}” is typed but not recorded. Enter in the field records it.")
        self._page.middle.tell(words.format(typed=unsaved.unsaved))
        unsaved.field.setFocus()
        return True

    def answered(self, answer: Command | Settle | Signed) -> None:
        """Send what a form made; a decision on an open step is kept until the run ends."""
        if isinstance(answer, Settle):
            self._page.middle.end.form.close_form()
            self._page.middle.end.keep(answer)
        else:
            self._page.submit(answer)

    def at_timer(self, step: str, what: str) -> None:
        """Put the question of a watch, or show the step that another timer is about."""
        page, state = self._page, self._page.state
        if state is None or page.is_waiting or not step:
            return
        if not state.is_armed(step):
            page.look_at(step)
            page.focus_step()
            return
        match what:
            case "check":
                self._ask(check_form(state, step))
            case "trigger":
                self._ask(trigger_form(state, step, state.current or ""))
            case "end":
                self._ask(end_form(state, step))

    def choose(self, option: int) -> None:
        """Decide, or ask why a decision is changed."""
        if self._at is None:
            return
        state, step = self._at
        if way_out(state, step, option):
            self._take_way_out(state, step, option)
        elif state.record(step).last.option in (None, -1):
            self._guarded(Choose(step=step, option=option))
        else:
            self._ask(change_form(state, step, option))

    def _take_way_out(self, state: RunState, step: str, option: int) -> None:
        """Call what an option calls, or ask before the run is left for another."""
        chosen = meant(state.step(step), option)
        if chosen is not None and chosen.leave:
            self._ask(leave_form(state, Leave(step=step, option=option)))
        else:
            self._guarded(Call(step=step, option=option))

    def ask_pin(self) -> None:
        """Ask for a note to be pinned."""
        if self._page.state is not None and not self._page.is_waiting:
            self._ask(note_to_pin_form(self._page.step))

    def ask_take_down(self) -> None:
        """Ask which pinned note does not hold any more."""
        pins = self._page.pins
        if pins and not self._page.is_waiting:
            self._ask(take_down_form(pins))

    def ask_redeem(self) -> None:
        """Ask which step of another run was done here."""
        state = self._page.state
        items = tuple(r for r in state.received if not r.redeemed) if state else ()
        if items and not self._page.is_waiting:
            self._ask(redeem_form(items))

    def ask_gate(self) -> None:
        """Ask whether this is still the right procedure."""
        state = self._page.state
        if state is not None and state.status not in ENDED and not self._page.is_waiting:
            self._ask(gate_form(state))

    def read(self, name: str, typed: str) -> None:
        """Record what is typed in a field; Enter on what is recorded goes back to the step."""
        if self._at is None or self._page.looking is not None:
            return
        if typed.strip() and self._page.middle.reading_field(name).unsaved:
            self._page.submit(Read(step=self._at[1], name=name, typed=typed))
        else:
            self._page.focus_step()

    def type_target(self, typed: str) -> None:
        """Record what was typed to prove the target."""
        if self._at is not None and typed.strip():
            self._page.submit(TypeTarget(step=self._at[1], typed=typed))

    def verify(self) -> None:
        """Ask who confirms the step shown, else the first one that waits for it."""
        state, page = self._page.state, self._page
        if state is None or page.is_waiting:
            return
        waiting = state.to_verify()
        if waiting and page.step not in waiting:
            page.look_at(waiting[0])
        if waiting and page.step is not None:
            self._ask(sign_form(state, page.step, page.people))

    def after(self, answered: Command | Signed | None) -> None:
        """Two who look together confirm in one go: the second is asked for at once."""
        state = self._page.state
        if state is None or not isinstance(answered, Confirm | Choose):
            return
        step = state.step(answered.step)
        together = step.two_person is TwoPerson.TOGETHER
        if together and step.id == self._page.step and step.id in state.to_verify():
            self._ask(sign_form(state, step.id, self._page.people))

    def act_on_run(self, name: str) -> None:
        """Pause, resume, abort, end or leave the run."""
        state, page = self._page.state, self._page
        if state is None or page.is_waiting:
            return
        match name:
            case "pause" if state.status is RunStatus.PAUSED:
                self.act(What.RESUME)
            case "pause" if state.status is RunStatus.RUNNING:
                self._ask(pause_form())
            case "abort" if state.status in (RunStatus.RUNNING, RunStatus.PAUSED):
                self._ask(abort_form(state))
            case "end" if state.status is not RunStatus.PREPARED:
                page.turn_end()
            case "person" if state.status not in ENDED:
                self._ask(keyboard_form(state, page.people))
            case "verify":
                self.verify()
            case "leave":
                page.left.emit()
            case _ if state.status is not RunStatus.PREPARED:
                page.asides.open(name)

    def copy(self, segment: Segment | None = None) -> None:
        """Copy commands; in a drill with a comment that says so."""
        state = self._page.state
        found = segment or self._page.middle.panel.body.first_code()
        if found is None or state is None or self._page.middle.is_at_end:
            return
        text = marked_for(state.mode, found.language, found.code)
        QGuiApplication.clipboard().setText(text)
        self._page.side.show_saved(self.tr("Copied."), "dim")

    def follow(self, address: str) -> None:
        """A link inside the procedure is looked at; any other only shows its address."""
        where = address.removeprefix("rb-go:")
        state = self._page.state
        place = state.plan.target(where) if state and where.startswith("#") else None
        if place is not None:
            self._page.look_at(place)
        else:
            words = self.tr("This link leads to {where}. It is not opened from here.")
            self._page.middle.tell(words.format(where=where))

    def correct(self, seq: int) -> None:
        """Ask how an entry is to be read."""
        state = self._page.state
        spec = correct_form(state, seq) if state else None
        if spec is None:
            words = self.tr("Entry {seq} has no words to correct. Reopen the step, or add a note.")
            self._page.middle.tell(words.format(seq=seq))
            self._page.focus_step()
        elif not self._page.is_waiting:
            self._ask(spec)

    def choose_entry(self) -> None:
        """Put the mark on the newest entry that can be corrected."""
        state = self._page.state
        if state is None:
            return
        newest = (e.seq for e in reversed(self._page.entries) if correctable(state, e.seq))
        self._page.side.view.choose(next(newest, state.last_seq))
