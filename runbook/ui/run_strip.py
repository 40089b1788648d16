"""The line above a run: who called whom, and that there is no way back any more."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from runbook.kin import Around
from runbook.run.no_return import crossed
from runbook.run.state import ENDED, RunState
from runbook.ui.elided_label import ElidedLabel
from runbook.ui.theme import set_property

translate = QCoreApplication.translate


def stack_words(around: Around | None) -> str:
    """The runs that called each other down to this one; empty when it stands alone."""
    if around is None or len(around.stack) < 2:  # noqa: PLR2004 - a caller and a called run
        return ""
    return " › ".join(kin.title for kin in around.stack)


def no_return_words(state: RunState) -> str:
    """That the point of no return lies behind, and since which step; empty while it does not."""
    steps = crossed(state)
    if not steps or state.status in ENDED:
        return ""
    words = translate("RunStrip", "▲ Past the point of no return since {number}")
    return words.format(number=state.step(steps[0]).number)


class RunStrip(QFrame):
    """One line of fixed height; hidden while there is nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("run_strip")
        self._stack = ElidedLabel("run_stack", self)
        self._back = ElidedLabel("run_stack_keys", self)
        self._no_return = ElidedLabel("no_return_line", self)
        set_property(self._stack, "tone", "strong")
        set_property(self._back, "tone", "dim")
        set_property(self._no_return, "tone", "bad")
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 2, 18, 2)
        row.setSpacing(20)
        row.addWidget(self._stack, 0)
        row.addWidget(self._back, 1)
        row.addWidget(self._no_return, 0)
        self.hide()

    def show_state(self, state: RunState, around: Around | None) -> None:
        """Show where a run stands among the others."""
        stack, past = stack_words(around), no_return_words(state)
        keys = translate("RunStrip", "Backspace goes to the caller") if stack else ""
        for label, words in ((self._stack, stack), (self._back, keys), (self._no_return, past)):
            label.setText(words)
        self.setVisible(bool(stack or past))
