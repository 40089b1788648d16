"""The window: puts screens, strips and journals together and wires them; decides nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from runbook.run.statuses import Mode
from runbook.ui import theme
from runbook.ui.actions import Act, keys_of, make_actions, words_of
from runbook.ui.language import native_name, next_language
from runbook.ui.messages import FaultBar, StatusBar
from runbook.ui.mode_band import ModeBand, ModeFrame
from runbook.ui.run_screen import RunScreen, Stage
from runbook.ui.screens import Screens
from runbook.ui.start_page import StartPage
from runbook.ui.status_words import mode_word_of
from runbook.ui.tokens import after

if TYPE_CHECKING:
    from PySide6.QtWidgets import QFileDialog

    from runbook.folders import Folders
    from runbook.procedure.library import Library
    from runbook.run.commands import Refused
    from runbook.starting import Briefing
    from runbook.ui.controller import Controller
    from runbook.ui.desk import Listing
    from runbook.ui.help_page import HelpPage
    from runbook.ui.librarian import Librarian
    from runbook.ui.run_line import RunLine
    from runbook.ui.settings import SettingsFile
    from runbook.ui.start_form import StartWish

_SETTLE_MS = 40  # the first key is taken before other threads want the interpreter


class MainWindow(QMainWindow):
    """One window for choosing, working and help. `painted` is emitted once, when it can be used."""

    painted = Signal()

    def __init__(
        self,
        folders: Folders,
        controller: Controller,
        librarian: Librarian,
        settings: SettingsFile,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("main_window")
        self._folders = folders
        self._controller = controller
        self._librarian = librarian
        self._settings = settings
        self._asked_mode: Mode | None = None
        self._is_painted = False
        self._languages: tuple[str, ...] = ()
        self._help_page: HelpPage | None = None
        self._before_help: QWidget | None = None
        self._file_dialog: QFileDialog | None = None
        self.start_page = StartPage(self)
        self.fault_bar = FaultBar(self)
        self._frame = ModeFrame(self)
        self._band = ModeBand(self)
        self._stack = Screens(self)
        self._status = StatusBar(self)
        self._actions = make_actions(self, self.start_page)
        stage = Stage(self._stack, self._frame, self._band, self._status)
        self._run_screen = RunScreen(controller, stage, self)
        self._lay_out()
        self._wire()
        self._run_screen.show_sounds(on=bool(settings.now.sound))
        self._show_person()
        self._show_title()

    def _lay_out(self) -> None:
        self._stack.setObjectName("screens")
        self._stack.addWidget(self.start_page)
        rows = self._frame.rows
        for widget in (self._band, self.fault_bar):
            rows.addWidget(widget)
        rows.addWidget(self._stack, 1)
        rows.addWidget(self._status)
        self.setCentralWidget(self._frame)
        self._status.show_folder(self._folders.data)
        self._status.show_battery()
        for made, act in (
            (self._status.theme_button, Act.THEME),
            (self._status.help_button, Act.HELP),
        ):
            made.setText(f"{words_of(act)}  {keys_of(act)}")
            made.setAccessibleName(words_of(act))

    def _wire(self) -> None:
        """Everything that is connected, in one place."""
        page, control, books = self.start_page, self._controller, self._librarian
        page.chosen.connect(books.brief)
        page.go_on.connect(self._take_up)
        page.wished.connect(self._start)
        page.briefing.needs_pin = partial(_needs_pin, self._folders.data)
        page.report_wanted.connect(self._report)
        books.refreshed.connect(self._show_library)
        books.briefed.connect(self._show_briefing)
        books.unreadable.connect(page.side.show_trouble)
        control.listed.connect(self._show_listing)
        for told in (control.listed, control.stopped):
            told.connect(books.let_go)
        control.opened.connect(page.briefing.leave_form)
        control.refused.connect(self._show_refused)
        control.not_recorded.connect(self._show_not_recorded)
        control.stopped.connect(self._show_stopped)
        screen = self._run_screen
        for told in (control.opened, books.refreshed):
            told.connect(self._compare)
        books.compared.connect(screen.show_changed)
        screen.left.connect(self.show_start)
        screen.report_wanted.connect(self._report_run)
        screen.help_wanted.connect(self.show_help)
        screen.titled.connect(self._show_title)
        screen.person_changed.connect(self._remember_person)
        control.report_saved.connect(self._show_report)
        for act, slot in (
            (Act.SEARCH, page.focus_search),
            (Act.OPEN_FILE, self._ask_file),
            (Act.START_LIVE, page.briefing.ask_live),
            (Act.START_TEST, page.briefing.ask_test),
            (Act.START_DRILL, page.briefing.ask_drill),
            (Act.OPEN_RUNS, page.focus_runs),
            (Act.REPORT, page.side.ask_report),
            (Act.LANGUAGE, self._change_language),
            (Act.SOUND, self._change_sound),
            (Act.THEME, self._change_look),
            (Act.HELP, self.show_help),
            (Act.QUIT, self.close),
        ):
            self._actions[act].triggered.connect(slot)
        self._status.language_button.clicked.connect(self._change_language)
        self._stack.currentChanged.connect(self._show_language)
        self._status.theme_button.clicked.connect(self._change_look)
        self._status.help_button.clicked.connect(self.show_help)
        self.painted.connect(self._begin)

    # Start and end

    def open_file(self, path: Path, mode: Mode | None) -> None:
        """Brief this file, and ask for the word of the mode where one is given."""
        self._asked_mode = mode
        self.start_page.ask_briefing(path.absolute())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Tell once that the window is there; slow work begins only then."""
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            QTimer.singleShot(_SETTLE_MS, self, self.painted.emit)

    @Slot()
    def _begin(self) -> None:
        self._librarian.open()
        self._controller.list_runs("live")
        if (self._folders.data / "drill").is_dir():
            self._controller.list_runs("drill")

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Nothing is asked: everything is on disk. Wait for what is under way."""
        self._run_screen.stop()
        self._librarian.close()
        self._controller.close()
        super().closeEvent(event)

    @Slot()
    def _compare(self) -> None:
        """A run keeps its text; that its file is another by now is shown."""
        if self._controller.place is not None:
            self._librarian.compare(self._controller.place.state.prepared)

    # Choosing

    @Slot(object)
    def _show_library(self, library: Library) -> None:
        from runbook.ui.shelf import LibraryShelf  # noqa: PLC0415 - loaded with the library

        self.start_page.show_shelf(LibraryShelf(library, datetime.now(UTC).astimezone().date()))
        self._languages = library.languages
        self._show_language()
        self._show_person()

    @Slot()
    def _show_language(self) -> None:
        is_choosing = self._stack.currentWidget() is self.start_page
        has_choice = is_choosing and bool(self._languages)
        name = native_name(self._librarian.language) if has_choice else ""
        self._status.show_language(name, keys_of(Act.LANGUAGE))

    @Slot()
    def _change_language(self) -> None:
        """List procedures in the next of the languages they are there in."""
        if self._languages:
            language = next_language(self._librarian.language, self._languages)
            self._settings.keep(replace(self._settings.now, language=language))
            self._librarian.speak(language)

    @Slot(object)
    def _show_briefing(self, briefing: Briefing) -> None:
        self.start_page.show_briefing(briefing, datetime.now(UTC).astimezone().date())
        mode, self._asked_mode = self._asked_mode, None
        if mode is not None:
            self.start_page.briefing.ask(mode)

    @Slot(str, object)
    def _show_listing(self, family: str, listing: Listing) -> None:
        self.start_page.show_runs(family, listing.lines)
        if listing.problem:
            self._status.show_saved(listing.problem, "warn")
        elif self._controller.place is None:
            self._status.show_saved(self.tr("Journal sound and open"), "good")

    @Slot()
    def _ask_file(self) -> None:
        """Let any markdown file be chosen; the choosing blocks nothing."""
        from PySide6.QtWidgets import QFileDialog  # noqa: PLC0415 - seldom used, slow to load

        dialog = QFileDialog(self, self.tr("Open a procedure"))
        dialog.setObjectName("file_dialog")
        dialog.setNameFilter(self.tr("Markdown (*.md *.markdown);;All files (*)"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self._open_chosen)
        self._file_dialog = dialog
        dialog.open()

    @Slot(str)
    def _open_chosen(self, file: str) -> None:
        self.open_file(Path(file), None)

    @Slot(object)
    def _start(self, wish: StartWish) -> None:
        briefing = self.start_page.briefing.briefing
        if briefing is None:
            return
        self._remember(wish.operator, wish.role)
        who = self._run_screen.act_as(wish.operator, wish.role, wish.pin)
        own = {wish.role: wish.operator} if wish.role else {}
        roles = {**own, **wish.roles}
        self._controller.start(briefing.path, wish.mode, who, wish.reason, roles)

    @Slot(object)
    def _take_up(self, line: RunLine) -> None:
        operator = self.start_page.side.operator_for(line)
        if operator:
            self._remember(operator, self._settings.now.role)
            self._run_screen.act_as(operator, self._settings.now.role)
            self._controller.take_up(line.mode.family, line.run)

    # Working

    @Slot(object)
    def _show_refused(self, refused: Refused) -> None:
        if self._run_screen.is_shown:
            self._run_screen.show_refused(refused)
        elif refused.needs == "reason":
            self.start_page.side.ask_reason(refused.why)
        else:
            self.start_page.side.show_trouble(refused.why)

    @Slot(str)
    def _show_not_recorded(self, message: str) -> None:
        self._status.show_saved(self.tr("NOT RECORDED: write it on paper"), "bad")
        if self._run_screen.is_shown:
            self._run_screen.show_not_recorded(message)
        else:
            self.start_page.side.show_trouble(message)

    @Slot(str)
    def _show_stopped(self, message: str) -> None:
        self._status.show_saved(message, "bad")
        self.start_page.side.show_trouble(message)

    @Slot()
    def show_start(self) -> None:
        """Back to choosing; the run stays open and is offered first."""
        self._stack.setCurrentWidget(self.start_page)
        self._run_screen.leave()
        if self._controller.place is not None:
            self._controller.list_runs(self._controller.place.state.mode.family)
        self.start_page.search_field.clear()
        self.start_page.focus_search()

    # Reports, help, look, person

    @Slot(object, str)
    def _report(self, line: RunLine, ending: str) -> None:
        self._controller.save_report(line.mode.family, line.run, ending)

    @Slot()
    def _report_run(self) -> None:
        if self._controller.place is not None:
            state = self._controller.place.state
            self._controller.save_report(state.mode.family, state.run, "html")

    @Slot(str)
    def _show_report(self, file: str) -> None:
        text = self.tr("Report saved as {file}").format(file=file)
        self._status.show_saved(text, "good")
        self.start_page.side.show_report(text)

    @Slot()
    def show_help(self) -> None:
        """Show the help in place of the screen; asked again, go back."""
        if self._help_page is None:
            from runbook.ui.help_page import HelpPage  # noqa: PLC0415 - made when first needed

            self._help_page = HelpPage(self)
            self._help_page.left.connect(self._leave_help)
            self._stack.addWidget(self._help_page)
        if self._stack.currentWidget() is self._help_page:
            self._leave_help()
            return
        self._before_help = self._stack.currentWidget()
        self._stack.setCurrentWidget(self._help_page)
        self._help_page.enter()

    @Slot()
    def _leave_help(self) -> None:
        back = self._before_help or self.start_page
        self._stack.setCurrentWidget(back)
        if back is self.start_page:
            self.start_page.focus_search()
        else:
            self._run_screen.focus()

    @Slot()
    def _change_look(self) -> None:
        look = after(theme.current())
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        theme.apply(app, look)
        self._settings.keep(replace(self._settings.now, theme=look.name))
        self.start_page.fit()

    @Slot()
    def _change_sound(self) -> None:
        """Let alerts be heard, or not; this laptop remembers it."""
        is_on = not self._settings.now.sound
        self._settings.keep(replace(self._settings.now, sound="on" if is_on else ""))
        self._run_screen.show_sounds(on=is_on)
        words = self.tr("Sound of alerts: on") if is_on else self.tr("Sound of alerts: off")
        self._status.show_saved(words, "dim")

    def _remember(self, operator: str, role: str) -> None:
        self._settings.keep(replace(self._settings.now, operator=operator, role=role))
        self._show_person()

    @Slot(str)
    def _remember_person(self, operator: str) -> None:
        """The next start offers whoever sat here last."""
        self._remember(operator, self._settings.now.role)

    def _show_person(self) -> None:
        self.start_page.show_settings(self._settings.now, self._librarian.site)

    def _show_title(self) -> None:
        facts = self._band.facts
        title = f"{mode_word_of(facts.mode)} · {facts.title} – Runbook" if facts else "Runbook"
        self.setWindowTitle(title)


def _needs_pin(data: Path, initials: str) -> bool:
    """True for a person of this computer who set a PIN."""
    from runbook.operators import Operators  # noqa: PLC0415 - loaded with the first form

    return Operators(data).needs_pin(initials)
