"""Everything the window can be asked to do by key, as one table."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget


class Act(StrEnum):
    """What can be asked for, by the stable name of its action."""

    SEARCH = "act_search"
    OPEN_FILE = "act_open_file"
    START_LIVE = "act_start_live"
    START_TEST = "act_start_test"
    START_DRILL = "act_start_drill"
    OPEN_RUNS = "act_open_runs"
    REPORT = "act_report"
    LANGUAGE = "act_language"
    SOUND = "act_sound"
    THEME = "act_theme"
    HELP = "act_help"
    QUIT = "act_quit"


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One line of the table: what, by which keys, and whether it serves choosing only."""

    act: Act
    keys: str
    on_start_only: bool = True


_EVERYWHERE = False

ACTIONS = (
    ActionSpec(Act.SEARCH, "Ctrl+F"),
    ActionSpec(Act.OPEN_FILE, "Ctrl+O"),
    ActionSpec(Act.START_LIVE, "Ctrl+L"),
    ActionSpec(Act.START_TEST, "Ctrl+T"),
    ActionSpec(Act.START_DRILL, "Ctrl+D"),
    ActionSpec(Act.OPEN_RUNS, "G"),
    ActionSpec(Act.REPORT, "Ctrl+P"),
    ActionSpec(Act.LANGUAGE, "Ctrl+Shift+L"),
    ActionSpec(Act.SOUND, "Ctrl+Shift+S", _EVERYWHERE),
    ActionSpec(Act.THEME, "Ctrl+Shift+T", _EVERYWHERE),
    ActionSpec(Act.HELP, "F1", _EVERYWHERE),
    ActionSpec(Act.QUIT, "Ctrl+Q", _EVERYWHERE),
)


def words_of(act: Act) -> str:
    """What an action is called, in the language of the program."""
    translate = QCoreApplication.translate
    return {
        Act.SEARCH: translate("Actions", "Search procedures"),
        Act.OPEN_FILE: translate("Actions", "Open a file"),
        Act.START_LIVE: translate("Actions", "Start LIVE"),
        Act.START_TEST: translate("Actions", "Start TEST"),
        Act.START_DRILL: translate("Actions", "Start DRILL"),
        Act.OPEN_RUNS: translate("Actions", "Go to the runs"),
        Act.REPORT: translate("Actions", "Save a report"),
        Act.LANGUAGE: translate("Actions", "Procedures in another language"),
        Act.SOUND: translate("Actions", "Sound of alerts"),
        Act.THEME: translate("Actions", "Dark, light, large"),
        Act.HELP: translate("Actions", "Help"),
        Act.QUIT: translate("Actions", "Quit"),
    }[act]


def keys_of(act: Act) -> str:
    """The keys of an action as they are shown on a button."""
    spec = next(spec for spec in ACTIONS if spec.act is act)
    return QKeySequence(spec.keys).toString(QKeySequence.SequenceFormat.NativeText)


def make_actions(window: QWidget, start_page: QWidget) -> dict[Act, QAction]:
    """Actions for the whole table, each owned by the widget in which its keys work."""
    return {spec.act: _make(spec, _owner(spec, window, start_page)) for spec in ACTIONS}


def _owner(spec: ActionSpec, window: QWidget, start_page: QWidget) -> QWidget:
    return start_page if spec.on_start_only else window


def _make(spec: ActionSpec, owner: QWidget) -> QAction:
    action = QAction(words_of(spec.act), owner)
    action.setObjectName(spec.act.value)
    action.setShortcut(QKeySequence(spec.keys))
    action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    action.setAutoRepeat(False)
    owner.addAction(action)
    return action
