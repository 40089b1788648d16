"""Entries survive the way to disk and back, in bytes that any JSON writer makes alike."""

from __future__ import annotations

import json
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runbook.journal.codec import KINDS, NO_HASH, decode, encode, hash_of, parse, utc_of
from runbook.journal.events import JournalEvent
from runbook.run.entry import Actor, Assurance, Entry
from runbook.run.events import (
    AnyEvent,
    Event,
    ItemDecision,
    Mode,
    NoteAdded,
    ReadingTaken,
    RunCompleted,
    RunPrepared,
    Unknown,
)

EVENTS: tuple[type[Event], ...] = (*get_args(AnyEvent), *get_args(JournalEvent))
WHOLE = st.integers(min_value=-(2**53) + 1, max_value=2**53 - 1)


def values_of(hint: Any) -> st.SearchStrategy[Any]:
    """Any value a field of this type may have."""
    if hint is int:
        return WHOLE
    if hint == dict[str, str]:
        return st.dictionaries(st.text(max_size=8), st.text(max_size=8), max_size=3)
    if hint == tuple[ItemDecision, ...]:
        return st.lists(records_of(ItemDecision), max_size=2).map(tuple)
    return st.from_type(hint)


def records_of(cls: type[Any]) -> st.SearchStrategy[Any]:
    """Any instance of a class, every field given."""
    hints = get_type_hints(cls)
    return st.builds(cls, **{name: values_of(hints[name]) for name in cls.__struct_fields__})


def entries_of(events: st.SearchStrategy[Event]) -> st.SearchStrategy[Entry]:
    """Any entry of these events."""
    return st.builds(
        Entry,
        device=st.text("0123456789abcdef", min_size=32, max_size=32),
        seq=st.integers(1, 2**53 - 1),
        lamport=st.integers(1, 2**53 - 1),
        wall=st.just("2026-11-22T18:00:00.000+01:00"),
        mono=st.integers(0, 2**63),
        boot=st.text(),
        run=st.text(),
        mode=st.sampled_from(Mode),
        actor=st.builds(
            Actor, operator=st.text(), role=st.text(), assurance=st.sampled_from(Assurance)
        ),
        event=events,
    )


ENTRIES = entries_of(st.one_of([records_of(cls) for cls in EVENTS]))


def an_entry(event: Event) -> Entry:
    """An entry with plain values."""
    return Entry(
        device="0" * 32,
        seq=1,
        lamport=1,
        wall="2026-11-22T18:00:00.000+01:00",
        mono=2**60,
        boot="b",
        run="L-1",
        mode=Mode.LIVE,
        actor=Actor(operator="AL"),
        event=event,
    )


@pytest.mark.parametrize("cls", EVENTS, ids=lambda cls: cls.__name__)
def test_every_event_survives_the_way_to_disk_and_back(cls: type[Event]) -> None:
    """decode(encode(e)) == e for every class of event there is."""

    @given(entries_of(records_of(cls)))
    def survives(entry: Entry) -> None:
        assert decode(encode(entry, NO_HASH)) == entry

    survives()


