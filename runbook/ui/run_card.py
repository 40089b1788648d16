"""A run that was chosen from the list: what it is, going on with it, and its report."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from runbook.ui.briefing_panel import side_width
from runbook.ui.open_run_banner import ModeTag
from runbook.ui.parts import button, label
from runbook.ui.run_line import RunLine
from runbook.ui.runs_model import when_of
from runbook.ui.status_words import run_word_of


class RunCard(QWidget):
    """`go_on` carries the run; `report_wanted` the run and the ending of the file to write."""

    go_on = Signal(object)
    report_wanted = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("run_card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("Run"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._line: RunLine | None = None
        self._tag = ModeTag(self)
        self._title = label("run_title", self, tone="title")
        self._facts = label("run_facts", self)
        self._problem = label("run_problem", self, tone="warn")
        self._operator = QLineEdit(self)
        self._operator.setObjectName("run_operator")
        self._operator.setAccessibleName(self.tr("Your initials"))
        self._operator.setPlaceholderText(self.tr("Your initials"))
        self._operator.returnPressed.connect(self._ask)
        self._go = button("run_go_on", self, text=self.tr("Go on"), kind="primary")
        self._html = button("run_report_html", self, text=self.tr("Report (web page)"))
        self._pdf = button("run_report_pdf", self, text=self.tr("Report (PDF)"))
        self._go.clicked.connect(self._ask)
        self._html.clicked.connect(self.ask_html)
        self._pdf.clicked.connect(self.ask_pdf)
        self._lay_out()

    def _lay_out(self) -> None:
        rows = QVBoxLayout(self)
        rows.setContentsMargins(20, 18, 20, 16)
        rows.setSpacing(10)
        for widget in (self._tag, self._title, self._facts):
            rows.addWidget(widget)
        rows.addStretch(1)
        rows.addWidget(self._problem)
        rows.addWidget(self._operator)
        rows.addWidget(self._go)
        reports = QHBoxLayout()
        reports.addWidget(self._html)
        reports.addWidget(self._pdf)
        rows.addLayout(reports)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As wide as the briefing, whose place it takes."""
        return QSize(side_width(self), 400)

    @property
    def line(self) -> RunLine | None:
        """The run that is shown."""
        return self._line

    def show_run(self, line: RunLine) -> None:
        """Show another run."""
        self._line = line
        self._tag.show_mode(line.mode)
        self._title.setText(line.title)
        begun = self.tr("{status}, begun {when}")
        facts = [line.run, begun.format(status=run_word_of(line.status), when=when_of(line))]
        facts.append(self.tr("Owner {owner}").format(owner=line.owner))
        if line.step:
            facts.append(self.tr("In hand: step {step}").format(step=line.step))
        self._facts.setText("\n".join(facts))
        self._go.setText(self.tr("Go on  Enter") if line.is_open else self.tr("Look at it  Enter"))
        self.show_problem("")

    @property
    def operator(self) -> str:
        """Who goes on, empty while nobody is named."""
        return self._operator.text().strip()

    def show_operator(self, operator: str) -> None:
        """Fill in who works here."""
        self._operator.setText(operator)

    def ask_operator(self) -> None:
        """Ask who goes on."""
        self.show_problem(self.tr("Type your initials: every entry carries a name."))
        self._operator.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_problem(self, text: str) -> None:
        """Say what came of the last wish."""
        self._problem.setText(text)
        self._problem.setVisible(bool(text))

    @Slot()
    def _ask(self) -> None:
        if self._line is not None:
            self.go_on.emit(self._line)

    @Slot()
    def ask_html(self) -> None:
        """Wish for the report as a web page."""
        if self._line is not None:
            self.report_wanted.emit(self._line, "html")

    @Slot()
    def ask_pdf(self) -> None:
        """Wish for the report as a PDF."""
        if self._line is not None:
            self.report_wanted.emit(self._line, "pdf")
