"""The pattern of a mode, painted: solid for LIVE, hatched for TEST, striped for DRILL."""

from __future__ import annotations

from typing import assert_never

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPixmap

from runbook.run.statuses import Mode
from runbook.ui.theme import colour

_TILE = 24


def brush_of(mode: Mode) -> QBrush:
    """The brush that fills frames and tags of a mode, in the colours of the current look."""
    match mode:
        case Mode.LIVE:
            return QBrush(colour("live"))
        case Mode.TEST:
            return QBrush(_tile(colour("test"), colour("test_stripe"), crossed=True))
        case Mode.DRILL:
            return QBrush(_tile(colour("drill"), colour("drill_stripe"), crossed=False))
        case _:
            assert_never(mode)


def paint_tag(painter: QPainter, rect: QRect, mode: Mode, word: str) -> None:
    """A small label with a mode's word on its colour, and its pattern along the left edge."""
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(mode.value))
    painter.drawRoundedRect(rect, 3, 3)
    edge = QRect(rect.left(), rect.top(), 10, rect.height())
    painter.fillRect(edge, colour("live_text") if mode is Mode.LIVE else brush_of(mode))
    painter.setPen(colour(f"{mode.value}_text"))
    painter.drawText(rect.adjusted(16, 0, -4, 0), Qt.AlignmentFlag.AlignVCenter, word)
    painter.restore()


def _tile(back: QColor, line: QColor, *, crossed: bool) -> QPixmap:
    """A square that repeats without a seam: thin crossed lines, or one broad diagonal."""
    tile = QPixmap(_TILE, _TILE)
    tile.fill(back)
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(line, 2 if crossed else 8))
    for shift in (-_TILE, 0, _TILE):
        painter.drawLine(QPointF(shift - 4, _TILE + 4), QPointF(shift + _TILE + 4, -4))
        if crossed:
            painter.drawLine(QPointF(shift - 4, -4), QPointF(shift + _TILE + 4, _TILE + 4))
    painter.end()
    return tile
