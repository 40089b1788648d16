"""How a time was worked out, below the step: never a dialog, and gone with Esc."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from runbook.report.formula import Formula
from runbook.ui.step_parts import plain_label, show_text


class FormulaBox(QFrame):
    """Shows one formula with its inputs, line by line; hidden without one."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("formula_box")
        box = QVBoxLayout(self)
        box.setSpacing(4)
        self._title = plain_label("formula_title", self, "strong")
        self._lines = plain_label("formula_lines", self)
        self._keys = plain_label("formula_keys", self, "dim")
        for label in (self._title, self._lines, self._keys):
            box.addWidget(label)
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
