"""The words that mean something in a procedure, in every language the format knows.

English always works; a file with `lang: da` may use the Danish words as well. To add a
language, add one table here: English word on the left, that language's words on the right.
"""

from __future__ import annotations

import re
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

ENGLISH: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        # First words that make the kind of a step
        "Decide": ("Decide", "Decision"),
        "Hold": ("Hold", "Hold point"),
        "Every": ("Every",),
        "Wait": ("Wait",),
        "Call": ("Call",),
        "Leave for": ("Leave for",),
        "Tell": ("Tell",),
        # Labelled sub-bullets of any step
        "Expect": ("Expect", "Expected"),
        "If not": ("If not",),
        "Record": ("Record",),
        "Within": ("Within",),
        "If missed": ("If missed",),
        "Type": ("Type",),
        "Say": ("Say",),
        "Pin": ("Pin",),
        "Defer to": ("Defer to",),
        "Evidence": ("Evidence",),
        "Needs": ("Needs",),
        "Brings up": ("Brings up",),
        "Stop when": ("Stop when",),
        "Repeat": ("Repeat",),
        "Why": ("Why",),
        "Read-back": ("Read-back", "Read back"),
        # Labelled sub-bullets of hold points and watches
        "Go when": ("Go when",),
        "No-go": ("No-go", "No go"),
        "Deputy after": ("Deputy after", "Deputy"),
        "Until": ("Until",),
        "When": ("When",),
        # What follows an option
        "go to": ("go to",),
        "call": ("call",),
        "leave for": ("leave for",),
        "treat as": ("treat as",),
        "stop here": ("stop here",),
        "go on": ("go on", "continue"),
        "cannot tell": ("cannot tell", "can't tell", "can not tell", "don't know", "unknown"),
        # Attributes in the last parenthesis
        "optional": ("optional",),
        "two-person": ("two-person", "two person"),
        "two-person separately": ("two-person separately", "two person separately"),
        "point of no return": ("point of no return",),
        "any order": ("any order",),
        "parallel": ("parallel",),
        "before": ("before",),
        "runs out": ("runs out",),
        "way back": ("way back",),
        "only on request": ("only on request",),
        # Readings
        "to": ("to", "–", "..."),
        "at least": ("at least",),
        "at most": ("at most",),
        "warn below": ("warn below",),
        "warn above": ("warn above",),
        "act below": ("act below",),
        "act above": ("act above",),
        "one of": ("one of",),
        "text": ("text",),
        "time": ("time",),
        "yes": ("yes",),
        "no": ("no",),
        "from": ("from",),
        "runs down": ("runs down",),
        "counts up": ("counts up",),
        # Conditions and deadlines
        "and": ("and",),
        "or": ("or",),
        "then": ("then",),
        "of": ("of", "after"),
        # Plain files
        "Step": ("Step", "Trin"),
        "Action": ("Action", "Task", "What to do", "Handling", "Opgave", "Aktion"),
    }
)

DANISH: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "Decide": ("Beslut",),
        "Hold": ("Holdepunkt",),
        "Every": ("Hver", "Hvert"),
        "Wait": ("Vent",),
        "Call": ("Kald",),
        "Leave for": ("Gå over til",),
        "Tell": ("Fortæl",),
        "Expect": ("Forventet",),
        "If not": ("Hvis ikke",),
        "Record": ("Notér", "Noter"),
        "Within": ("Inden", "Inden for"),
        "If missed": ("Hvis overskredet",),
        "Type": ("Skriv",),
        "Say": ("Sig",),
        "Pin": ("Fasthold",),
        "Defer to": ("Udskyd til",),
        "Evidence": ("Bevis",),
        "Needs": ("Kræver",),
        "Brings up": ("Giver",),
        "Stop when": ("Stop når",),
        "Repeat": ("Gentag",),
        "Why": ("Hvorfor",),
        "Read-back": ("Tilbagelæsning",),
        "Go when": ("Go når",),
        "Deputy after": ("Stedfortræder efter", "Stedfortræder"),
        "Until": ("Indtil",),
        "When": ("Når",),
        "go to": ("gå til",),
        "call": ("kald",),
        "leave for": ("gå over til",),
        "treat as": ("behandl som",),
        "stop here": ("stop her",),
        "go on": ("gå videre", "fortsæt"),
        "cannot tell": ("kan ikke afgøre", "kan ikke afgøres", "ved ikke", "ukendt"),
        "optional": ("valgfri", "valgfrit"),
        "two-person": ("to personer",),
        "two-person separately": ("to personer hver for sig",),
        "point of no return": ("uden tilbagevej",),
        "any order": ("vilkårlig rækkefølge", "fri rækkefølge", "i vilkårlig rækkefølge"),
        "parallel": ("parallelt", "samtidig"),
        "before": ("før",),
        "runs out": ("løber ud",),
        "way back": ("tilbagevej", "vejen tilbage"),
        "only on request": ("kun efter henvisning", "kun på anmodning"),
        "to": ("til",),
        "at least": ("mindst",),
        "at most": ("højst",),
        "warn below": ("advar under",),
        "warn above": ("advar over",),
        "act below": ("handl under",),
        "act above": ("handl over",),
        "one of": ("en af", "én af", "et af", "ét af"),
        "text": ("tekst",),
        "time": ("tid", "tidspunkt", "klokkeslæt"),
        "yes": ("ja",),
        "no": ("nej",),
        "from": ("fra",),
        "runs down": ("løber ned", "tæller ned"),
        "counts up": ("tæller op",),
        "and": ("og",),
        "or": ("eller",),
        "then": ("så",),
        "of": ("efter", "fra"),
    }
)

LANGUAGES: Mapping[str, Mapping[str, tuple[str, ...]]] = MappingProxyType({"da": DANISH})


class Words:
    """English and one more language's words, as patterns that ignore case and extra spaces."""

    def __init__(self, language: str) -> None:
        self._extra = LANGUAGES.get(language, MappingProxyType({}))
        self._compiled: dict[str, re.Pattern[str]] = {}

    def of(self, key: str) -> tuple[str, ...]:
        """Every way to write `key`, English first."""
        return ENGLISH[key] + self._extra.get(key, ())

    def pattern(self, *keys: str) -> str:
        """A regular expression for any of these words, longest first, without groups."""
        every = [word for key in keys for word in self.of(key)]
        return "(?:" + "|".join(_loose(every)) + ")"

    def compile(self, template: str) -> re.Pattern[str]:
        """Compile `template`, where `<<key>>` stands for the words of that key."""
        if template not in self._compiled:
            filled = re.sub(r"<<(.+?)>>", lambda m: self.pattern(*m[1].split("|")), template)
            self._compiled[template] = re.compile(filled, re.IGNORECASE | re.DOTALL)
        return self._compiled[template]

    def is_(self, key: str, text: str) -> bool:
        """Whether `text` is one of the words of `key` and nothing else."""
        folded = " ".join(text.casefold().split())
        return any(folded == word.casefold() for word in self.of(key))


@lru_cache(maxsize=8)
def words_for(lang: str) -> Words:
    """The words of a language tag such as `da` or `da-DK`."""
    return Words(re.split(r"[-_]", lang.casefold())[0])


def _loose(words: Iterable[str]) -> list[str]:
    ordered = sorted(words, key=len, reverse=True)
    return [re.escape(word).replace(r"\ ", r"\s+") for word in ordered]
