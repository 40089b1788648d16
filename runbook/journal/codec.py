"""An entry as the bytes that are hashed, and back again, for every version ever written.

The bytes are one JSON object in UTF-8 with sorted keys and no spaces, written once and kept
as they are. There are no binary fractions, whole numbers stay below 2^53, and keys are
ASCII: a map with other keys is written as a list of pairs. `mono` is a decimal text, for
nanoseconds pass 2^53 after 104 days. `step` and `attempt` stand beside the body.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, get_args, get_origin

import msgspec

from runbook.journal.events import JournalEvent
from runbook.run.entry import Actor, Assurance, Entry
from runbook.run.events import AnyEvent, Event, Mode, Unknown

FORMAT = 1
NO_HASH = bytes(32)
_PREFIX = b"DRJ1\0"
_LIMIT = 2**53
_LIFTED = ("step", "attempt")

_encode = msgspec.json.Encoder(order="sorted").encode
_decode = msgspec.json.Decoder().decode


def kind_of(event: Event) -> str:
    """The word an event is kept under."""
    return str(type(event).__struct_config__.tag)


KINDS: Mapping[str, type[Event]] = {
    str(cls.__struct_config__.tag): cls for cls in (*get_args(AnyEvent), *get_args(JournalEvent))
}
"""Every kind this program knows."""

_FIELDS = {cls: frozenset(cls.__struct_fields__) for cls in KINDS.values()}
_MAPS = {
    cls: tuple(f.name for f in msgspec.structs.fields(cls) if get_origin(f.type) is dict)
    for cls in KINDS.values()
}


@dataclass(frozen=True, slots=True)
class Sealed:
    """An entry as it lies on disk: the bytes, their hash and the device's signature of it."""

    raw: bytes
    hash: bytes
    sig: bytes


def hash_of(raw: bytes) -> bytes:
    """The hash by which an entry is known and chained."""
    return hashlib.sha256(_PREFIX + raw).digest()


def encode(entry: Entry, prev: bytes) -> bytes:
    """The bytes of an entry that follows the one whose hash is `prev`."""
    event = entry.event
    if type(event) not in _FIELDS:
        raise TypeError(f"{type(event).__name__} is no event to be recorded")
    body = _plain(msgspec.to_builtins(event))
    del body["kind"]
    lifted = {name: body.pop(name, "" if name == "step" else 0) for name in _LIFTED}
    record = {
        "v": FORMAT,
        "device": entry.device,
        "seq": entry.seq,
        "prev": prev.hex(),
        "lamport": entry.lamport,
        "wall": entry.wall,
        "mono": str(entry.mono),
        "boot": entry.boot,
        "run": entry.run,
        "mode": entry.mode.value,
        "operator": entry.actor.operator,
        "role": entry.actor.role,
        "assurance": entry.actor.assurance.value,
        "kind": kind_of(event),
        "body": body,
        "seen": {},
        **lifted,
    }
    return _to_bytes(record)


def _plain(value: Any) -> Any:
    """A value as the format allows it; raises on fractions and numbers that are too great."""
    match value:
        case str() | bool() | None:
            return value
        case int():
            if abs(value) >= _LIMIT:
                raise ValueError(f"{value} is too great for the journal")
            return value
        case list() | tuple():
            return [_plain(v) for v in value]
        case dict():
            if all(key.isascii() for key in value):
                return {key: _plain(v) for key, v in value.items()}
            return [[key, _plain(v)] for key, v in sorted(value.items())]
        case _:
            raise TypeError(f"the journal keeps no {type(value).__name__}")


def _to_bytes(record: dict[str, Any]) -> bytes:
    """Write the record; halves of characters, as a broken paste may hold, become U+FFFD."""
    try:
        return _encode(record)
    except UnicodeEncodeError:
        return _encode(_whole(record))


def _whole(value: Any) -> Any:
    """A value whose texts can be written as UTF-8."""
    match value:
        case str():
            return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        case list():
            return [_whole(v) for v in value]
        case dict():
            return {_whole(k): _whole(v) for k, v in value.items()}
        case _:
            return value


def parse(raw: bytes) -> dict[str, Any]:
    """The record in the bytes of an entry; ValueError when they hold none."""
    try:
        record = _decode(raw)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise ValueError(f"not an entry: {error}") from error
    match record:
        case {"seq": int()}:
            return dict(record)
        case _:
            raise ValueError("not an entry: no record with a number")


class _Record(msgspec.Struct, frozen=True):
    """The parts of an entry as they stand in its bytes."""

    device: str
    seq: int
    lamport: int
    wall: str
    mono: str
    boot: str
    run: str
    mode: Mode
    operator: str
    role: str
    assurance: Assurance
    kind: str
    body: msgspec.Raw
    step: str = ""
    attempt: int = 0


_decode_record = msgspec.json.Decoder(_Record).decode
_DECODERS = {
    cls: msgspec.json.Decoder(cls).decode
    for cls, fields in _FIELDS.items()
    if not fields.intersection(_LIFTED)
}


def decode(raw: bytes) -> Entry:
    """The entry in these bytes; what a newer program wrote comes out as Unknown.

    ValueError when the bytes hold no entry.
    """
    try:
        record = _decode_record(raw)
        mono = int(record.mono)
    except (msgspec.MsgspecError, ValueError) as error:
        raise ValueError(f"not an entry: {error}") from error
    return Entry(
        device=record.device,
        seq=record.seq,
        lamport=record.lamport,
        wall=record.wall,
        mono=mono,
        boot=record.boot,
        run=record.run,
        mode=record.mode,
        actor=Actor(operator=record.operator, role=record.role, assurance=record.assurance),
        event=_event_of(record),
    )


def _event_of(record: _Record) -> Event:
    """The event in a record, or Unknown when this program cannot read it."""
    cls = KINDS.get(record.kind)
    if cls is None:
        return _unknown(record)
    try:
        if cls in _DECODERS:
            return _DECODERS[cls](record.body)
        body = _decode(record.body)
        return msgspec.convert({**body, "step": record.step, "attempt": record.attempt}, cls)
    except msgspec.MsgspecError:
        return _with_pairs(record, cls)


def _with_pairs(record: _Record, cls: type[Event]) -> Event:
    """An event whose maps were written as pairs, or that a newer program worded anew."""
    body = _decode(record.body)
    for name in _MAPS[cls]:
        if isinstance(body.get(name), list):
            body[name] = dict(body[name])
    try:
        return msgspec.convert(body, cls)
    except msgspec.MsgspecError:
        return _unknown(record)


def _unknown(record: _Record) -> Unknown:
    """What was written, with the step it was written at."""
    lifted = {"step": record.step, "attempt": record.attempt}
    body = {**_decode(record.body), **{name: v for name, v in lifted.items() if v}}
    return Unknown(name=record.kind, raw=_encode(body).decode())


def utc_of(wall: str) -> str:
    """A wall time of an entry in UTC with milliseconds, as it stands in the index."""
    moment = datetime.fromisoformat(wall).astimezone(UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
