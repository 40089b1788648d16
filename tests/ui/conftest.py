"""What every test of the window shares: the bundled fonts and the dark look."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from runbook.ui import theme
from runbook.ui.tokens import DARK


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> QApplication:
    """The application with its fonts loaded, once."""
    theme.load_fonts()
    return qapp


@pytest.fixture(autouse=True)
def dark(dressed: QApplication) -> None:
    """Every test begins in the dark look."""
    if theme.style_sheet(DARK) != dressed.styleSheet():
        theme.apply(dressed, DARK)
