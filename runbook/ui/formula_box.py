"""How a time was worked out, below the step: never a dialog, and gone with Esc."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from runbook.report.formula import Formula
from runbook.ui.step_parts import Scroll, plain_label, show_text


class FormulaBox(QFrame):
    """Shows one formula with its inputs, line by line; hidden without one."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("formula_box")
        box = QVBoxLayout(self)
        box.setSpacing(4)
        self._title = plain_label("formula_title", self, "strong")
        inner = QWidget(self)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        self._lines = plain_label("formula_lines", inner)
        column.addWidget(self._lines)
        scroll = Scroll("formula_scroll", self)  # a long one never makes the window higher
        scroll.hold(inner)
        self._keys = plain_label("formula_keys", self, "dim")
        for widget in (self._title, scroll, self._keys):
            box.addWidget(widget)
        self.hide()

    def show_formula(self, formula: Formula | None) -> None:
        """Show a formula, or nothing."""
        self.setVisible(formula is not None)
        if formula is None:
            return
        show_text(self._title, formula.title)
        show_text(self._lines, "\n".join(formula.lines))
        show_text(self._keys, self.tr("Enter: disagree, with a figure of your own · Esc: back"))
        self.setAccessibleName(". ".join((formula.title, *formula.lines)))
