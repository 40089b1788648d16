"""What may be typed, and where it lies."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runbook.procedure.model import Record, RecordKind
from runbook.run.events import Outside
from runbook.run.readings import NotAValue, canonical, judge, limits_text

VOLTS = Record(
    "volts",
    "Volts",
    unit="V",
    low=Decimal(20),
    high=Decimal(30),
    warn_low=Decimal(22),
    warn_high=Decimal(28),
)


@pytest.mark.parametrize(
    ("typed", "value"),
    [("24", "24"), (" 24,5 ", "24.5"), ("24.50 V", "24.50"), ("−3", "-3"), ("1 200", "1200")],
)
def test_numbers_as_people_type_them(typed: str, value: str) -> None:
    """Comma or point, unit and spaces are understood; the digits are kept."""
    assert canonical(VOLTS, typed) == value


@pytest.mark.parametrize("typed", ["", "abc", "1.2.3", "1e9", "nan", "--2", "9" * 50])
def test_what_is_no_number_says_so(typed: str) -> None:
    """Nothing is guessed from text that is not a number."""
    assert isinstance(canonical(VOLTS, typed), NotAValue)


@pytest.mark.parametrize(
    ("value", "outside"),
    [
        ("19.999", Outside.LOW),
        ("20", Outside.WARN_LOW),
        ("22", Outside.NO),
        ("28", Outside.NO),
        ("28.1", Outside.WARN_HIGH),
        ("30", Outside.WARN_HIGH),
        ("30.01", Outside.HIGH),
    ],
)
def test_bounds_are_inside(value: str, outside: Outside) -> None:
    """A value on a bound is within it, to the last digit."""
    assert judge(VOLTS, value) is outside


def test_choices_by_word_or_number() -> None:
    """A choice is recorded in the words of the procedure."""
    record = Record("mode", "Mode", RecordKind.CHOICE, choices=("Auto", "Off"))
    assert canonical(record, "off") == canonical(record, "2") == "Off"
    assert isinstance(canonical(record, "3"), NotAValue)


@pytest.mark.parametrize(
    ("typed", "value"), [("1805", "18:05"), ("9.30", "09:30"), ("18:05:07", "18:05:07")]
)
def test_times(typed: str, value: str) -> None:
    """Times are understood with and without a colon."""
    assert canonical(Record("t", "Time", RecordKind.TIME), typed) == value


def test_yes_and_no_also_in_danish() -> None:
    """Yes and no are understood in both languages of the site."""
    record = Record("on", "On", RecordKind.YES_NO)
    assert (canonical(record, "Ja"), canonical(record, "n")) == ("yes", "no")


def test_limits_are_shown_with_their_unit() -> None:
    """The limits read as a person writes them."""
    assert limits_text(VOLTS) == "20 to 30 V"
    assert limits_text(Record("a", "A", unit="V", low=Decimal(22))) == "at least 22 V"


@given(
    st.decimals(
        allow_nan=False, allow_infinity=False, places=3, min_value=-(10**9), max_value=10**9
    )
)
def test_every_decimal_is_kept_exactly(number: Decimal) -> None:
    """No digit is lost between typing and judging."""
    assert Decimal(str(canonical(VOLTS, f"{number:f}"))) == number


@given(st.text())
def test_any_text_is_a_value_or_a_reason(text: str) -> None:
    """Whatever is typed gives a value or a sentence, never an error."""
    for kind in RecordKind:
        result = canonical(Record("x", "X", kind, choices=("a",)), text)
        assert isinstance(result, NotAValue) or result
