"""The colours: readable wherever they may stand, and chosen by the hour."""

from dataclasses import fields

import pytest

from runbook.ui.tokens import PAIRS, THEMES, Theme, Tokens, after, by_hour, by_name, contrast


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
@pytest.mark.parametrize(("text", "ground"), PAIRS, ids=lambda name: name)
def test_text_is_readable_on_its_ground(theme: Theme, text: str, ground: str) -> None:
    """Every text token has a contrast of at least 4.5 to 1 on each of its backgrounds."""
    tokens = theme.tokens
    assert contrast(getattr(tokens, text), getattr(tokens, ground)) >= 4.5


def test_every_text_token_is_held_to_a_ground() -> None:
    """A token that is text by its name cannot be added without naming its backgrounds."""
    paired = {text for text, _ground in PAIRS}
    words = {f.name for f in fields(Tokens) if f.name.endswith(("text", "_word"))}
    assert words <= paired


def test_contrast_of_black_and_white_is_21() -> None:
    """The measure agrees with the one published."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


def test_mode_grounds_differ_from_each_other() -> None:
    """No two modes share a colour in any look."""
    for theme in THEMES:
        assert len({theme.tokens.live, theme.tokens.test, theme.tokens.drill}) == 3


def test_going_through_all_looks_comes_back_to_the_first() -> None:
    """Cycling visits every look once."""
    seen = [THEMES[0]]
    while (theme := after(seen[-1])) is not THEMES[0]:
        seen.append(theme)
    assert tuple(seen) == THEMES


@pytest.mark.parametrize(
    ("hour", "name"), [(6, "dark"), (7, "light"), (17, "light"), (18, "dark"), (0, "dark")]
)
def test_evenings_and_nights_are_dark(hour: int, name: str) -> None:
    """Without a choice of one's own it is dark from 18:00 to 07:00."""
    assert by_hour(hour).name == name


def test_an_unknown_look_is_none() -> None:
    """A name that a later version wrote into the settings is no error."""
    assert by_name("sepia") is None
