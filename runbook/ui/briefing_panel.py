"""The briefing of the procedure that is chosen, and the ways to start it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from runbook.run.statuses import Mode
from runbook.ui import theme
from runbook.ui.actions import Act, keys_of
from runbook.ui.parts import button, label
from runbook.ui.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from runbook.starting import Briefing
    from runbook.ui.start_form import StartForm

_LETTERS = 46
_LETTERS_IF_LARGE = 36
_STARTS = (
    (Mode.LIVE, Act.START_LIVE, "start_live"),
    (Mode.TEST, Act.START_TEST, "start_test"),
    (Mode.DRILL, Act.START_DRILL, "start_drill"),
)


class BriefingPanel(QWidget):
    """Shows one briefing at a time; `wished` carries how it is to be started."""

    wished = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("briefing_panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("Briefing"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._briefing: Briefing | None = None
        self._settings = Settings()
        self._title = label("briefing_title", self, tone="title")
        self._lines: list[QLabel] = []
        self._form: StartForm | None = None
        self.needs_pin: Callable[[str], bool] = _nobody
        self._buttons = QWidget(self)
        self._rows = QVBoxLayout(self)
        self._lay_out()
        self.show_none("")

    def _lay_out(self) -> None:
        self._page = QWidget(self)
        self._page.setObjectName("briefing_page")
        self._text = QVBoxLayout(self._page)
        self._text.setContentsMargins(0, 0, 8, 0)
        self._text.setSpacing(4)
        self._text.addWidget(self._title)
        self._text.addStretch(1)
        self._scroll = QScrollArea(self)
        self._scroll.setObjectName("briefing_scroll")
        self._scroll.setAccessibleName(self.tr("Text of the briefing"))
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(self._page)
        self._lay_out_buttons()
        self._rows.setContentsMargins(20, 18, 20, 16)
        self._rows.setSpacing(10)
        self._rows.addWidget(self._scroll, 1)
        self._rows.addWidget(self._buttons)

    def _lay_out_buttons(self) -> None:
        rows = QVBoxLayout(self._buttons)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        words = {
            Mode.LIVE: self.tr("Start LIVE…"),
            Mode.TEST: self.tr("Start TEST on real equipment…"),
            Mode.DRILL: self.tr("Start DRILL…"),
        }
        for (mode, act, name), slot in zip(
            _STARTS, (self.ask_live, self.ask_test, self.ask_drill), strict=True
        ):
            made = button(name, self._buttons, text=words[mode], kind=mode.value, keys=keys_of(act))
            made.clicked.connect(slot)
            rows.addWidget(made)

    @property
    def briefing(self) -> Briefing | None:
        """The briefing that is shown."""
        return self._briefing

    @property
    def is_asking(self) -> bool:
        """True while the form to start a run is open."""
        return self._form is not None and self._form.isVisibleTo(self)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Wide enough for a sentence to be read in one go."""
        return QSize(side_width(self), 400)

    def show_settings(self, settings: Settings) -> None:
        """Know who sits here, for the form."""
        self._settings = settings

    def show_none(self, words: str) -> None:
        """Show no briefing but a sentence: what to do, or what is wrong."""
        self._briefing = None
        self._title.setText("")
        self._title.hide()
        self._show_lines((("", words, "dim"),))
        self._buttons.hide()
        self.leave_form()

    def show_briefing(self, briefing: Briefing, today: date) -> None:
        """Show the briefing of another procedure, or of the same one read anew."""
        from runbook.ui.briefing_words import briefing_lines  # noqa: PLC0415 - loaded with the briefing

        if self._briefing is None or self._briefing.path != briefing.path:
            self.leave_form()
        self._briefing = briefing
        self._title.setText(briefing.procedure.title)
        self._title.show()
        self._show_lines(briefing_lines(briefing, today))
        self._buttons.setVisible(not self.is_asking)
        self._scroll.verticalScrollBar().setValue(0)

    def _show_lines(self, lines: tuple[tuple[str, str, str], ...]) -> None:
        """Fill the labels, heading and text by turns; more are made when they are needed."""
        words = [
            part for heading, text, tone in lines for part in ((heading, "heading"), (text, tone))
        ]
        while len(self._lines) < len(words):
            made = label(f"briefing_line_{len(self._lines)}", self._page)
            self._text.insertWidget(self._text.count() - 1, made)
            self._lines.append(made)
        for at, made in enumerate(self._lines):
            text, tone = words[at] if at < len(words) else ("", "")
            theme.set_property(made, "tone", tone)
            made.setText(text)
            made.setVisible(bool(text))

    @Slot()
    def ask_live(self) -> None:
        """Ask what it takes to start LIVE."""
        self.ask(Mode.LIVE)

    @Slot()
    def ask_test(self) -> None:
        """Ask what it takes to start a TEST."""
        self.ask(Mode.TEST)

    @Slot()
    def ask_drill(self) -> None:
        """Ask what it takes to start a DRILL."""
        self.ask(Mode.DRILL)

    def ask(self, mode: Mode) -> None:
        """Ask what it takes to start in a mode; nothing happens without a briefing."""
        if self._briefing is None:
            return
        if self._form is None:
            self._form = self._make_form()
        self._buttons.hide()
        self._form.ask(
            mode,
            self._briefing.obstacles,
            self._briefing.procedure.front.roles,
            operator=self._settings.operator,
            role=self._settings.role,
            site=self._briefing.site,
        )

    def _make_form(self) -> StartForm:
        # Made when first needed: the window is measured by how fast it opens.
        from runbook.ui.start_form import StartForm  # noqa: PLC0415

        form = StartForm(self)
        form.needs_pin = self.needs_pin
        form.wished.connect(self.wished)
        form.left.connect(self.leave_form)
        form.left.connect(self.left)
        self._rows.addWidget(form)
        return form

    def show_problem(self, text: str) -> None:
        """Say in the form why nothing was started."""
        if self._form is not None:
            self._form.show_problem(text)

    def ask_reason(self, why: str) -> None:
        """Ask in the form why the run starts all the same."""
        if self._form is not None:
            self._form.ask_reason(why)

    @Slot()
    def leave_form(self) -> None:
        """Close the form and offer the ways to start again."""
        if self._form is not None:
            self._form.hide()
        self._buttons.setVisible(self._briefing is not None)


def _nobody(_initials: str) -> bool:
    """Nobody has a PIN as long as nothing is known of the people here."""
    return False


def side_width(widget: QWidget) -> int:
    """How wide what stands beside the lists is, in the current look."""
    letters = _LETTERS_IF_LARGE if theme.current().is_large else _LETTERS
    return widget.fontMetrics().averageCharWidth() * letters
