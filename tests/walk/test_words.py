"""What is typed is cut into its parts as an operator means it."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from runbook.walk.words import (
    before_because,
    before_last_because,
    clock_after,
    clock_before,
    decoded,
    first_word,
    performed_at,
)

NOW = datetime(2026, 11, 21, 18, 30, tzinfo=UTC)


@given(st.binary(max_size=200))
def test_any_bytes_become_text_without_control_characters(line: bytes) -> None:
    """Whatever bytes arrive, the text can be shown and kept."""
    text = decoded(line)
    assert text.encode("utf-8").decode("utf-8") == text
    assert not any(ord(sign) < 32 or 127 <= ord(sign) < 160 for sign in text)


def test_a_line_that_is_not_utf8_is_read_as_windows_1252() -> None:
    """Danish letters from an old terminal arrive as the letters they are."""
    assert decoded("nød på".encode("cp1252")) == "nød på"


def test_windows_line_ends_and_tabs_are_taken_off() -> None:
    """A script written on Windows works as one written here."""
    assert decoded(b"note\thello\r\n") == "note hello"


def test_a_first_word_may_be_quoted() -> None:
    """A place of several words is one target."""
    assert first_word('"site B, tomorrow" no key') == ("site B, tomorrow", "no key")
    assert first_word('"open quote') == ('"open', "quote")


def test_reasons_stand_behind_because() -> None:
    """The first `because` begins the reason, for a correction the last one."""
    assert before_because("5 because it is because") == ("5", "it is because")
    assert before_last_because("off because hot because typo") == ("off because hot", "typo")
    assert before_because("because wrong") == ("", "wrong")
    assert before_because("no reason") == ("no reason", "")


def test_a_time_behind_an_at_sign_is_when_it_was_done() -> None:
    """A time later than now was yesterday's."""
    assert performed_at("@18:05 valve stuck", NOW) == ("2026-11-21T18:05:00+00:00", "valve stuck")
    assert performed_at("@19:00", NOW) == ("2026-11-20T19:00:00+00:00", "")
    assert performed_at("@25:00 x", NOW) == ("", "@25:00 x")


def test_a_time_to_resume_by_lies_ahead() -> None:
    """A time earlier than now is tomorrow's."""
    assert clock_after("18:31", NOW) == "2026-11-21T18:31:00+00:00"
    assert clock_after("18:30", NOW) == "2026-11-22T18:30:00+00:00"
    assert clock_before("nonsense", NOW) == ""
