"""Two strips that never cover what is being worked on: faults of ours, and the status bar."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QLocale, Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from runbook.ui import theme
from runbook.ui.elided_label import ElidedLabel
from runbook.ui.parts import button, label, line

_POWER = Path("/sys/class/power_supply")


class FaultBar(QFrame):
    """Says calmly that the program went wrong, and how often. It can be put away."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("fault_bar")
        self.setAccessibleName(self.tr("Fault in Runbook"))
        self._words = label("fault_words", self)
        away = button("fault_away", self, text=self.tr("Put away"))
        away.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 6, 18, 6)
        row.addWidget(self._words, 1)
        row.addWidget(away)
        self.hide()

    @Slot(str, int)
    def show_fault(self, what: str, times: int) -> None:
        """Show a fault; the same one again only counts up."""
        text = self.tr(
            "Something in Runbook went wrong. What is recorded is safe. Go on; if the screen looks"
            " wrong, close Runbook and start it again. ({what})"
        ).format(what=what)
        if times > 1:
            text += " " + self.tr("{n} times so far.").format(n=times)
        self._words.setText(text)
        self.show()


class StatusBar(QWidget):
    """Saved or not, where data lies, the battery, and where help is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("status_bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._saved = ElidedLabel("status_saved", self)
        self._folder = ElidedLabel("status_folder", self)
        self._folder.setProperty("tone", "dim")
        self._battery = line("status_battery", self, tone="dim")
        self.language_button = button("status_language", self, text="", kind="quiet")
        self.language_button.hide()
        self.theme_button = button("status_theme", self, text="", kind="quiet")
        self.help_button = button("status_help", self, text="", kind="quiet")
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 4, 12, 4)
        row.setSpacing(20)
        row.addWidget(self._saved)
        row.addWidget(self._folder, 1)
        row.addWidget(self._battery)
        row.addWidget(self.language_button)
        row.addWidget(self.theme_button)
        row.addWidget(self.help_button)
        self.show_saved(self.tr("Opening the journal …"), "dim")

    def show_saved(self, text: str, tone: str) -> None:
        """Show how the record stands; `tone` is good, warn, bad or dim."""
        sign = {"good": "●", "warn": "▲", "bad": "✗"}.get(tone, "○")
        self._saved.setText(f"{sign} {text}")
        theme.set_property(self._saved, "tone", tone)

    def show_folder(self, folder: Path) -> None:
        """Show where the data lies."""
        self._folder.setText(self.tr("Data in {folder}").format(folder=folder))

    def show_language(self, name: str, keys: str) -> None:
        """Show in which language procedures are listed; empty where there is only one."""
        words = self.tr("Procedures: {language}  {keys}").format(language=name, keys=keys)
        self.language_button.setText(words)
        self.language_button.setVisible(bool(name))

    def show_battery(self) -> None:
        """Show the battery where the system tells of one."""
        level = battery_level()
        self._battery.setVisible(level is not None)
        if level is not None:
            percent = QLocale().toString(level)
            self._battery.setText(self.tr("Battery {percent} %").format(percent=percent))


def battery_level(power: Path = _POWER) -> int | None:
    """The charge of the first battery in percent; None where there is none to be read."""
    for supply in sorted(power.glob("BAT*/capacity")):
        try:
            return int(supply.read_text(encoding="ascii"))
        except (OSError, ValueError):
            continue
    return None
