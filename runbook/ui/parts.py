"""The small widgets every screen is made of, each with a name for tests and style sheets."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget


def label(name: str, parent: QWidget, *, text: str = "", tone: str = "") -> QLabel:
    """Plain, wrapping text; `tone` picks its look in the style sheet."""
    made = QLabel(text, parent)
    made.setObjectName(name)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(True)
    made.setIndent(0)
    if tone:
        made.setProperty("tone", tone)
    return made


def line(name: str, parent: QWidget, *, text: str = "", tone: str = "") -> QLabel:
    """Plain text on one line."""
    made = label(name, parent, text=text, tone=tone)
    made.setWordWrap(False)
    return made


def button(name: str, parent: QWidget, *, text: str, kind: str = "", keys: str = "") -> QPushButton:
    """A button that Enter presses too; `keys` is the shortcut shown behind its words."""
    shown = f"{text}  {keys}" if keys else text
    made = QPushButton(shown, parent)
    made.setObjectName(name)
    made.setAccessibleName(text)
    made.setAutoDefault(True)
    if kind:
        made.setProperty("kind", kind)
    return made
