"""The colours and sizes everything on screen is drawn with: frozen data, no Qt.

Every text token is named together with the backgrounds it may stand on, in `PAIRS`; a test
holds each pair to a contrast of at least 4.5 to 1.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace


@dataclass(frozen=True, slots=True)
class Tokens:
    """Colours by what they are for, as `#rrggbb`."""

    window: str
    panel: str
    raised: str
    hover: str
    field: str
    chip: str
    selected: str
    line: str
    focus: str
    text: str
    dim: str
    link: str
    good: str
    warn: str
    bad: str
    accent: str
    accent_hover: str
    accent_text: str
    note_back: str
    note_line: str
    caution_back: str
    caution_line: str
    caution_text: str
    warning_back: str
    warning_line: str
    warning_text: str
    code_back: str
    code_text: str
    live: str
    live_hover: str
    live_text: str
    live_soft: str
    live_word: str
    test: str
    test_hover: str
    test_text: str
    test_stripe: str
    test_soft: str
    test_word: str
    drill: str
    drill_hover: str
    drill_text: str
    drill_stripe: str
    drill_soft: str
    drill_word: str


@dataclass(frozen=True, slots=True)
class Sizes:
    """Type sizes in points: small print, running text, headings, and the step's one action."""

    small: float
    body: float
    strong: float
    title: float
    action: float
    mono: float


@dataclass(frozen=True, slots=True)
class Theme:
    """One look: its stable name, its colours and its sizes."""

    name: str
    tokens: Tokens
    sizes: Sizes

    @property
    def is_dark(self) -> bool:
        """True for the looks with light text on a dark ground."""
        return self.name.startswith("dark")

    @property
    def is_large(self) -> bool:
        """True for the looks that are read aloud from two metres away."""
        return self.name.endswith("-large")

    def substitutions(self) -> dict[str, str]:
        """All tokens and sizes by name, for the style sheet."""
        sizes = {f"{name}_pt": f"{value}pt" for name, value in asdict(self.sizes).items()}
        return asdict(self.tokens) | sizes


_DARK = Tokens(
    window="#14181d",
    panel="#1a1f26",
    raised="#242c35",
    hover="#2f3944",
    field="#0d1014",
    chip="#29323c",
    selected="#233140",
    line="#323c47",
    focus="#5aa2f0",
    text="#e9edf1",
    dim="#9fabb8",
    link="#79b8ff",
    good="#5ccb8c",
    warn="#f4c553",
    bad="#ff8f87",
    accent="#2169b8",
    accent_hover="#1d5ea6",
    accent_text="#ffffff",
    note_back="#1b2733",
    note_line="#5aa2f0",
    caution_back="#2b2618",
    caution_line="#e9b044",
    caution_text="#f6cf78",
    warning_back="#33191b",
    warning_line="#f0605c",
    warning_text="#ffa39d",
    code_back="#0d1014",
    code_text="#dde6ee",
    live="#bf2730",
    live_hover="#a9222a",
    live_text="#ffffff",
    live_soft="#2c1719",
    live_word="#ff8f87",
    test="#7a4d00",
    test_hover="#6a4300",
    test_text="#ffffff",
    test_stripe="#e8a92f",
    test_soft="#2b2213",
    test_word="#f4c553",
    drill="#2e3572",
    drill_hover="#272d62",
    drill_text="#ffffff",
    drill_stripe="#7684ea",
    drill_soft="#1e2243",
    drill_word="#b3bbff",
)

_LIGHT = Tokens(
    window="#f5f6f8",
    panel="#eceff2",
    raised="#ffffff",
    hover="#e1e6eb",
    field="#ffffff",
    chip="#dfe4e9",
    selected="#d6e6f8",
    line="#bcc5ce",
    focus="#1565c0",
    text="#15191e",
    dim="#4c5763",
    link="#0b57b0",
    good="#0f6435",
    warn="#734b00",
    bad="#a81620",
    accent="#1760b4",
    accent_hover="#124f96",
    accent_text="#ffffff",
    note_back="#e4eefa",
    note_line="#1565c0",
    caution_back="#fff3d6",
    caution_line="#b27a00",
    caution_text="#664200",
    warning_back="#fde4e4",
    warning_line="#c4202b",
    warning_text="#8f1019",
    code_back="#ffffff",
    code_text="#15191e",
    live="#bf2730",
    live_hover="#a01d26",
    live_text="#ffffff",
    live_soft="#fde4e4",
    live_word="#a81620",
    test="#7a4d00",
    test_hover="#643f00",
    test_text="#ffffff",
    test_stripe="#f0bc55",
    test_soft="#fff3d6",
    test_word="#6b4500",
    drill="#333c8a",
    drill_hover="#2a3274",
    drill_text="#ffffff",
    drill_stripe="#8d99f2",
    drill_soft="#e3e6fb",
    drill_word="#333c8a",
)

_GROUNDS = ("window", "panel", "raised", "field", "selected")

PAIRS: tuple[tuple[str, str], ...] = (
    *((text, ground) for text in ("text", "dim", "link") for ground in _GROUNDS),
    *((text, ground) for text in ("good", "warn", "bad") for ground in _GROUNDS),
    *(("text", ground) for ground in ("chip", "hover", "note_back", "caution_back")),
    *(("text", f"{mode}_soft") for mode in ("live", "test", "drill")),
    *(("dim", f"{mode}_soft") for mode in ("live", "test", "drill")),
    *((f"{mode}_word", f"{mode}_soft") for mode in ("live", "test", "drill")),
    *((f"{mode}_word", ground) for mode in ("live", "test", "drill") for ground in _GROUNDS),
    *((f"{mode}_text", mode) for mode in ("live", "test", "drill")),
    *((f"{mode}_text", f"{mode}_hover") for mode in ("live", "test", "drill")),
    ("dim", "chip"),
    ("dim", "note_back"),
    ("dim", "caution_back"),
    ("dim", "hover"),
    ("text", "warning_back"),
    ("dim", "warning_back"),
    ("accent_text", "accent"),
    ("accent_text", "accent_hover"),
    ("caution_text", "caution_back"),
    ("warning_text", "warning_back"),
    ("code_text", "code_back"),
    ("dim", "code_back"),
    ("link", "code_back"),
)

_NORMAL = Sizes(small=10, body=11, strong=12.5, title=16, action=20, mono=11)
_LARGE = Sizes(small=13.5, body=15.5, strong=17.5, title=22, action=30, mono=15.5)

DARK = Theme("dark", _DARK, _NORMAL)
LIGHT = Theme("light", _LIGHT, _NORMAL)
DARK_LARGE = replace(DARK, name="dark-large", sizes=_LARGE)
LIGHT_LARGE = replace(LIGHT, name="light-large", sizes=_LARGE)
THEMES = (DARK, LIGHT, DARK_LARGE, LIGHT_LARGE)


def by_name(name: str) -> Theme | None:
    """The look of that name, None when there is none."""
    return next((theme for theme in THEMES if theme.name == name), None)


def after(theme: Theme) -> Theme:
    """The look that follows when one goes through all of them."""
    return THEMES[(THEMES.index(theme) + 1) % len(THEMES)]


def by_hour(hour: int) -> Theme:
    """The look for an hour of the day: dark from 18:00 until 07:00."""
    evening, morning = 18, 7
    return LIGHT if morning <= hour < evening else DARK


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb` as WCAG 2 defines it, from 0 to 1."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    low, gamma = 0.04045, 2.4
    red, green, blue = (
        part / 12.92 if part <= low else ((part + 0.055) / 1.055) ** gamma for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast of two colours as WCAG 2 defines it, from 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)
