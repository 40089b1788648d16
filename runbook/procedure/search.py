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
    """One kind of text of a procedure and what a find in it is worth.

    `folded` are the texts as compared, a space before each word, and `joined` all of them;
    `shown` are the texts as written, empty where a find is not worth showing.
    """

    name: str
    weight: int
    joined: str
    shown: tuple[str, ...] = ()
    folded: tuple[str, ...] = ()


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
    return Field(name, weight, "\n".join(folded), shown, folded)


def match(fields: Sequence[Field], words: Sequence[str]) -> Match | None:
    """How the fields, best first, answer a query; None when one of its words is nowhere."""
    score, top = 0, None
    for word in words:
        field = next((field for field in fields if f" {word}" in field.joined), None)
        if field is None:
            return None
        score += field.weight
        top = field if top is None or field.weight > top.weight else top
    if top is None:
        return None
    hits, text = _best_text(top, words)
    together = top.weight * hits if hits == len(words) else 0
    return Match(score * 2 + together, top.name, text)


def _best_text(field: Field, words: Sequence[str]) -> tuple[int, str]:
    """The text of a field that holds most of the words; the first of equals."""
    best, text = 0, ""
    for shown, folded in zip(field.shown, field.folded, strict=True):
        hits = sum(f" {word}" in folded for word in words)
        if hits > best:
            best, text = hits, shown
    return best, text


def _bare(word: str) -> str:
    if word.isascii():
        return word
    split = unicodedata.normalize("NFKD", word)
    return "".join(sign for sign in split if not unicodedata.combining(sign))
