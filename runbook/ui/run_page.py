"""The run page: outline, the step in hand, clocks and journal; it asks, and shows answers.

A key or a click makes a command, `requested` carries it away, and nothing moves on screen
before `show_state` brings what was recorded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from time import monotonic
from typing import Final

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QSplitter, QVBoxLayout, QWidget

from runbook.kin import Around
from runbook.operators import Signed
from runbook.run.commands import Command, Confirm, Read, Refused
from runbook.run.commands_check import TypeTarget
from runbook.run.entry import Actor, Entry
from runbook.run.foresee import Foreseen, foresee
from runbook.run.pins import standing
from runbook.run.state import Pin, RunState
from runbook.ui.alert_strip import AlertStrip
from runbook.ui.forms_check import check_form
from runbook.ui.forms_people import pin_form
from runbook.ui.key_guard import PAINT_MS, KeyGuard
from runbook.ui.run_acts import form_after
from runbook.ui.run_asides import RunAsides
from runbook.ui.run_asks import RunAsks
from runbook.ui.run_bar import RunBar
from runbook.ui.run_clocks import RunClocks
from runbook.ui.run_keys import HeldKeys, RunKeys
from runbook.ui.run_lanes import RunLanes
from runbook.ui.run_middle import Aside, RunMiddle, shown_step
from runbook.ui.run_sides import JournalSide, OutlineSide
from runbook.ui.run_strip import RunStrip
from runbook.ui.timer_rows import TimerRow, rows_elsewhere, timer_rows
from runbook.ui.where_card import gap_noted, where_words, words_after_absence

_TICK_MS: Final = 1000

_TYPED: Final = (Read, TypeTarget)
_IDLE_MS: Final = 120  # nobody has read the step by then


def utc_now() -> datetime:
    """The wall clock, aware."""
    return datetime.now(UTC)


class RunPage(QWidget):
    """One run on screen. `requested(command)` asks; `show_state` shows what is recorded.

    A command that another person signs is asked as `Signed`. `turned` tells that another
    lane's step is in hand.
    """

    requested = Signal(object)
    left = Signal()
    report_wanted = Signal()
    sheet_wanted = Signal()
    help_wanted = Signal()
    file_wanted = Signal(str, str)
    go_to = Signal(str)
    next_wanted = Signal()
    turned = Signal()

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        now: Callable[[], datetime] = utc_now,
        ticks: Callable[[], float] = monotonic,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("run_page")
        self.now = self._now = now
        self.state: RunState | None = None
        self.entries: Sequence[Entry] = ()
        self.people: Mapping[str, str] = {}
        self.around: Around | None = None
        self.looking: str | None = None
        self._ending = False
        self._asked: Command | Signed | None = None
        self._seen_seq = 0
        self.sounds = False
        self._elsewhere: tuple[TimerRow, ...] = ()
        self._away_since: datetime | None = None
        self._saved = ("", "dim")
        self._warned: tuple[str, int] | None = None
        self._foreseen: Foreseen | None = None
        self.guard = KeyGuard(ticks)
        self.strip = RunStrip(self)
        self.outline = OutlineSide(self)
        self.middle = RunMiddle(self.guard, self)
        self.side = JournalSide(self)
        self.bar = RunBar(self)
        self.asks = RunAsks(self)
        self.asides = RunAsides(self)
        self.lanes = RunLanes(self)
        self._keys, self._held = RunKeys(self), HeldKeys(self)
        self._lay_out()
        self._wire()
        self.clocks = RunClocks(self)
        self._later = QTimer(self, singleShot=True, interval=PAINT_MS)
        self._later.timeout.connect(self._show_rest)
        self._idle = QTimer(self, singleShot=True, interval=_IDLE_MS)
        self._idle.timeout.connect(self._draw_ahead)
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self.tick)

    def _lay_out(self) -> None:
        split = self._split = QSplitter(self)
        split.setObjectName("run_split")
        split.setChildrenCollapsible(False)
        split.setHandleWidth(1)
        parts = ((self.outline, 0), (self._column(), 1), (self.side, 0))
        for place, (widget, stretch) in enumerate(parts):
            split.addWidget(widget)
            split.setStretchFactor(place, stretch)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.strip)
        box.addWidget(split, 1)
        box.addWidget(self.bar)

    def _share_width(self) -> None:
        """The sides take what reads well, and leave more than half of a narrow window."""
        em, wide = self.fontMetrics().averageCharWidth(), self.width()
        left = min(em * 29, max(em * 24, wide * 22 // 100))
        right = min(em * 31, max(em * 26, wide * 23 // 100))
        self._split.setSizes([left, wide - left - right, right])

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Share the width anew."""
        super().resizeEvent(event)
        self._share_width()

    def _column(self) -> QWidget:
        """The step, with the lanes above it while there are several."""
        made = QWidget(self)
        box = QVBoxLayout(made)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.lanes.strip)
        box.addWidget(self.middle, 1)
        self.alerts = AlertStrip(made)
        box.addWidget(self.alerts)
        return made

    def _wire(self) -> None:
        """All wiring of the page in one place."""
        panel, end = self.middle.panel, self.middle.end
        self.outline.looked.connect(self.look_at)
        self.outline.given_up.connect(self.focus_step)
        self.lanes.turned.connect(self._turn_to)
        self.side.correct_wanted.connect(self.asks.correct)
        self.side.given_up.connect(self.focus_step)
        self.side.watch.asked.connect(self.asks.at_timer)
        self.alerts.became_due.connect(self._sound)
        self.bar.acted.connect(self.asks.act_on_run)
        panel.form.opened.connect(self._make_room)
        for acted, form in ((panel.acted, panel.form), (end.acted, end.form)):
            acted.connect(self.asks.act)
            form.submitted.connect(self.asks.answered)
            form.closed.connect(self.focus_step)
        panel.body.chosen.connect(self.asks.choose)
        panel.body.entered.connect(self.asks.read)
        panel.body.left_field.connect(self.focus_step)
        panel.body.copied.connect(self.asks.copy)
        panel.body.typed.connect(self.asks.type_target)
        panel.body.link_asked.connect(self.asks.follow)

    # What the window tells.

    def show_state(self, state: RunState, entries: Sequence[Entry]) -> None:
        """Show a run as recorded; may be called at any time, and twice."""
        first = self.state is None or self.state.run != state.run
        is_foreseen = self._is_foreseen(entries)
        state = self.lanes.seen_from_here(state)
        self.state, self.entries = state, entries
        if first:
            self.middle.aside = None
            self.looking, self._ending, self._seen_seq = None, False, 0
        answered = self._take_in(state) if state.last_seq > self._seen_seq else None
        if self.looking == state.current:
            self.looking = None
        self._later.start()
        if not is_foreseen or self.looking or self._ending or not self.middle.show_ahead():
            self._show_middle()
        if first or not self.isVisible():
            self._show_rest()
        if first or (isinstance(answered, _TYPED) and not self.middle.focus_missing()):
            self.focus_step()
        self.asks.after(answered)

    def _make_room(self) -> None:
        """A question needs the room that a formula took."""
        self.clocks.put_away()

    def let_go(self) -> None:
        """What was asked here goes on in another run."""
        if self._asked is not None:
            self._asked = None
            self.middle.close_forms()

    def come_back(self) -> None:
        """Give the keyboard back to where it was left: a field half typed, else the step."""
        held = self.focusWidget()
        if isinstance(held, QLineEdit) and held.isVisibleTo(self):
            held.setFocus()
        else:
            self.focus_step()

    def show_around(self, around: Around | None) -> None:
        """Know what the run shares with the others of its incident."""
        self.around = around

    @property
    def pins(self) -> tuple[Pin, ...]:
        """The notes that hold in this run, and in all of its incident where those are known."""
        if self.around is not None:
            return self.around.pins
        return standing((self.state,)) if self.state is not None else ()

    def know(self, people: Mapping[str, str]) -> None:
        """Who may be meant by initials."""
        self.people = people

    def _show_rest(self) -> None:
        """Show the rest of the state; the step itself is painted before it."""
        self._later.stop()
        if self.state is None:
            return
        if self.middle.is_picture:
            self._show_middle()
        self.outline.show_state(self.state)
        self.outline.show_step("" if self.middle.is_at_end else self.step or "")
        self.strip.show_state(self.state, self.around)
        self.lanes.strip.show_state(self.state, self._now())
        self.side.show_state(self.state, self.entries, self._now())
        self._show_alerts(self._now())
        self.bar.show_state(self.state)
        self.side.clocks.show_pins(self.pins)
        self.side.show_saved(*self._saved)
        self._idle.start()

    def _draw_ahead(self) -> None:
        """Draw the step that comes when the one in hand is confirmed, while nobody waits."""
        state, now = self.state, self._now()
        self._foreseen = None
        if state is None or state.current is None or not self.isVisible() or self._later.isActive():
            return
        person = self.entries[-1].actor if self.entries else Actor(operator=state.owner)
        self._foreseen = foresee(state, Confirm(step=state.current), person, now)
        if self._foreseen is not None:
            self.middle.draw_ahead(self._foreseen.after, now)

    def _is_foreseen(self, entries: Sequence[Entry]) -> bool:
        """True when what was recorded is what the picture was drawn for."""
        if self._foreseen is None or self.state is None:
            return False
        return self._foreseen.came_true(self.state, entries[len(self.entries) :])

    def _take_in(self, state: RunState) -> Command | Signed | None:
        """Something new is recorded: whatever was asked has its answer, and is given back."""
        answered, self._asked = self._asked, None
        self._seen_seq = state.last_seq
        gap = gap_noted(self.entries)
        self.middle.panel.show_card(where_words(state, gap) if gap else "")
        self.middle.tell("")
        if answered is not None:  # what is half typed stays when others record something
            self.middle.close_forms()
        self.clocks.put_away()
        return answered

    def show_refused(self, refused: Refused) -> None:
        """Say why a command was not carried out, and ask for what it lacked."""
        asked, self._asked = self._asked, None
        command = asked.command if isinstance(asked, Signed) else asked
        if command is None or self.state is None or self._needs_reading(refused, command):
            return
        spec = (
            pin_form(refused, asked)
            or check_form(refused, asked, self.state, self.people)
            or form_after(refused, command, self.state)
        )
        form = self.middle.form
        if spec is not None:
            form.ask(spec)
        elif form.is_open:
            form.tell(refused.why, refused.needs)
        else:
            self.middle.tell(refused.why)
            self.middle.select_refused(command)

    def _needs_reading(self, refused: Refused, command: Command) -> bool:
        """The first time a reading is missing the cursor goes there; then a reason is asked."""
        if refused.needs != "reading" or not isinstance(command, Confirm) or self.state is None:
            return False
        attempt = (command.step, self.state.record(command.step).last.number)
        if attempt == self._warned or not self.middle.focus_reading():
            return False
        self._warned = attempt
        on = self.tr("Type it and press Enter. To go on without it press Esc, then Enter.")
        self.middle.tell(f"{refused.why} {on}")
        return True

    def show_saving(self, seconds: float) -> None:
        """Say that the last act is not on disk yet; keys wait."""
        words = self.tr("Not saved yet: {n} s. Keys wait.").format(n=int(seconds))
        self._saved = (words, "warn")
        self.side.show_saved(*self._saved)

    def show_saved(self, text: str, copies: int, problem: str) -> None:
        """Say what was saved, and what is wrong with a copy if anything."""
        self._asked = None
        one = self.tr("Saved, {n} copy only: {text}").format(n=copies, text=problem or text)
        both = self.tr("✓ Saved: {text}").format(text=text)
        self._saved = (one if problem else both, "warn" if problem else "good")
        if not self._later.isActive():
            self.side.show_saved(*self._saved)

    def show_not_recorded(self, message: str) -> None:
        """Say that nothing was recorded and the step has not moved."""
        self._asked = None
        self.middle.tell(message)
        self._saved = (self.tr("NOT RECORDED: write it on paper"), "bad")
        self.side.show_saved(*self._saved)

    def focus_step(self) -> None:
        """Give the keyboard back to the step in hand, or to the end of the run."""
        self.middle.take_keyboard()

    # What the operator asks.

    @property
    def is_waiting(self) -> bool:
        """True while a command has no answer; keys are ignored then."""
        return self._asked is not None

    @property
    def step(self) -> str | None:
        """The step in the middle."""
        return shown_step(self.state, self.looking) if self.state else None

    def submit(self, command: Command | Signed) -> None:
        """Ask for one thing and wait for the answer."""
        if self._asked is None:
            self._asked = command
            self.middle.tell("")
            self.requested.emit(command)

    def look_at(self, step: str) -> None:
        """Show a step without changing anything."""
        if self.state is None:
            return
        self.looking = step if step != self.state.current else None
        self._ending = False
        self.middle.close_forms()
        self.middle.aside = None
        self._show_middle()

    def look_home(self) -> None:
        """Back to the step in hand."""
        self.looking, self._ending = None, False
        self.outline.clear_find()
        self.middle.close_forms()
        self.middle.aside = None
        self._show_middle()
        self.focus_step()

    def go_back(self) -> None:
        """Go to the run that called this one; nothing is settled by it."""
        if self.around is not None and len(self.around.stack) > 1:
            self.go_to.emit(self.around.stack[-2].run)

    def _turn_to(self, state: RunState) -> None:
        """Show the current step of another lane as the one in hand; nothing is recorded."""
        self.state, self._foreseen = state, None
        self.look_home()
        self._show_rest()
        self.turned.emit()

    def turn_end(self) -> None:
        """Show what ending the run would mean, or go back to the step in hand."""
        self.looking, self._ending = None, self.middle.aside is not None or not self._ending
        self.middle.aside = None
        self._show_middle()

    def turn_aside(self, page: Aside) -> None:
        """Show a page in place of the step; asked again, go back to the step in hand."""
        if self.state is None or self.middle.aside is page:
            self.look_home()
            return
        self.middle.close_forms()
        self.middle.aside = page
        self._show_middle()
        page.take_keyboard()

    def give_up(self) -> None:
        """Esc: close what is open, else go back to the step in hand."""
        if self.middle.form.is_open:
            self.middle.form.close_form()
        elif self.middle.panel.card_shown:
            self.middle.panel.show_card("")
        elif self.clocks.is_open:
            self.clocks.close()
        else:
            self.look_home()

    def _show_middle(self) -> None:
        if self.state is None:
            return
        self.middle.show_state(self.state, self.looking, self._now(), ending=self._ending)
        if not self._later.isActive():
            self.outline.show_step("" if self.middle.is_at_end else self.step or "")

    def show_elsewhere(self, states: Iterable[RunState]) -> tuple[str, str]:
        """Know the other open runs; the alert of all of them and its tone."""
        self._elsewhere = rows_elsewhere(states, self._now())
        self._show_alerts(self._now())
        return self.alerts.words

    def _show_alerts(self, now: datetime) -> None:
        own = timer_rows(self.state, now) if self.state is not None else ()
        self.alerts.show_alerts((*own, *self._elsewhere), now)

    def _sound(self) -> None:
        """Call for attention, where that was chosen."""
        if self.sounds:
            QApplication.beep()

    def tick(self) -> None:
        """Move what depends on the time."""
        now = self._now()
        self.middle.panel.show_time(now)
        self.side.show_time(now)
        self._show_alerts(now)
        self.lanes.strip.show_time(now)
        if self._foreseen is not None and now.minute != self._foreseen.at.minute:
            self._idle.start()  # the picture tells at which minute the step before was done

    # Qt's own.

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Keys that no field wanted; they act on what is true, painted or not."""
        if self._later.isActive():
            self._show_rest()
        if not self._keys.pressed(event):
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Clocks move while they can be seen."""
        super().showEvent(event)
        self._timer.start()
        self.guard.forget()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Nothing ticks unseen."""
        super().hideEvent(event)
        self._timer.stop()
        self._show_rest()
        self._idle.stop()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """A window that lost the keyboard does not know what was let go meanwhile."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange:
            self.guard.forget()
            self._turn(away=not self.isActiveWindow())

    def _turn(self, *, away: bool) -> None:
        """Note when the operator turns to another window, and say where the run stands after."""
        since, self._away_since = self._away_since, self._now() if away else None
        if away or since is None or self.state is None:
            return
        words = words_after_absence(self.state, self._now() - since)
        if words:
            self.middle.panel.show_card(words)
