"""Reads procedures in a thread of its own: the library kept fresh, a briefing when asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal, Slot

from runbook.ui.worker import Worker

if TYPE_CHECKING:
    from runbook.folders import Folders
    from runbook.procedure.library import Library
    from runbook.run.events import RunPrepared
    from runbook.starting import Briefing

CACHE = Path("cache") / "library.json"
_REFRESH_MS = 30_000
_SETTLED_MS = 200
_AT_THE_LATEST_MS = 2000


class Librarian(QObject):
    """`refreshed` carries a library that was read anew, `briefed` a briefing.

    `unreadable` carries the sentence on why a file cannot be briefed, `compared` whether a
    run's procedure is another text by now.
    """

    refreshed = Signal(object)
    briefed = Signal(object)
    unreadable = Signal(str)
    compared = Signal(bool)

    def __init__(self, folders: Folders, today: date, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folders = folders
        self._today = today
        self._site = ""
        self._worker = Worker(self)
        self._again = QTimer(self, interval=_REFRESH_MS)
        self._again.timeout.connect(self.refresh)
        self._watcher: QFileSystemWatcher | None = None
        self._is_held = False
        self._held_back: Path | None = None
        self._settled = QTimer(self, interval=_SETTLED_MS, singleShot=True)
        self._settled.timeout.connect(self.refresh)

    @property
    def site(self) -> str:
        """The name of the site, empty until the library is known."""
        return self._site

    @property
    def language(self) -> str:
        """The language in which procedures are shown where they are there in several."""
        return self._folders.lang

    def open(self) -> None:
        """Tell what was known at the last start, then read what is new or changed.

        The first briefing waits for `let_go`: an open run is offered before anything else.
        """
        self._is_held = True
        QTimer.singleShot(_AT_THE_LATEST_MS, self, self.let_go)
        self._worker.ask(partial(known_library, self._folders), self._know, self._fail)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Read what is new or changed, now and again later."""
        self._again.start()
        self._worker.ask(partial(_refreshed, self._folders), self._tell, self._fail)

    def brief(self, path: Path) -> None:
        """Read one procedure for its briefing."""
        if self._is_held:
            self._held_back = path
            return
        self._worker.ask(partial(_brief, path, self._folders, self._today), self._told, self._fail)

    @Slot()
    def let_go(self) -> None:
        """Read the briefing that was held back, now that the runs are listed."""
        path, self._held_back, self._is_held = self._held_back, None, False
        if path is not None:
            self.brief(path)

    def speak(self, lang: str) -> None:
        """Show procedures in another language where they are there in several."""
        self._folders = replace(self._folders, lang=lang)
        self._worker.ask(partial(known_library, self._folders), self._know, self._fail)

    def compare(self, prepared: RunPrepared) -> None:
        """Look whether the file of a run has changed since the run began."""
        self._worker.ask(
            partial(_is_changed, prepared, self._folders), self.compared.emit, self._fail
        )

    def close(self) -> None:
        """Wait for what is being read."""
        self._again.stop()
        self._settled.stop()
        self._worker.close()

    def _know(self, known: tuple[Library, str]) -> None:
        library, self._site = known
        if library.entries:
            self._tell(library)

    def _tell(self, library: Library | None) -> None:
        if library is not None:
            self._watch(library)
            self.refreshed.emit(library)

    def _watch(self, library: Library) -> None:
        """Notice at once when a procedure is saved, added or removed; the timer is the net."""
        if self._watcher is None:
            self._watcher = QFileSystemWatcher(self)
            self._watcher.fileChanged.connect(self._settled.start)
            self._watcher.directoryChanged.connect(self._settled.start)
        files = {entry.path for entry in library.entries}
        folders = {str(Path(file).parent) for file in files}
        folders.update(str(f) for f in self._folders.procedures if f.is_dir())
        known = {*self._watcher.files(), *self._watcher.directories()}
        wanted = [path for path in sorted(files | folders) if path not in known]
        if wanted:
            self._watcher.addPaths([path for path in wanted if Path(path).exists()])

    def _told(self, briefing: Briefing) -> None:
        self.briefed.emit(briefing)

    def _fail(self, error: Exception) -> None:
        from runbook.starting import StartingError  # noqa: PLC0415 - loaded by then

        if not isinstance(error, (StartingError, OSError)):
            raise error
        self.unreadable.emit(str(error))


def known_library(folders: Folders) -> tuple[Library, str]:
    """In the thread: the library from its cache, and the site's name."""
    from runbook.procedure.library import Library  # noqa: PLC0415 - not on the way to a window
    from runbook.procedure.site import Site, load_site  # noqa: PLC0415

    try:
        site = load_site(folders.site_file)
    except OSError:
        site = Site()  # the briefing says so when a value is missing
    library = Library(folders.procedures, site, folders.lang)
    library.load(folders.data / CACHE)
    return library, site.name


def _refreshed(folders: Folders) -> Library | None:
    """In the thread: a library that is up to date, None when that is known already."""
    library, _site = known_library(folders)
    is_first = not library.entries
    if not library.refresh():
        return library if is_first else None
    library.save(folders.data / CACHE)
    return library


def _is_changed(prepared: RunPrepared, folders: Folders) -> bool:
    from runbook.starting import is_text_changed  # noqa: PLC0415 - the parser is not loaded at start

    return is_text_changed(prepared, folders)


def _brief(path: Path, folders: Folders, today: date) -> Briefing:
    from runbook.starting import load  # noqa: PLC0415 - the parser is not loaded at start

    return load(path, folders, today)
