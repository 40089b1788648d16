"""The words the rules know, in every language: what acts, what destroys, what says nothing.

English always counts; a file in another language is held to its words as well. To add a
language, add one `Vocabulary` here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_LONGEST = 5000


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of one language, separated by blanks, those of several words by commas.

    `acts` begin an action; `states` behind such a word make it none ("Open is …"). `destroys`
    destroy whatever follows; `stops` do so to `stores` only. `links` stand between two
    actions, `ends` behind the thing acted on, and `not_done` behind a word that is no verb.
    `nothing` can be said without looking, and `filler` does not make it more.
    """

    acts: str
    states: str
    destroys: str
    stops: str
    stores: str
    links: str
    ends: str
    not_done: str
    nothing: str
    filler: str


ENGLISH = Vocabulary(
    acts="""
    call check close confirm connect cut disconnect ensure fetch go isolate log open press
    print pull push put read remove replace report reset restart run send set shut start stop
    switch take tell test transfer turn type unplug use verify wait write
    """,
    states="is are was were may can will must up",
    destroys="""
    delete, destroy, drop, erase, format, overwrite, power off, promote, purge, re-image,
    reformat, reimage, reinstall, shred, truncate, wipe
    """,
    stops="cut, disconnect, power down, remove, reset, shut down, stop, switch off, turn off",
    stores="""
    array, arrays, backup, backups, disk, disks, partition, partitions, power, replica,
    replicas, SAN, snapshot, snapshots, storage, volume, volumes
    """,
    links="and then or",
    ends="""
    after and array arrays at before by cluster controller controllers for from if in now of
    on or system systems then to unit units until when with
    """,
    not_done="of is are was were in",
    nothing="""
    ok okay acceptable checked check complete completed confirmed correct done fine finished
    good normal passed ready right set success successful successfully verified well works
    working yes
    """,
    filler="""
    a all an and are as be been everybody everything expected has have in is it looks now of
    order should step that the there things this to was were
    """,
)

DANISH = Vocabulary(
    acts="""
    aflæs afbryd bekræft brug drej fjern flyt forlad fortæl gå hent indkobl kobl kontroller
    kontrollér luk læs mål notér ring send sig skriv sluk start stop sæt tag tjek tryk træk
    tænd udkobl vent åbn
    """,
    states="er bliver kan skal vil må ikke aldrig",
    destroys="""
    destruer, destruér, forfrem, formater, formatér, geninstaller, geninstallér, makuler,
    makulér, overskriv, promover, promovér, slet, tilintetgør
    """,
    stops="afbryd, drop, fjern, luk ned, nulstil, sluk, stop, tag strømmen af, tøm",
    stores="""
    backuppen, backup, disken, diskene, disk, diske, kopien, lageret, lager, lagersystemet,
    partitionen, replikaen, SAN, snapshottet, storage, strømmen
    """,
    links="og så eller",
    ends="af efter eller fra for før hos hvis i når og om på systemet til ved",
    not_done="af er i ikke var",
    nothing="""
    ok okay bekræftet fint fuldført færdig færdigt gjort godt i orden ja klar klart kontrolleret
    korrekt lykkedes normal normalt rigtigt sat tjekket udført virker
    """,
    filler="alle alt at blevet de den der det er forventet har i nu og ser som trin ud var være",
)

LANGUAGES: Mapping[str, Vocabulary] = MappingProxyType({"en": ENGLISH, "da": DANISH})


class Known:
    """The words of English and one more language, ready to be looked for."""

    def __init__(self, language: str) -> None:
        found = tuple(dict.fromkeys((ENGLISH, LANGUAGES.get(language, ENGLISH))))
        self._acts = frozenset(word for v in found for word in v.acts.split())
        self._states = frozenset(word for v in found for word in v.states.split())
        self._empty = frozenset(w for v in found for w in f"{v.nothing} {v.filler}".split())
        self._destroys = _destroys(found)

    def act_in(self, text: str) -> str | None:
        """The first word of a sentence that tells the reader to act; "Do not …" does not."""
        for found in _SENTENCE.finditer(text[:_LONGEST]):
            second = (found["second"] or "").strip().casefold()
            if found["first"].casefold() in self._acts and second not in self._states:
                return found["first"]
        return None

    def destruction_in(self, text: str) -> str | None:
        """The words by which an action destroys something, when it does."""
        found = self._destroys.search(text[:_LONGEST])
        return found["act"] if found is not None else None

    def says_nothing(self, text: str) -> bool:
        """Whether a result can be said without looking: "OK", "all is set", "checked"."""
        if any(sign.isdigit() for sign in text):
            return False
        words = _WORD.findall(text[:_LONGEST].casefold())
        return bool(words) and self._empty.issuperset(words)


_SENTENCE = re.compile(r"(?:^|[.!?:;]\s+|\n)\W*(?P<first>[^\W\d_]+)(?P<second>\s+\S+)?")
_WORD = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=8)
def known_words(lang: str) -> Known:
    """The words of a language tag such as `da` or `da-DK`, and English."""
    return Known(re.split(r"[-_]", lang.casefold())[0])


def _destroys(languages: tuple[Vocabulary, ...]) -> re.Pattern[str]:
    """Matches an imperative that destroys: at the start, or where another action begins."""
    links = _any([word for v in languages for word in v.links.split()])
    ends = _any([word for v in languages for word in v.ends.split()])
    not_done = _any([word for v in languages for word in v.not_done.split()])
    destroys = _any([word for v in languages for word in v.destroys.split(",")])
    stops = _any([word for v in languages for word in v.stops.split(",")])
    stores = _any([word for v in languages for word in v.stores.split(",")])
    begins = rf"(?:^|[,;:.]\s+|(?<!\w){links}\s+)(?:\w+ly\s+)?"
    between = rf"(?:\s+(?!{ends}\b)[\w{{}}.'-]+){{0,4}}?"
    stopped = rf"{stops}{between}\s+{stores}(?=\s*(?:$|[,;:.(]|{ends}\b))"
    act = rf"(?:{destroys}(?!\s+{not_done}\b)|{stopped})"
    return re.compile(rf"{begins}(?P<act>{act})(?!\w)", re.IGNORECASE)


def _any(words: list[str]) -> str:
    """A pattern for any of these words, the longest first."""
    ordered = sorted((" ".join(word.split()) for word in words), key=len, reverse=True)
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered) + ")"
