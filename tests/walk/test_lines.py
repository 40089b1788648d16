"""Every line is understood or refused, and nothing that is typed can do harm."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runbook.walk.lines import understand
from runbook.walk.wish import Ask, Here, Told
from tests.walk.talk import Talk

VERBS = "done fail retry alternative skip defer ack na choose read note take back correct"
VERBS += " type ask verify reject unverified"
VERBS += " withdraw pause resume abort finish complete cancel settle close status step journal"
VERBS += " clocks forecast disagree"
VERBS += " declare assume relief contacts called clock report-draft sent"
VERBS += " lane lanes"
PARTS = [
    "1.1",
    "1.2",
    "2",
    "panel",
    "0",
    "7",
    "runtime",
    "because",
    "at",
    "@18:05",
    '"',
    "å",
    "until",
]
TYPED = st.lists(st.sampled_from(PARTS), max_size=5)
LINES = st.one_of(
    st.text(max_size=60),
    st.builds(lambda verb, rest: " ".join([verb, *rest]), st.sampled_from(VERBS.split()), TYPED),
)


@given(st.lists(LINES, max_size=12))
def test_every_line_is_answered_by_saved_or_refused(lines: list[str]) -> None:
    """A line either records entries and says `saved`, or is refused, or only shows something."""
    talk = Talk()
    for line in lines:
        state, before = talk.rig.state, len(talk.rig.journal.kept)
        wish = understand(line, Here(state, talk.rig.journal.now()))
        first = talk.first(line)
        kept = talk.rig.journal.kept[before:]
        if kept:
            assert first.startswith(f"saved {kept[-1].seq} ")
        elif not isinstance(wish, Ask | Told | None):
            assert first.startswith("refused: ")


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("dne", "Did you mean done?"),
        ("choose", "number of an option"),
        ("choose ²", "number of an option"),
        ("choose 9", "is not a decision"),
        ("defer", "needs a step, place or time"),
        ("read", "This step asks for: runtime"),
        ("read pressure 3", "There is no reading “pressure”"),
        ("take 9.9", "There is no step “9.9”"),
        ("back", "There is no step"),
        ("correct x", "correct needs an entry"),
        ("withdraw", "withdraw needs an entry"),
        ("settle 1.1", "settle needs a step"),
        ("settle 1.1 Bo", "settle needs a step"),
        ("retry now", "retry takes no text"),
        ("done @25:61", "“@25:61” is no time of day"),
        ("read @12:70 runtime 9", "“@12:70” is no time of day"),
        ("note @-1:00 lit", "“@-1:00” is no time of day"),
        ("correct 4 @24:00 because misread", "“@24:00” is no time of day"),
        ("pause until 25:61 for the crew", "“25:61” is no time of day"),
        ("note " + "x" * 10_001, "longer than"),
    ],
)
def test_a_line_that_cannot_be_done_says_what_to_type(line: str, why: str) -> None:
    """A refusal names what is missing, and nothing is recorded."""
    talk = Talk()
    before = len(talk.rig.journal.kept)
    answer = talk.first(line)
    assert answer.startswith("refused: ")
    assert why in answer
    assert len(talk.rig.journal.kept) == before


def test_words_may_be_written_in_capitals() -> None:
    """A terminal with caps lock on is no obstacle."""
    assert Talk().first("NOTE all lit").startswith("saved ")
