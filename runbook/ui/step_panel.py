"""The middle of the run page: one step, nothing else competing with it.

The head, what is to be read (which scrolls when long), the acts (always visible), the form
that asks for words, and at the foot what comes before and after.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from runbook.ui.flow_row import FlowRow
from runbook.ui.formula_box import FormulaBox
from runbook.ui.inline_form import InlineForm
from runbook.ui.key_button import KeyButton
from runbook.ui.step_acts import Act, What
from runbook.ui.step_body import StepBody
from runbook.ui.step_parts import Scroll, plain_label, show_text
from runbook.ui.step_view import StepView
from runbook.ui.step_words import clock_words
from runbook.ui.theme import set_property

_EDGE: Final = 28
_BETWEEN: Final = 90  # the edges, the gaps and the line above the foot
_LINES_KEPT: Final = 9  # of the step itself, before the lesser acts give way to it
_LINES_WANTED: Final = 16  # before the foot does


class StepPanel(QWidget):
    """Shows a step's view and its acts; tells which act was asked for: `acted(What)`."""

    acted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("step_panel")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._view: StepView | None = None
        self._buttons: dict[What, KeyButton] = {}
        self._acts: tuple[Act, ...] = ()
        self._browse = plain_label("looking_bar", self)
        self._card = plain_label("where_card", self)
        self.body = StepBody(self)
        self.area = Scroll("step_scroll", self)
        self.area.hold(self.body)
        self._problem = plain_label("problem", self, "bad")
        self._problem.hide()
        self._problem_words = ""
        self._row, self._minor_row = FlowRow(self), FlowRow(self, 6)
        self._keys = plain_label("step_keys", self, "dim")
        self.formula = FormulaBox(self)
        self.form = InlineForm(self)
        self.form.opened.connect(self._make_room)
        self.form.closed.connect(self._make_room)
        self._before = plain_label("step_before", self, "dim")
        self._next = plain_label("step_next", self, "dim")
        self._lay_out()

    def _lay_out(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(_EDGE, 14, _EDGE - 12, 12)
        box.setSpacing(10)
        for label in (self._card, self._browse):
            label.hide()
            box.addWidget(label)
        self._top = self._head()
        box.addWidget(self._top)
        box.addWidget(self.area)
        for widget in (
            self._problem,
            self._row,
            self._minor_row,
            self._keys,
            self.formula,
            self.form,
        ):
            box.addWidget(widget)
        box.addStretch(1)
        line = QFrame(self)
        line.setObjectName("foot_line")
        line.setFixedHeight(1)
        box.addWidget(line)
        box.addWidget(self._next)
        box.addWidget(self._before)

    def _head(self) -> FlowRow:
        head = FlowRow(self, 12)
        self._number = QLabel(head)
        self._role, self._signs, self._order, self._target = (QLabel(head) for _ in range(4))
        self._time = QLabel(head)
        signs, order = "step_mark_off", "step_order"
        names = ("step_number", "step_role", signs, order, "step_target", "step_time")
        chips = (self._role, self._signs, self._order, self._target)
        labels = (self._number, *chips, self._time)
        for label, name in zip(labels, names, strict=True):
            label.setObjectName(name)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setProperty("tone", "chip" if label not in (self._number, self._time) else "step")
            head.add(label)
        return head

    def show_view(self, view: StepView, acts: tuple[Act, ...], *, may_choose: bool) -> None:
        """Show a step with its acts; may be called again at any time."""
        moved = self._view is None or (self._view.step, self._view.attempt) != (
            view.step,
            view.attempt,
        )
        self._view = view
        self._number.setText(view.number)
        self._number.setAccessibleName(self.tr("Step {number}").format(number=view.number))
        target = self.tr("Target {time}").format(time=view.target) if view.target else ""
        for label, words in (
            (self._role, view.role),
            (self._signs, view.mark_off),
            (self._order, view.order),
            (self._target, target),
        ):
            show_text(label, words)
        self.body.show_view(view, may_choose=may_choose and not view.unread)
        self._show_acts(acts)
        ends = self.tr("Next: {what}").format(what=view.following) if view.following else ""
        self._next.setText(ends)
        came = self.tr("Before: {what}").format(what=view.previous) if view.previous else ""
        self._before.setText(came)
        self._make_room()
        if moved:
            self.show_problem("")
            self.area.verticalScrollBar().setValue(0)

    def show_time(self, now: datetime) -> None:
        """Show how long the step has been in hand, in another tone when over its target."""
        view = self._view
        if view is None or view.since is None or not view.current:
            show_text(self._time, "")
            return
        gone = (now - view.since).total_seconds()
        over = bool(view.target_s) and gone > (view.target_s or (0, 0))[1]
        words = self.tr("on this step {time}").format(time=clock_words(gone))
        late = self.tr("{words}, over target").format(words=words)
        show_text(self._time, late if over else words)
        set_property(self._time, "tone", "warn" if over else "step")

    def _show_acts(self, acts: tuple[Act, ...]) -> None:
        if acts == self._acts:
            return
        places = [(act.what, act.minor) for act in self._acts]
        self._acts = acts
        for act in acts:
            button = self._buttons.get(act.what) or self._make_button(act.what)
            button.show_words(act.words, act.key, act.detail, act.kind)
            button.setEnabled(act.enabled)
        if places != [(act.what, act.minor) for act in acts]:
            self._place_acts(acts)

    def _place_acts(self, acts: tuple[Act, ...]) -> None:
        """Put other buttons than before into the two rows; most steps keep theirs."""
        buttons = [(self._buttons[act.what], act.minor) for act in acts]
        self._row.hold(button for button, minor in buttons if not minor)
        self._minor_row.hold(button for button, minor in buttons if minor)
        last: QWidget = self
        for button, _ in buttons:
            QWidget.setTabOrder(last, button)
            last = button

    def _make_room(self) -> None:
        """While a question stands its words are all that may be typed: acts give their room."""
        asks = self.form.is_open
        self._row.setVisible(not asks)
        has_foot = not asks and self._room(_LINES_WANTED * 2) >= self._foot_height()
        for label in (self._next, self._before):
            label.setVisible(bool(label.text()) and has_foot)
        has_minor = not asks and self._room(self._lines_kept()) >= 0
        self._minor_row.setVisible(has_minor)
        show_text(self._keys, "" if asks or has_minor else self._minor_words())

    def _lines_kept(self) -> int:
        """What can be chosen stands in the step itself, and has to be seen."""
        has_options = self._view is not None and bool(self._view.options)
        return _LINES_WANTED * 2 if has_options else _LINES_KEPT

    def _room(self, lines: int) -> int:
        """What is left when the step has so many lines and every act its button."""
        wide = self._wide()
        kept = min(self._body_height(wide), self.fontMetrics().lineSpacing() * lines)
        rows = (self._top, self._row, self._minor_row)
        acts = sum(row.heightForWidth(wide) for row in rows)
        extras = (self._card, self._browse, self._problem)
        said = sum(_high(label, wide) for label in extras if not label.isHidden())
        return self.height() - kept - acts - said - _BETWEEN

    def _body_height(self, wide: int) -> int:
        """What the step itself needs at a width, before Qt has laid it out."""
        has_width = self.body.hasHeightForWidth()
        return self.body.heightForWidth(wide) if has_width else self.body.sizeHint().height()

    def _wide(self) -> int:
        return max(1, self.width() - 2 * _EDGE + 12)

    def _foot_height(self) -> int:
        return sum(_high(label, self._wide()) for label in (self._next, self._before))

    def _minor_words(self) -> str:
        """The lesser acts in a line or two; their keys work as ever."""
        return " · ".join(f"{act.key} {act.words}" for act in self._acts if act.minor)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """In another room other things find their place."""
        super().resizeEvent(event)
        self._make_room()

    def _make_button(self, what: What) -> KeyButton:
        button = KeyButton(f"act_{what.value}", self._row)
        button.clicked.connect(self._act)
        self._buttons[what] = button
        return button

    def _act(self) -> None:
        button = self.sender()
        what = next(w for w, known in self._buttons.items() if known is button)
        self.acted.emit(what)

    def act_for(self, key: str) -> What | None:
        """The act that a key stands for now, when it may be done."""
        return next((a.what for a in self._acts if a.key == key and a.enabled), None)

    def button_of(self, widget: QWidget | None) -> What | None:
        """The act of a button."""
        return next((what for what, b in self._buttons.items() if b is widget), None)

    def show_looking(self, words: str) -> None:
        """Say that this is not the step in hand; empty words say that it is."""
        show_text(self._browse, words)
        self._make_room()

    def show_card(self, words: str) -> None:
        """Show where the run stood, above the step and never over it."""
        show_text(self._card, words)
        self._make_room()

    @property
    def card_shown(self) -> bool:
        """True while the card stands."""
        return self._card.isVisibleTo(self)

    @property
    def is_asking(self) -> bool:
        """True while a card, a question or a refusal stands beside the step."""
        extras = (self._card, self._browse, self._problem, self.formula, self.form)
        return any(widget.isVisibleTo(self) for widget in extras)

    def show_problem(self, words: str) -> None:
        """Say why the last act was not carried out."""
        if words != self._problem_words:
            self._problem_words = words
            show_text(self._problem, words)
            self._make_room()


def _high(label: QLabel, width: int) -> int:
    """The height of wrapped words, with the gap below them; nothing for none."""
    return label.heightForWidth(width) + 10 if label.text() else 0
