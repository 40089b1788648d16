"""A picture of the step that most likely follows, drawn while nobody waits.

Laying out and painting a step takes several times as long as recording it. The picture is
shown for the one frame in which the real step is being laid out, and only when what was
recorded looks exactly as foreseen.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPixmap, QRegion
from PySide6.QtWidgets import QWidget

from runbook.ui import theme
from runbook.ui.step_acts import Act
from runbook.ui.step_panel import StepPanel
from runbook.ui.step_view import StepView

_BLOCK: Final = 24
_PIXEL: Final = 4
_TURNS: Final = 3  # a row that wraps asks for room once more, and the column above it too


@dataclass(frozen=True, slots=True)
class Scene:
    """All that decides what the middle of the page looks like."""

    view: StepView
    acts: tuple[Act, ...]
    may_choose: bool

    @property
    def mark(self) -> tuple[object, ...]:
        """What has to be seen anew before a key may act on it."""
        view = self.view
        return view.step, view.attempt, view.status, view.unread


class StepAhead(QWidget):
    """Lies over the panel while its picture is shown, and takes no keys.

    Out of use it has no size: showing and hiding a widget would have everything laid out anew.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("step_ahead")
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.put_away()
        self._panel: StepPanel | None = None
        self._picture = QPixmap()
        self._of: tuple[Scene, QSize, str] | None = None

    def draw(self, scene: Scene, shown: QWidget, now: datetime) -> None:
        """Draw a step that is not in hand yet, as the panel that now shows another will do."""
        picture = self._picture_of(scene, shown.size(), now)
        self.setMask(_unlike(_opaque(shown.grab()), picture))
        self._picture = QPixmap.fromImage(picture)
        self._of = (scene, shown.size(), theme.current().name)
        self.raise_()

    def _picture_of(self, scene: Scene, size: QSize, now: datetime) -> QImage:
        """Lay the step out and paint it; Qt lays out only what it takes to be seen."""
        panel = self._panel = self._panel or StepPanel(self)
        panel.resize(size)
        panel.show()
        panel.show_view(scene.view, scene.acts, may_choose=scene.may_choose)
        panel.show_time(now)
        for _ in range(_TURNS):
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        picture = _opaque(panel.grab())
        panel.hide()
        return picture

    def lay_over(self, panel: QWidget) -> Scene | None:
        """Show the picture where the panel is; None when it was drawn for another size or look."""
        if self._of is None or self._of[1:] != (panel.size(), theme.current().name):
            return None
        self.setGeometry(panel.geometry())
        return self._of[0]

    @property
    def is_drawn(self) -> bool:
        """True when there is a picture of a coming step."""
        return self._of is not None

    @property
    def is_laid_over(self) -> bool:
        """True while the picture is shown."""
        return not self.size().isEmpty()

    def put_away(self) -> None:
        """Show what lies below again."""
        self.setGeometry(0, 0, 0, 0)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the picture, as far as it is to be seen."""
        QPainter(self).drawPixmap(0, 0, self._picture)


def _opaque(picture: QPixmap) -> QImage:
    """The same without transparency, which takes less time to paint."""
    return picture.toImage().convertToFormat(QImage.Format.Format_RGB32)


def _unlike(before: QImage, after: QImage) -> QRegion:
    """Where two pictures of one size differ, in blocks; never quite nothing."""
    region, ratio = QRegion(0, 0, 1, 1), after.devicePixelRatio()
    side = int(_BLOCK / ratio) + 1
    for top in range(0, after.height(), _BLOCK):
        rows = range(top, min(top + _BLOCK, after.height()))
        pairs = [(_row(before, y), _row(after, y)) for y in rows]
        places = {place for one, other in pairs if one != other for place in _places(one, other)}
        if places:
            left, right = min(places), max(places)
            wide = int((right - left) / ratio) + side
            region += QRect(int(left / ratio), int(top / ratio), wide, side)
    return region


def _places(one: bytes, other: bytes) -> list[int]:
    """The pixels at which blocks begin that differ in two rows."""
    span = _BLOCK * _PIXEL
    starts = range(0, len(one), span)
    return [at // _PIXEL for at in starts if one[at : at + span] != other[at : at + span]]


def _row(picture: QImage, y: int) -> bytes:
    """One row of pixels."""
    line: memoryview = picture.constScanLine(y)  # type: ignore[assignment] # stubs say bytes
    return line.tobytes()
