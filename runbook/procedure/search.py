"""Finding a procedure by what is seen: prefixes of words, accents and case ignored.

Danish letters are found however they are typed: `Nørlund` by noerlund, norlund or nørlund.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_LONG = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ß": "ss", "ð": "d", "þ": "th"})
_SHORT = str.maketrans({"æ": "a", "ø": "o", "å": "a", "ß": "s", "ð": "d", "þ": "t"})
_LONGEST_QUERY = 200


@dataclass(frozen=True, slots=True)
class Field:
    """One kind of text of a procedure, what a find in it is worth, and its texts to show.

    `folded` are the texts as compared, a space before each word.
    """

    name: str
    weight: int
    shown: tuple[str, ...]
    folded: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """How well a procedure answers a query, and the text that answers best."""

    score: int
    field: str
    text: str


def fold_words(text: str) -> list[str]:
    """The words of a text as they are compared; a word with å, æ or ø in both its spellings."""
    words: list[str] = []
    for found in _WORD.finditer(unicodedata.normalize("NFC", text).casefold()):
        long = _bare(found[0].translate(_LONG))
        words.append(long)
        short = _bare(found[0].translate(_SHORT))
        if short != long:
            words.append(short)
    return words


def query_words(text: str) -> tuple[str, ...]:
    """The words asked for, each in one spelling."""
    folded = unicodedata.normalize("NFC", text[:_LONGEST_QUERY]).casefold().translate(_LONG)
    return tuple(dict.fromkeys(_bare(word) for word in _WORD.findall(folded)))


def make_field(name: str, weight: int, texts: Iterable[str]) -> Field:
    """Prepare texts for search."""
    shown = tuple(texts)
    folded = tuple(" " + " ".join(fold_words(text)) for text in shown)
    return Field(name, weight, shown, folded)


def match(fields: Sequence[Field], words: Sequence[str]) -> Match | None:
    """How the fields answer a query; None when one of its words begins no word anywhere."""
    score = 0
    for word in words:
        value = _worth(fields, f" {word}")
        if value == 0:
            return None
        score += value
    best = max(
        ((_hits(folded, words) * field.weight, -place, -n) for place, field in enumerate(fields)
         for n, folded in enumerate(field.folded)),
        default=(0, 0, 0),
    )  # fmt: skip
    field = fields[-best[1]]
    text = field.shown[-best[2]] if field.shown else ""
    together = best[0] * len(words) if best[0] >= field.weight * len(words) else best[0]
    return Match(score * 100 + together, field.name, text)


def _worth(fields: Sequence[Field], prefix: str) -> int:
    """The weight of the best field with a word that begins so; fields come best first."""
    for field in fields:
        if any(prefix in folded for folded in field.folded):
            return field.weight
    return 0


def _hits(folded: str, words: Sequence[str]) -> int:
    return sum(f" {word}" in folded for word in words)


def _bare(word: str) -> str:
    if word.isascii():
        return word
    split = unicodedata.normalize("NFKD", word)
    return "".join(sign for sign in split if not unicodedata.combining(sign))
