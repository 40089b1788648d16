"""How the program looks: Fusion, one palette, one style sheet, bundled fonts.

`current()` gives the tokens to whoever paints by hand. The style sheets in
`resources/themes` name widgets by object name or property; `$name` stands for a token.
"""

from __future__ import annotations

from string import Template

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from runbook.resources import resource_folder
from runbook.ui.tokens import DARK, Theme, by_name

TEXT_FONT = "Inter"
MONO_FONT = "JetBrains Mono"
SYMBOL_FONT = "Runbook Symbols"
_PROPERTY = "runbook_theme"


def current() -> Theme:
    """The look that was applied last, the dark one before that."""
    app = QApplication.instance()
    return by_name(str(app.property(_PROPERTY))) or DARK if app else DARK


def load_fonts() -> None:
    """Make the bundled fonts known to Qt; a missing folder leaves the system's fonts."""
    for file in sorted((resource_folder() / "fonts").glob("*.[ot]tf")):
        QFontDatabase.addApplicationFont(str(file))


def apply(app: QApplication, theme: Theme) -> None:
    """Dress the whole program in a look; may be called again while windows are open."""
    app.setProperty(_PROPERTY, theme.name)
    app.setPalette(palette(theme))
    app.setFont(text_font(theme.sizes.body))
    app.setStyleSheet(style_sheet(theme))


def style_sheet(theme: Theme) -> str:
    """All style sheets of the program with the look's tokens filled in."""
    words = theme.substitutions() | {"text_font": TEXT_FONT, "mono_font": MONO_FONT}
    words["icons"] = (resource_folder() / "icons").as_posix()
    files = sorted((resource_folder() / "themes").glob("*.qss"))
    return "\n".join(Template(f.read_text(encoding="utf-8")).substitute(words) for f in files)


def text_font(points: float, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The text font at a size, for painting by hand."""
    font = QFont([TEXT_FONT, SYMBOL_FONT, MONO_FONT])
    font.setPointSizeF(points)
    font.setWeight(weight)
    # The bundled fonts carry no hints; guessed ones make letters of uneven weight.
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def mono_font(points: float) -> QFont:
    """The font of commands and clocks at a size."""
    font = QFont([MONO_FONT, SYMBOL_FONT, TEXT_FONT])
    font.setPointSizeF(points)
    font.setStyleHint(QFont.StyleHint.Monospace)
    return font


def colour(token: str) -> QColor:
    """A token of the current look as a colour; AttributeError for an unknown name."""
    return QColor(getattr(current().tokens, token))


def set_property(widget: QWidget, name: str, value: str) -> None:
    """Set a property the style sheet looks at, and draw the widget anew if it changed."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        return  # it has not been drawn yet and will look at the property then
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def palette(theme: Theme) -> QPalette:
    """The look's colours in Qt's own roles, for what no style sheet names."""
    tokens = theme.tokens
    roles = QPalette.ColorRole
    made = QPalette()
    for role, value in (
        (roles.Window, tokens.window),
        (roles.WindowText, tokens.text),
        (roles.Base, tokens.field),
        (roles.AlternateBase, tokens.panel),
        (roles.Text, tokens.text),
        (roles.PlaceholderText, tokens.dim),
        (roles.Button, tokens.raised),
        (roles.ButtonText, tokens.text),
        (roles.BrightText, tokens.bad),
        (roles.Highlight, tokens.accent),
        (roles.HighlightedText, tokens.accent_text),
        (roles.Link, tokens.link),
        (roles.LinkVisited, tokens.link),
        (roles.ToolTipBase, tokens.raised),
        (roles.ToolTipText, tokens.text),
        (roles.Mid, tokens.line),
        (roles.Accent, tokens.accent),
    ):
        made.setColor(role, QColor(value))
    for role in (roles.Text, roles.WindowText, roles.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(tokens.dim))
    return made
