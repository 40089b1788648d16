"""What this laptop remembers between starts: who works here, and how it should look."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QSettings

from runbook.ui.tokens import Theme, by_hour, by_name

FILE = "settings.ini"


@dataclass(frozen=True, slots=True)
class Settings:
    """The remembered choices; an empty text means none was made."""

    operator: str = ""
    role: str = ""
    theme: str = ""
    language: str = ""
    sound: str = ""

    def look(self, now: datetime) -> Theme:
        """The chosen look, else the one for the hour of the day."""
        return by_name(self.theme) or by_hour(now.astimezone().hour)


class SettingsFile:
    """The settings in the data folder. Nothing is written before something changes."""

    def __init__(self, data: Path) -> None:
        self._file = QSettings(str(data / FILE), QSettings.Format.IniFormat)
        self._now = Settings(*(self._text(name) for name in Settings.__slots__))

    @property
    def now(self) -> Settings:
        """The settings as they stand."""
        return self._now

    def keep(self, settings: Settings) -> None:
        """Write what changed. A folder that cannot be written costs the memory, nothing else."""
        for name in Settings.__slots__:
            value = getattr(settings, name)
            if value != getattr(self._now, name):
                self._file.setValue(name, value)
        self._now = settings
        self._file.sync()

    def _text(self, name: str) -> str:
        value = self._file.value(name, "")
        return value if isinstance(value, str) else ""
