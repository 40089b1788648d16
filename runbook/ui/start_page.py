"""Choosing: what one sees is typed, procedures are found, an open run is offered first."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from runbook.ui.actions import Act, keys_of
from runbook.ui.fitting_list import FittingList
from runbook.ui.library_model import LibraryModel, Row, RowDelegate
from runbook.ui.open_run_banner import OpenRunBanner
from runbook.ui.parts import label, line
from runbook.ui.run_line import RunLine, by_urgency
from runbook.ui.runs_model import RunDelegate, RunsModel
from runbook.ui.search_field import SearchField
from runbook.ui.side_panel import SidePanel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from runbook.starting import Briefing
    from runbook.ui.settings import Settings

_RUNS_SHOWN = 50


class Shelf(Protocol):
    """Procedures that can be searched while one types."""

    @property
    def count(self) -> int:
        """How many there are."""
        ...

    def search(self, text: str) -> Sequence[Row]:
        """Those that fit best first; all of them for an empty text."""
        ...


class StartPage(QWidget):
    """Search, results, runs, and beside them the briefing or the run that is chosen.

    `chosen` carries the path of a procedure whose briefing is wanted, `go_on` a run to be
    taken up, `wished` how the briefed procedure is to be started, `report_wanted` a run and
    the ending of the file.
    """

    chosen = Signal(object)
    go_on = Signal(object)
    wished = Signal(object)
    report_wanted = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("start_page")
        self._shelf: Shelf | None = None
        self._asked: Path | None = None
        self._by_family: dict[str, tuple[RunLine, ...]] = {}
        self._results = LibraryModel(self)
        self._runs = RunsModel(self)
        self.search_field = SearchField(self)
        self._site = line("site_chip", self, tone="chip")
        self._operator = line("operator_chip", self, tone="chip")
        self._banner = OpenRunBanner(self)
        self._found = label("found_heading", self, tone="heading")
        self._hint = label(
            "search_hint", self, text=self.tr("Reading the procedures …"), tone="dim"
        )
        self._result_list = self._list("result_list", self.tr("Procedures found"), self._results)
        self._result_list.setItemDelegate(RowDelegate(self))
        self._runs_heading = label(
            "runs_heading", self, text=self.tr("Runs on this laptop"), tone="heading"
        )
        self._run_list = self._list("run_list", self.tr("Runs on this laptop"), self._runs)
        self._run_list.setItemDelegate(RunDelegate(self))
        self.side = SidePanel(self)
        self.briefing = self.side.briefing
        self._lay_out()
        self._wire()

    def _list(self, name: str, words: str, model: LibraryModel | RunsModel) -> FittingList:
        made = FittingList(name, self)
        made.setAccessibleName(words)
        made.setModel(model)
        return made

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(24, 8, 20, 8)
        top.setSpacing(14)
        top.addWidget(line("app_name", self, text="Runbook", tone="strong"))
        top.addWidget(self.search_field, 1)
        for chip in (self._site, self._operator):
            chip.hide()
            top.addWidget(chip, 0, Qt.AlignmentFlag.AlignVCenter)
        left = QVBoxLayout()
        left.setContentsMargins(24, 16, 24, 12)
        left.setSpacing(8)
        left.addWidget(self._banner)
        left.addWidget(self._found)
        left.addWidget(self._hint)
        left.addWidget(self._result_list, 3)
        left.addSpacing(8)
        left.addWidget(self._runs_heading)
        left.addWidget(self._run_list, 2)
        left.addStretch(0)  # takes only what the lists leave
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addLayout(left, 1)
        middle.addWidget(self.side)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addLayout(top)
        rows.addWidget(_rule(self))
        rows.addLayout(middle, 1)

    def _wire(self) -> None:
        self.search_field.textChanged.connect(self._search)
        self.search_field.moved.connect(self._move)
        self.search_field.returnPressed.connect(self._enter)
        self._result_list.selectionModel().currentChanged.connect(self._choose)
        self._result_list.clicked.connect(self._choose_again)
        self._result_list.activated.connect(self._enter_result)
        self._run_list.selectionModel().currentChanged.connect(self._show_card)
        self._run_list.clicked.connect(self._show_card)
        self._run_list.activated.connect(self._enter_run)
        self._banner.go_on.connect(self.go_on)
        self.briefing.wished.connect(self.wished)
        self.briefing.left.connect(self.focus_search)
        self.side.go_on.connect(self.go_on)
        self.side.report_wanted.connect(self.report_wanted)

    # What is shown

    def show_shelf(self, shelf: Shelf) -> None:
        """Search in these procedures from now on."""
        before = self._results.row(self._result_list.currentIndex().row())
        self._shelf = shelf
        self._show_results(self.search_field.text(), self._asked)
        if before is not None and before.path == self._asked:
            self._follow(before.path, before.id)

    def _follow(self, path: Path, known: str) -> None:
        """What was chosen in another language is briefed in the one that is listed now."""
        rows = [self._results.row(at) for at in range(self._results.rowCount())]
        found = [row for row in rows if row is not None]
        twin = next((row.path for row in found if row.id == known), None)
        if twin is not None and path not in [row.path for row in found]:
            self._mark(twin)

    def show_runs(self, family: str, lines: tuple[RunLine, ...]) -> None:
        """Show the runs of one family beside those of the other."""
        self._by_family[family] = lines
        every = by_urgency(one for found in self._by_family.values() for one in found)
        self._runs.show(every[:_RUNS_SHOWN])
        self._banner.show_runs(tuple(one for one in every if one.is_open), datetime.now(UTC))
        self._runs_heading.setText(
            self.tr("Runs on this laptop") if every else self.tr("No run on this laptop yet")
        )
        self._run_list.setVisible(bool(every))
        self._run_list.fit()

    def show_briefing(self, briefing: Briefing, today: date) -> None:
        """Show a briefing that was asked for, unless something else was chosen since."""
        if self._asked is None or briefing.path == self._asked:
            self.side.show_briefing(briefing, today)

    def show_settings(self, settings: Settings, site: str) -> None:
        """Show who works here and for which site."""
        self.side.show_settings(settings)
        for chip, words, value in (
            (self._site, self.tr("Site: {value}"), site),
            (self._operator, self.tr("Operator {value}"), settings.operator),
        ):
            chip.setText(words.format(value=value))
            chip.setVisible(bool(value))

    def fit(self) -> None:
        """Give the lists the room they need after the look changed."""
        self._result_list.fit()
        self._run_list.fit()
        self._banner.fit()

    # What is asked for

    @Slot()
    def focus_search(self) -> None:
        """Back to typing, with what was typed ready to be replaced."""
        self.search_field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search_field.selectAll()

    @Slot()
    def focus_runs(self) -> None:
        """Go to the list of runs, the most urgent one first."""
        if self._runs.rowCount():
            self._run_list.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._run_list.setCurrentIndex(self._runs.index(0))

    def ask_briefing(self, path: Path) -> None:
        """Brief this file, which need not be in the library."""
        self._asked = path
        self.chosen.emit(path)

    @Slot(str)
    def _search(self, text: str) -> None:
        self._show_results(text, None)

    def _show_results(self, text: str, chosen: Path | None) -> None:
        """List what fits, with what was chosen still chosen, else the best."""
        if self._shelf is None:
            return
        rows = self._shelf.search(text)
        self._results.show(rows)
        self._result_list.fit()
        self._result_list.setVisible(bool(rows))
        self._show_found(text.strip(), len(rows), self._shelf.count)
        if chosen is not None:
            self._mark(chosen)
        elif rows:
            self._result_list.setCurrentIndex(self._results.index(0))
        else:
            # Nothing that was found before may be started by mistake.
            self._asked = None
            self.briefing.show_none("")

    def _mark(self, chosen: Path) -> None:
        """Mark the line of a file; one that is not in the list stays briefed all the same."""
        for number in range(self._results.rowCount()):
            row = self._results.row(number)
            if row is not None and row.path == chosen:
                self._result_list.setCurrentIndex(self._results.index(number))

    def _show_found(self, text: str, found: int, count: int) -> None:
        heading = self.tr("What do you see? {found} of {count} procedures")
        self._found.setText(heading.format(found=found, count=count))
        if not count:
            hint = self.tr(
                "No procedures yet. Put markdown files into the procedures folder named below,"
                " or press {keys} to open any markdown file."
            ).format(keys=keys_of(Act.OPEN_FILE))
        elif not found:
            hint = self.tr(
                "Nothing found for “{text}”. Type less, or say it another way: what is lit, what"
                " is silent, who called? {keys} opens any file."
            ).format(text=text, keys=keys_of(Act.OPEN_FILE))
        else:
            hint = ""
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))

    @Slot(int)
    def _move(self, by: int) -> None:
        """Move through the results while the cursor stays in the search field."""
        last = self._results.rowCount() - 1
        if last >= 0:
            now = max(0, self._result_list.currentIndex().row())
            self._result_list.setCurrentIndex(self._results.index(min(last, max(0, now + by))))

    @Slot()
    def _enter(self) -> None:
        """With nothing typed go on with the open run, else to the start of what is chosen."""
        if not self.search_field.text().strip() and self._banner.line is not None:
            self.go_on.emit(self._banner.line)
        else:
            self._enter_result()

    @Slot()
    def _enter_result(self) -> None:
        first = self.findChild(QWidget, "start_live")
        if self.briefing.briefing is not None and first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(QModelIndex, QModelIndex)
    def _choose(self, now: QModelIndex, _before: QModelIndex) -> None:
        row = self._results.row(now.row())
        if row is not None and row.path != self._asked:
            self._run_list.clearSelection()
            self.ask_briefing(row.path)

    @Slot(QModelIndex)
    def _choose_again(self, index: QModelIndex) -> None:
        """A click on the line that is marked already brings its briefing back."""
        self._choose(index, index)

    @Slot(QModelIndex)
    @Slot(QModelIndex, QModelIndex)
    def _show_card(self, now: QModelIndex, _before: object = None) -> None:
        run = self._runs.line(now.row())
        if run is not None:
            self._asked = None
            self._result_list.clearSelection()
            self.side.show_run(run)

    @Slot(QModelIndex)
    def _enter_run(self, index: QModelIndex) -> None:
        run = self._runs.line(index.row())
        if run is not None:
            self.go_on.emit(run)


def _rule(parent: QWidget) -> QWidget:
    """A thin line across the page."""
    made = QWidget(parent)
    made.setObjectName("rule")
    made.setFixedHeight(1)
    return made
