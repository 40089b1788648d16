"""The middle of the run page: the step in hand or looked at, or the end of the run."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QWidget

from runbook.run.commands import Command, Read
from runbook.run.commands_check import TypeTarget
from runbook.run.events import RunStatus, Status
from runbook.run.state import ENDED, RunState
from runbook.ui.acts_calls import with_calls
from runbook.ui.acts_page import ActsPage
from runbook.ui.aside_page import AsidePage
from runbook.ui.end_page import EndPage
from runbook.ui.inline_form import InlineForm
from runbook.ui.key_button import KeyButton
from runbook.ui.key_guard import KeyGuard
from runbook.ui.reading_field import ReadingField
from runbook.ui.report_page import ReportPage
from runbook.ui.screens import Screens
from runbook.ui.step_acts import WORKED, What, acts_of
from runbook.ui.step_ahead import Scene, StepAhead
from runbook.ui.step_panel import StepPanel
from runbook.ui.step_view import view_of

Aside = AsidePage | ReportPage | ActsPage


class RunMiddle(Screens):
    """Shows one step or the end of the run, or a page aside of both while `aside` is set.

    `looking` is the step looked at, None for the one in hand.
    """

    def __init__(self, guard: KeyGuard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("run_middle")
        self._guard = guard
        self._shown: tuple[object, ...] = ()
        self.panel = StepPanel(self)
        self.end = EndPage(self)
        self.addWidget(self.panel)
        self.addWidget(self.end)
        self._ahead = StepAhead(self)
        self.aside: Aside | None = None

    @property
    def is_at_end(self) -> bool:
        """True while the end of the run is shown."""
        return self.currentWidget() is self.end

    @property
    def form(self) -> InlineForm:
        """The form of the page shown."""
        if self.aside is not None:
            return self.aside.form
        return self.end.form if self.is_at_end else self.panel.form

    def show_state(
        self, state: RunState, looking: str | None, now: datetime, *, ending: bool
    ) -> None:
        """Show the run as it stands; equal parts are left alone."""
        step = shown_step(state, looking)
        if self.aside is not None:
            self._ahead.put_away()
            self.aside.show_state(state, state.current or "", now)
            if self.aside is None:  # it was done and has turned home
                return
            self._turn_to(self.aside)
            self._armed(("aside", self.aside.objectName()))
            return
        if step is None or _is_at_end(state, looking, ending=ending):
            self._ahead.put_away()
            self.end.show_state(state)
            self._turn_to(self.end)
            self._armed(("end", state.status))
            return
        scene = scene_of(state, step)
        self._turn_to(self.panel)
        self.panel.show_view(scene.view, scene.acts, may_choose=scene.may_choose)
        self.panel.show_time(now)
        self.panel.show_looking(self._looking_words(state, step, looking))
        self._ahead.put_away()
        self._armed(scene.mark)

    def draw_ahead(self, state: RunState, now: datetime) -> None:
        """Get a picture ready of the step in hand of a state that may come."""
        if state.current is not None and not self.is_at_end and self.aside is None:
            self._ahead.draw(scene_of(state, state.current), self.panel, now)

    def show_ahead(self) -> bool:
        """Show the picture in place of the step, when nothing else stands there."""
        if self.is_at_end or self.aside is not None or self.panel.is_asking:
            return False
        scene = self._ahead.lay_over(self.panel)
        if scene is not None:
            self._armed(scene.mark)
        return scene is not None

    @property
    def is_picture(self) -> bool:
        """True while the picture stands for a step that has yet to be laid out."""
        return self._ahead.is_laid_over

    def _turn_to(self, page: QWidget) -> None:
        if self.currentWidget() is not page:
            self.setCurrentWidget(page)
            self.take_keyboard()

    def _armed(self, shown: tuple[object, ...]) -> None:
        """Whatever is new on screen has to be seen before a key acts on it."""
        if shown != self._shown:
            self._shown = shown
            self._guard.shown()

    def _looking_words(self, state: RunState, step: str, looking: str | None) -> str:
        here = state.step(step).number
        if state.status is RunStatus.PREPARED:
            return self.tr("The run has not begun. Read on, or begin it.")
        if looking is None:
            paused = self.tr("Paused: {why}. Clocks go on.").format(why=state.paused_for)
            return paused if state.status is RunStatus.PAUSED else ""
        if state.current is None:
            words = self.tr("You are looking at {here}. Home returns to the end of the run.")
            return words.format(here=here)
        words = self.tr("You are looking at {here}. The current step is {there}: Home returns.")
        return words.format(here=here, there=state.step(state.current).number)

    def take_keyboard(self) -> None:
        """Take the keyboard to the step, or to the next choice of the page shown."""
        if self.aside is not None:
            self.aside.take_keyboard()
        elif self.is_at_end:
            self.end.take_keyboard()
        else:
            self.panel.setFocus()

    def tell(self, words: str) -> None:
        """Say why the last act was not carried out."""
        page = self.aside or (self.end if self.is_at_end else self.panel)
        page.show_problem(words)

    def close_forms(self) -> None:
        """Drop every question."""
        for form in (self.panel.form, self.end.form):
            form.close_form()
        if self.aside is not None:
            self.aside.form.close_form()

    def act_for(self, key: str) -> What | None:
        """The act that a key stands for on what is shown."""
        if isinstance(self.aside, ActsPage):
            return self.aside.act_for(key)
        if self.aside is not None:
            return What.NOTE if key == "N" else None
        return (self.end if self.is_at_end else self.panel).act_for(key)

    def option_button(self, number: int) -> KeyButton | None:
        """The button of an option of the step shown."""
        hidden = self.is_at_end or self.aside is not None
        return None if hidden else self.panel.body.option_button(number)

    def focus_reading(self, typed: str = "") -> bool:
        """Put the cursor in the first reading that is missing, with a sign already typed."""
        hidden = self.is_at_end or self.aside is not None
        fields = [] if hidden else self.panel.body.reading_fields()
        if not fields:
            return False
        field = next((f for f in fields if f.is_missing), fields[0]).field
        if field.isReadOnly():
            return False
        self.panel.area.ensureWidgetVisible(field)
        field.setFocus()
        if typed:
            field.setText(typed)
        else:
            field.selectAll()
        return True

    def focus_missing(self) -> bool:
        """Go on to the next reading that is missing; False when there is none."""
        missing = any(f.is_missing for f in self.panel.body.reading_fields())
        return missing and self.focus_reading()

    def reading_field(self, name: str) -> ReadingField:
        """The field of a reading on screen."""
        return next(f for f in self.panel.body.reading_fields() if f.name == name)

    def select_refused(self, command: Command) -> None:
        """Mark what was typed in a field and not taken: the next key replaces it."""
        if isinstance(command, Read):
            self.reading_field(command.name).field.selectAll()
        elif isinstance(command, TypeTarget):
            self.panel.body.check.focus_target()

    def unsaved_reading(self) -> ReadingField | None:
        """A field whose words are not recorded."""
        return next((f for f in self.panel.body.reading_fields() if f.unsaved), None)


def scene_of(state: RunState, step: str) -> Scene:
    """Everything the panel shows of a step, and what may be done at it."""
    view = view_of(state, step)
    decided = state.record(step).last.option in range(len(view.options))
    may_choose = state.status in WORKED and (view.current or decided)
    may_choose = may_choose and view.status is not Status.VERIFY
    return Scene(view, with_calls(state, view, acts_of(state, view)), may_choose)


def shown_step(state: RunState, looking: str | None) -> str | None:
    """The step in the middle: the one looked at, the one in hand, else the first."""
    return looking or state.current or next(iter(state.route.order), None)


def _is_at_end(state: RunState, looking: str | None, *, ending: bool) -> bool:
    if looking is not None or state.status is RunStatus.PREPARED:
        return False
    return ending or state.current is None or state.status in ENDED
