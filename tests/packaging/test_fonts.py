"""The bundled fonts: every sign we show is in them, so no machine shows boxes instead."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFontDatabase, QRawFont
from PySide6.QtWidgets import QApplication

from runbook.resources import resource

DANISH = "abcxyzæøåABCXYZÆØÅ0123456789éüöäß"
SIGNS = "–—…·•“”‘’«»°µΩ±×÷≤≥≠≈²³½€§→←↑↓↵✓✗●○▶▷■□◆▲▼⚠"
SYMBOLS = "⚑☐☑☒✔✘◐◑⏸⏹⏱⌛⚡✎🔒"
BOXES = "│─┌┐└┘├┤┬┴┼═║█░▒▓"
TEXT_FONTS = ["Inter-Regular", "Inter-SemiBold", "Inter-Bold"]
FAMILIES = {
    "Inter-Regular": "Inter",
    "Inter-SemiBold": "Inter",
    "Inter-Bold": "Inter",
    "JetBrainsMono-Regular": "JetBrains Mono",
    "RunbookSymbols-Regular": "Runbook Symbols",
}


def lacking(file: str, signs: str) -> list[str]:
    """The signs a font file has no picture for."""
    font = QRawFont(str(resource(f"fonts/{file}.ttf")), 12)
    return [sign for sign in signs if not font.supportsCharacter(ord(sign))]


@pytest.mark.parametrize("file", TEXT_FONTS)
def test_text_font_has_letters_and_signs(qapp: QApplication, file: str) -> None:
    """Danish words and the signs of statuses and units need no other font."""
    assert lacking(file, DANISH + SIGNS) == []


def test_code_font_has_letters_and_boxes(qapp: QApplication) -> None:
    """Commands with Danish letters and drawn boxes keep one width."""
    assert lacking("JetBrainsMono-Regular", DANISH + BOXES) == []


def test_symbol_font_has_the_rest(qapp: QApplication) -> None:
    """Boxes to tick, flags and clocks come from the third font."""
    assert lacking("RunbookSymbols-Regular", SYMBOLS) == []


@pytest.mark.parametrize("file", sorted(FAMILIES))
def test_family_names_are_kept(qapp: QApplication, file: str) -> None:
    """Style sheets and report styles find each font under its own name."""
    number = QFontDatabase.addApplicationFont(str(resource(f"fonts/{file}.ttf")))
    assert FAMILIES[file] in QFontDatabase.applicationFontFamilies(number)


@pytest.mark.parametrize("name", ["Inter", "JetBrainsMono", "RunbookSymbols"])
def test_every_font_has_its_licence(name: str) -> None:
    """The Open Font License asks that its text goes with each copy."""
    told = resource(f"fonts/{name}-LICENSE.txt").read_text("utf-8")
    assert "SIL OPEN FONT LICENSE" in told
