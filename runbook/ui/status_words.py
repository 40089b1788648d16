"""Word, symbol and colour of every status: three signs each, so that none is needed alone.

The symbols all stand in the bundled text font and differ from one another without colour.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from runbook.run.statuses import Mode, RunStatus, Status


@dataclass(frozen=True, slots=True)
class Mark:
    """How a status is shown: `colour` is the name of a token."""

    word: str
    symbol: str
    colour: str


_SYMBOLS = {
    Status.OPEN: ("○", "dim"),
    Status.ACTIVE: ("▶", "link"),
    Status.WAITING: ("…", "warn"),
    Status.VERIFY: ("?", "warn"),
    Status.HOLD: ("◆", "warn"),
    Status.DONE: ("✓", "good"),
    Status.DONE_DEV: ("✓!", "warn"),
    Status.FAILED: ("✗", "bad"),
    Status.DEFERRED: ("→", "warn"),
    Status.SKIPPED: ("»", "warn"),
    Status.NOT_APPLICABLE: ("–", "dim"),
    Status.NOT_REACHED: ("·", "dim"),
}


def mark_of(status: Status) -> Mark:
    """The three signs of a step's status, the word in the language of the program."""
    symbol, colour = _SYMBOLS[status]
    return Mark(word_of(status), symbol, colour)


def word_of(status: Status) -> str:
    """A step's status as a word."""
    translate = QCoreApplication.translate
    return {
        Status.OPEN: translate("Status", "open"),
        Status.ACTIVE: translate("Status", "in hand"),
        Status.WAITING: translate("Status", "waiting"),
        Status.VERIFY: translate("Status", "to be verified"),
        Status.HOLD: translate("Status", "hold point"),
        Status.DONE: translate("Status", "done"),
        Status.DONE_DEV: translate("Status", "done with deviation"),
        Status.FAILED: translate("Status", "failed"),
        Status.DEFERRED: translate("Status", "deferred"),
        Status.SKIPPED: translate("Status", "skipped"),
        Status.NOT_APPLICABLE: translate("Status", "not applicable"),
        Status.NOT_REACHED: translate("Status", "not reached"),
    }[status]


def run_word_of(status: RunStatus) -> str:
    """A run's status as a word."""
    translate = QCoreApplication.translate
    return {
        RunStatus.PREPARED: translate("RunStatus", "prepared"),
        RunStatus.RUNNING: translate("RunStatus", "running"),
        RunStatus.PAUSED: translate("RunStatus", "paused"),
        RunStatus.HANDOVER: translate("RunStatus", "handover prepared"),
        RunStatus.ABORTING: translate("RunStatus", "aborting"),
        RunStatus.ABORTED: translate("RunStatus", "aborted"),
        RunStatus.COMPLETE_OPEN: translate("RunStatus", "complete, with open items"),
        RunStatus.TRANSFERRED: translate("RunStatus", "left for another"),
        RunStatus.COMPLETE: translate("RunStatus", "complete"),
        RunStatus.CLOSED: translate("RunStatus", "closed"),
        RunStatus.CANCELLED: translate("RunStatus", "cancelled"),
    }[status]


def mode_word_of(mode: Mode) -> str:
    """What the band, the title and every list call a mode."""
    translate = QCoreApplication.translate
    return {
        Mode.LIVE: translate("Mode", "LIVE INCIDENT"),
        Mode.TEST: translate("Mode", "PLANNED TEST · REAL EQUIPMENT"),
        Mode.DRILL: translate("Mode", "ØVELSE ØVELSE ØVELSE · EXERCISE"),
    }[mode]


def short_mode_word_of(mode: Mode) -> str:
    """A mode in a list: the word that was typed to start it, a drill in both languages."""
    translate = QCoreApplication.translate
    return {
        Mode.LIVE: translate("Mode", "LIVE"),
        Mode.TEST: translate("Mode", "TEST"),
        Mode.DRILL: translate("Mode", "ØVELSE"),
    }[mode]