@given(ENTRIES)
def test_the_bytes_are_those_of_a_plain_json_writer(entry: Entry) -> None:
    """Sorted keys, no spaces, UTF-8: the standard library writes the same bytes again."""
    raw = encode(entry, NO_HASH)
    again = json.dumps(json.loads(raw), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert again.encode() == raw


@given(ENTRIES)
def test_keys_are_ascii_and_numbers_are_whole_and_small(entry: Entry) -> None:
    """No key beyond ASCII, no fraction, no number from 2^53 on."""

    def look(value: Any) -> None:
        assert not isinstance(value, float)
        match value:
            case bool():
                pass
            case int():
                assert abs(value) < 2**53
            case list():
                for item in value:
                    look(item)
            case dict():
                assert all(key.isascii() for key in value)
                for item in value.values():
                    look(item)

    look(json.loads(encode(entry, NO_HASH)))


@given(ENTRIES)
def test_a_line_never_holds_a_tab_or_a_line_end(entry: Entry) -> None:
    """The bytes fit on one line of the text copy."""
    raw = encode(entry, NO_HASH)
    assert b"\t" not in raw
    assert b"\n" not in raw


def test_a_number_too_great_is_refused() -> None:
    """A number that other programs would round is never written."""
    event = RunCompleted(items=())
    entry = an_entry(NoteAdded(text="x", attempt=2**53))
    assert encode(an_entry(event), NO_HASH)
    with pytest.raises(ValueError, match="too great"):
        encode(entry, NO_HASH)


def test_half_a_character_does_not_stop_a_note() -> None:
    """A broken paste is recorded with a replacement sign instead of the broken half."""
    entry = decode(encode(an_entry(NoteAdded(text="a\ud800b")), NO_HASH))
    assert entry.event == NoteAdded(text="a\ufffdb")


def test_a_kind_of_a_newer_program_is_kept_raw() -> None:
    """An unknown kind reads as Unknown with its body, step and attempt."""
    raw = encode(an_entry(NoteAdded(text="x", step="open")), NO_HASH)
    newer = raw.replace(b'"note_added"', b'"beacon_lit"')
    event = decode(newer).event
    assert isinstance(event, Unknown)
    assert event.name == "beacon_lit"
    assert json.loads(event.raw)["step"] == "open"


def test_a_value_of_a_newer_program_in_a_known_kind_is_kept_raw() -> None:
    """A known kind with a word this program has not learnt reads as Unknown."""
    raw = encode(an_entry(NoteAdded(text="x")), NO_HASH).replace(b'"note"', b'"sketch"')
    event = decode(raw).event
    assert isinstance(event, Unknown)
    assert event.name == "note_added"


def test_a_field_of_a_newer_program_stops_nothing() -> None:
    """A field that this program does not know is passed over."""
    raw = encode(an_entry(NoteAdded(text="x")), NO_HASH).replace(b'"text":', b'"tone":1,"text":')
    assert decode(raw).event == NoteAdded(text="x")


def test_an_unknown_event_is_never_written() -> None:
    """What this program cannot read it does not make either."""
    with pytest.raises(TypeError):
        encode(an_entry(Unknown(name="x", raw="{}")), NO_HASH)


def test_each_event_has_a_kind_of_its_own() -> None:
    """No two classes share a word."""
    assert len(KINDS) == len(EVENTS)
    assert {"run_prepared", "journal_opened"} <= KINDS.keys()


def test_a_reading_keeps_its_digits() -> None:
    """A decimal stays the text it was typed as."""
    reading = ReadingTaken(step="s", name="u", label="U", typed="27,50", value="27.50")
    assert decode(encode(an_entry(reading), NO_HASH)).event == reading


def test_a_map_with_danish_keys_comes_back() -> None:
    """Keys beyond ASCII are kept as pairs and read as the same map."""
    event = RunPrepared(
        procedure="p",
        title="t",
        revision="1",
        sha256="",
        file="f",
        owner="o",
        values={"nød": "1", "æ": "2"},
    )
    assert decode(encode(an_entry(event), NO_HASH)).event == event


@pytest.mark.parametrize("raw", [b"", b"{}", b"[1]", b'{"seq":"x"}', b"\xff", b'{"seq":1}'])
def test_bytes_that_are_no_entry_are_a_plain_error(raw: bytes) -> None:
    """Damage is a ValueError, whatever the bytes."""
    with pytest.raises(ValueError, match="not an entry"):
        decode(raw)


@given(st.binary(max_size=80))
def test_no_bytes_crash_the_reader(raw: bytes) -> None:
    """Anything but a record is refused by parse."""
    try:
        assert isinstance(parse(raw)["seq"], int)
    except ValueError:
        assert hash_of(raw)


def test_the_index_holds_utc() -> None:
    """A wall time with an offset is indexed in UTC to the millisecond."""
    assert utc_of("2026-11-22T18:00:00.250+01:00") == "2026-11-22T17:00:00.250Z"
