"""The band and the frame around the window: which mode, which run, where in it, what time.

Everything a person must never lose sight of stands here, on every screen of a run. The
mode is told by word, colour and pattern; no one of the three is needed alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from runbook.run.statuses import Mode
from runbook.ui import times
from runbook.ui.elided_label import ElidedLabel
from runbook.ui.parts import line
from runbook.ui.pattern import brush_of
from runbook.ui.status_words import mode_word_of, run_word_of
from runbook.ui.theme import colour, set_property

if TYPE_CHECKING:
    from runbook.run.state import RunState

_EDGE = 6


@dataclass(frozen=True, slots=True)
class BandFacts:
    """What the band says about a run; texts are ready to be read."""

    mode: Mode
    run: str
    title: str
    status: str
    site: str
    revision: str
    section: str
    step: str
    role: str
    operator: str = ""
    owner: str = ""
    started: datetime | None = None
    ended: datetime | None = None


def facts_of(state: RunState, *, operator: str, role: str) -> BandFacts:
    """What the band says about a run as seen by the person at the keyboard."""
    # Imported here: the band is on the way to the window, the words of a run are not.
    from runbook.ui.filled import filled, step_words  # noqa: PLC0415

    step = state.step(state.current) if state.current else None
    section = state.procedure.section_by_id.get(step.section) if step else None
    return BandFacts(
        mode=state.mode,
        run=state.run,
        title=state.prepared.title,
        status=run_word_of(state.shown_status),
        site=state.prepared.site,
        revision=state.prepared.revision,
        section=filled(state, section.title) if section else "",
        step=step_words(state, step.id) if step else "",
        role=f"{_roles(state, operator, role)} ({operator})" if role else "",
        operator=operator,
        owner=state.owner,
        started=state.started,
        ended=state.ended,
    )


def _roles(state: RunState, operator: str, role: str) -> str:
    """The role a person acts in first, then the others he holds."""
    from runbook.run.people import held_by  # noqa: PLC0415 - as above

    keys = dict.fromkeys((role, *held_by(state, operator)))
    return ", ".join(state.procedure.role_name(key) for key in keys)


class ModeFrame(QWidget):
    """Carries all screens and paints the pattern of the mode around them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("mode_frame")
        self._mode: Mode | None = None
        self.rows = QVBoxLayout(self)
        self.rows.setSpacing(0)
        self.rows.setContentsMargins(0, 0, 0, 0)

    @property
    def mode(self) -> Mode | None:
        """The mode that is painted, None outside of a run."""
        return self._mode

    def show_mode(self, mode: Mode | None) -> None:
        """Paint another mode, or none; the same again would paint the whole window for nothing."""
        if mode == self._mode:
            return
        self._mode = mode
        edge = _EDGE if mode else 0
        self.rows.setContentsMargins(edge, edge, edge, edge)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Fill with the pattern; the screens on top leave only its edge to be seen."""
        painter = QPainter(self)
        inside = self.rect().marginsRemoved(self.rows.contentsMargins())
        if self._mode:
            painter.fillRect(self.rect(), brush_of(self._mode))
        painter.fillRect(inside, colour("window"))


class ModeBand(QWidget):
    """Two lines on the mode's colour; never hidden while a run is on screen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("mode_band")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("Mode and place"))
        self._facts: BandFacts | None = None
        self._mode = line("band_mode", self)
        self._title = ElidedLabel("band_title", self)
        self._clock = line("band_clock", self)
        self._wall = line("band_wall", self)
        self._role = ElidedLabel("band_role", self)
        self._run = ElidedLabel("band_run", self)
        self._site = ElidedLabel("band_site", self)
        self._revision = ElidedLabel("band_revision", self)
        self._section = ElidedLabel("band_section", self)
        self._step = ElidedLabel("band_step", self)
        self._lay_out()
        self.hide()

    def _lay_out(self) -> None:
        """Above: mode, procedure, clocks, person. Below: run, site, revision, place."""
        above, below = QHBoxLayout(), QHBoxLayout()
        for label, stretch in (
            (self._mode, 0),
            (self._title, 1),
            (self._clock, 0),
            (self._wall, 0),
            (self._role, 0),
        ):
            above.addWidget(label, stretch)
        above.setSpacing(20)
        for label in (self._run, self._site, self._revision, self._section):
            below.addWidget(label, 0)
        below.addWidget(self._step, 1)
        below.setSpacing(20)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(18, 6, 18, 7)
        rows.setSpacing(2)
        rows.addLayout(above)
        rows.addLayout(below)

    @property
    def facts(self) -> BandFacts | None:
        """What is shown, None outside of a run."""
        return self._facts

    def show_facts(self, facts: BandFacts | None, now: datetime) -> None:
        """Show another place of a run, or hide outside of one."""
        self._facts = facts
        self.setVisible(facts is not None)
        if facts is None:
            return
        set_property(self, "mode", facts.mode.value)
        self._mode.setText(mode_word_of(facts.mode))
        self._title.setText(facts.title)
        words = self.tr("Role: {role}") if facts.role else self.tr("{operator}, no role")
        who = words.format(role=facts.role, operator=facts.operator)
        if facts.owner and facts.owner.casefold() != facts.operator.casefold():
            who = self.tr("{who} · owner {owner}").format(who=who, owner=facts.owner)
        self._role.setText(who)
        self._show_place(facts)
        self.tick(now)

    def _show_place(self, facts: BandFacts) -> None:
        none = self.tr("none")
        for label, words, value in (
            (self._run, self.tr("Run {value}"), facts.run),
            (self._site, self.tr("Site: {value}"), facts.site or none),
            (self._revision, self.tr("Revision {value}"), facts.revision or none),
            (self._section, self.tr("Section: {value}"), facts.section or none),
            (
                self._step,
                self.tr("Step {value}") if facts.step else "{value}",
                facts.step or self._without_step(facts),
            ),
        ):
            label.setText(words.format(value=value))

    def _without_step(self, facts: BandFacts) -> str:
        """What stands in the place of a step when none is in hand."""
        if facts.started is not None and facts.ended is None:
            return self.tr("No step left")
        return self.tr("Run {status}").format(status=facts.status)

    def tick(self, now: datetime) -> None:
        """Let the clocks show this moment."""
        if self._facts is None:
            return
        self._wall.setText(f"{times.clock(now)} {times.weekday(now)}")
        if self._facts.started is None:
            self._clock.setText(self.tr("not started"))
            return
        shown = (self._facts.ended or now) - self._facts.started
        words = self.tr("{status} {time}") if self._facts.ended is None else self.tr("Took {time}")
        time = times.duration(shown.total_seconds())
        self._clock.setText(words.format(status=self._facts.status.capitalize(), time=time))
