"""Readings, their limits, conditions on them, and lengths of time."""

from __future__ import annotations

from decimal import Decimal

import pytest

from runbook.procedure.conditions import parse_condition, split_condition
from runbook.procedure.durations import seconds, target
from runbook.procedure.labels import words_for
from runbook.procedure.model import Comparator, Comparison, Record, RecordKind, Trend
from runbook.procedure.records import parse_record, with_values


@pytest.mark.parametrize(
    ("text", "any_of"),
    [
        ("a <= 14", ((Comparison("a", Comparator.LE, "14"),),)),
        ("a ≥ -2.5 °C", ((Comparison("a", Comparator.GE, "-2.5"),),)),
        ('a != "on mains"', ((Comparison("a", Comparator.NE, "on mains"),),)),
        (
            "a < 1 and b > 2 or c = x",
            (
                (Comparison("a", Comparator.LT, "1"), Comparison("b", Comparator.GT, "2")),
                (Comparison("c", Comparator.EQ, "x"),),
            ),
        ),
    ],
)
def test_conditions(text: str, any_of: tuple[tuple[Comparison, ...], ...]) -> None:
    """Comparisons joined by and and or, and binds closer."""
    condition = parse_condition(text, words_for("en"))
    assert condition is not None
    assert condition.any_of == any_of


@pytest.mark.parametrize("text", ["", "a", "a <=", "a <= 1 +", "__import__('os')", "a <= f(1)"])
def test_nothing_else_is_a_condition(text: str) -> None:
    """Words, halves and code are none."""
    assert parse_condition(text, words_for("en")) is None


def test_what_follows_a_condition_is_left_over() -> None:
    """The rest of the text is given back."""
    condition, rest = split_condition("a <= 14 min: stop", words_for("en"))
    assert condition is not None
    assert (condition.text, rest) == ("a <= 14 min", ": stop")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2 min", 120), ("3m", 180), ("1h30m", 5400), ("1 h 30 min", 5400), ("0.5 h", 1800),
        ("hour", 3600), ("2 timer", 7200), ("30 s", 30), ("soon", None), ("", None),
        ("5 apples", None),
    ],
)  # fmt: skip
def test_durations(text: str, expected: int | None) -> None:
    """Lengths as people write them, in seconds."""
    assert seconds(text) == expected


def test_targets() -> None:
    """One time or a span; a span that runs backwards is none."""
    assert target("~10-15m") == (600, 900)
    assert target("~2m") == (120, 120)
    assert target("~15-10m") is None


def record(text: str, lang: str = "en") -> Record:
    """Read a record that has nothing strange in it."""
    found, strange = parse_record(text, words_for(lang), 1, 1)
    assert strange == ()
    return found


def test_a_record_with_limits() -> None:
    """Unit, both bounds, source and trend."""
    found = record("x = UPS runtime, min, 0 to 240, from the worse panel, left, runs down")
    assert (found.name, found.label, found.unit) == ("x", "UPS runtime", "min")
    assert (found.low, found.high) == (Decimal(0), Decimal(240))
    assert (found.source, found.trend) == ("the worse panel, left", Trend.RUNS_DOWN)


@pytest.mark.parametrize(
    ("limits", "bounds"),
    [
        ("at least 22", (22, None, None, None)),
        ("at most 35.5", (None, Decimal("35.5"), None, None)),
        ("-5 to 5", (-5, 5, None, None)),
        ("2,5 to 6,0", (Decimal("2.5"), 6, None, None)),
        ("warn below 23, act below 22", (22, None, 23, None)),
        ("warn above 30, act above 35", (None, 35, None, 30)),
    ],
)
def test_limits(limits: str, bounds: tuple[object, ...]) -> None:
    """Every way to write limits."""
    found = record(f"x = X, V, {limits}")
    assert (found.low, found.high, found.warn_low, found.warn_high) == bounds


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("x = X, one of a / b / c", RecordKind.CHOICE),
        ("x = X, text", RecordKind.TEXT),
        ("x = X", RecordKind.TEXT),
        ("x = X, time", RecordKind.TIME),
        ("x = X, yes / no", RecordKind.YES_NO),
        ("x = X, kW", RecordKind.NUMBER),
        ("x = X, at least 3", RecordKind.NUMBER),
    ],
)
def test_kinds_of_readings(text: str, kind: RecordKind) -> None:
    """What may be typed follows from what is written."""
    assert record(text).kind is kind


def test_choices_are_kept_in_order() -> None:
    """The choices of a reading are its buttons."""
    assert record("x = X, one of on / off / unknown").choices == ("on", "off", "unknown")


def test_limits_from_site_values() -> None:
    """A limit that is a site's value is unknown until the site fills it in."""
    found = record("x = X, V, {{gen.batt_min}} to 30")
    assert (found.low, found.high) == (None, Decimal(30))
    filled = with_values(found, {"gen.batt_min": "24 V"}, words_for("en"))
    assert (filled.low, filled.high) == (Decimal(24), Decimal(30))


def test_danish_words() -> None:
    """Danish limits, sources and kinds."""
    found = record("x = Tid, min, 0 til 240, fra panelet, løber ned", "da")
    assert (found.high, found.source, found.trend) == (Decimal(240), "panelet", Trend.RUNS_DOWN)
