"""The parts of a step that say more than words: readings, conditions, options, times, frozen."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal


class RecordKind(StrEnum):
    """What may be typed as a reading."""

    NUMBER = "number"
    CHOICE = "choice"
    TEXT = "text"
    TIME = "time"
    YES_NO = "yes-no"


class Trend(StrEnum):
    """How a reading moves by itself; one that runs down becomes a resource clock."""

    RUNS_DOWN = "runs down"
    COUNTS_UP = "counts up"


@dataclass(frozen=True, slots=True)
class Record:
    """A reading to be taken: name, unit, limits and where it is read.

    `low` and `high` bound what is acceptable; `warn_low` and `warn_high` lie inside them.
    Bounds are inclusive: a value equal to a bound is within it. `limits` are the words as
    written; a bound written as `{{value}}` is None until `records.with_values` fills it in.
    """

    name: str
    label: str
    kind: RecordKind = RecordKind.NUMBER
    unit: str = ""
    low: Decimal | None = None
    high: Decimal | None = None
    warn_low: Decimal | None = None
    warn_high: Decimal | None = None
    choices: tuple[str, ...] = ()
    source: str = ""
    trend: Trend | None = None
    limits: str = ""
    line: int = 0
    column: int = 0


class Comparator(StrEnum):
    """The comparisons a condition may use."""

    LE = "<="
    LT = "<"
    GE = ">="
    GT = ">"
    EQ = "="
    NE = "!="


@dataclass(frozen=True, slots=True)
class Comparison:
    """`name <= value`; the value is kept as written, it may be a `{{value}}` or a word."""

    name: str
    comparator: Comparator
    value: str


@dataclass(frozen=True, slots=True)
class Condition:
    """Alternatives joined by `or`, each of comparisons joined by `and`; never code."""

    text: str
    any_of: tuple[tuple[Comparison, ...], ...]


@dataclass(frozen=True, slots=True)
class Option:
    """One way out of a decision. At most one of go, call, leave, same_as, stop is set.

    `go` is `#id` in this file, `call` and `leave` are other files, `same_as` is another
    option's label. None of them means: go on with the next step.
    """

    label: str
    text: str = ""
    go: str | None = None
    call: str | None = None
    leave: str | None = None
    same_as: str | None = None
    stop: bool = False
    line: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class IfNot:
    """What to do when the expected result is not seen; `go` is `#id` or a file, or None."""

    text: str
    go: str | None = None


@dataclass(frozen=True, slots=True)
class Within:
    """A deadline: so many seconds from a step, a reading or another named moment."""

    text: str
    seconds: int | None
    of: str
    if_missed: str = ""


@dataclass(frozen=True, slots=True)
class When:
    """A trigger of a watch: the condition (None when it is only words) and what follows."""

    text: str
    condition: Condition | None
    then: str
    go: str | None = None
    line: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class Label:
    """A labelled sub-bullet by its English word (`If not`), and where its words stand."""

    key: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Hold:
    """What a hold point needs for a go, and who decides when the decider does not answer."""

    go_when: tuple[str, ...] = ()
    no_go: str = ""
    no_go_go: str | None = None
    deputy_after_s: int | None = None
    deputy: str = ""
