"""The exception hook: faults cross threads by a signal, repeats fold."""

import sys
import threading

from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from runbook.ui.faults import Faults
from runbook.ui.messages import FaultBar


def break_down() -> None:
    """Go wrong."""
    raise RuntimeError("broken")


def fail(faults: Faults) -> None:
    """Hand a fault to the hook as Python does."""
    try:
        break_down()
    except RuntimeError as error:
        faults.caught(type(error), error, error.__traceback__)


def quiet_faults() -> Faults:
    """A hook that hands nothing on."""
    before, sys.excepthook = sys.excepthook, lambda *_: None
    made = Faults()
    sys.excepthook = before
    return made


def test_a_fault_in_a_thread_is_told_in_the_window(qtbot: QtBot) -> None:
    """A fault is told by a signal even when another thread failed."""
    faults = quiet_faults()
    with qtbot.waitSignal(faults.told) as told:
        thread = threading.Thread(target=fail, args=(faults,))
        thread.start()
        thread.join()
    assert told.args is not None
    assert told.args[0].startswith("RuntimeError in break_down")


def test_the_same_fault_again_only_counts(qtbot: QtBot) -> None:
    """Fifty times the same fault is told a handful of times, the last with its count."""
    faults, seen = quiet_faults(), []
    faults.told.connect(lambda _what, times: seen.append(times))
    for _ in range(50):
        fail(faults)
    qtbot.waitUntil(lambda: 10 in seen)
    assert seen == [1, 2, 5, 10]


def test_the_bar_is_calm_and_can_be_put_away(qtbot: QtBot) -> None:
    """The bar says that the record is safe."""
    bar = FaultBar()
    qtbot.addWidget(bar)
    bar.show_fault("RuntimeError in paint, line 3", 2)
    assert bar.isVisible()
    words = bar.findChild(QLabel, "fault_words")
    away = bar.findChild(QPushButton, "fault_away")
    assert words is not None
    assert away is not None
    assert "What is recorded is safe" in words.text()
    away.click()
    assert not bar.isVisible()


def test_hooks_are_put_back() -> None:
    """After the window has closed the program has its own hooks again."""
    before = sys.excepthook, threading.excepthook
    faults = Faults()
    faults.install()
    assert sys.excepthook != before[0]
    faults.remove()
    assert (sys.excepthook, threading.excepthook) == before
