"""A file with `lang: da` may be Danish throughout: every word of the format has a Danish one."""

from __future__ import annotations

import pytest

from runbook.procedure.check import check
from runbook.procedure.durations import seconds, target
from runbook.procedure.labels import DANISH, ENGLISH, words_for
from runbook.procedure.model import Procedure
from runbook.procedure.parse import parse
from runbook.procedure.site import Site
from tests.content.shape import differences

THE_SAME_WORD = {"No-go"}
PLAIN_FILES = {"Step", "Action"}  # their Danish words count in every plain file

IN_ENGLISH = """\
---
runbook: 1
id: pump
lang: en
last_reviewed_on: 2026-10-01
review_in: 6 months
roles: {lead: Lead, fac: Facilities}
rto: [{service: water, target: 4 h, from: read, until: told}]
---
# Pump

## Look (any order) <!-- id: look -->

- [ ] Read the gauge (Facilities, ~2m, two-person) <!-- id: read -->
  - Expect: lit
  - If not: go to [Stop](#stop)
  - Record: rest = Time left, min, 0 to 240, from the gauge, runs down
  - Record: used = Used, kWh, at least 2, at most 4, from the meter, counts up
  - Record: warm = Air, °C, warn below 18, act below 12, warn above 27, act above 35
  - Record: state = Valve, one of open / shut, from the valve
  - Record: wet = Wet, yes / no, from the floor
  - Record: seen = Seen, time, from your watch
  - Record: code = Code, text, from the display
- [ ] Turn the valve (fac, two-person separately, optional) <!-- id: turn -->
  - Expect: it turns
  - If not: leave it
  - Within: 3 min of read
  - If missed: turn it now
  - Type: V-1
  - Evidence: a picture
  - Why: it leaks
  - Repeat: each valve
  - Stop when: all are shut
  - Needs: power
  - Brings up: water
  - Pin: it is shut
  - Defer to: [Stop](#stop)

## Decide (parallel) <!-- id: decide -->

### Lane (Facilities) <!-- id: lane -->

- [ ] Decide: is there water? <!-- id: water -->
  - Yes: go to [Stop](#stop)
  - Much: leave for [Fire](fire.md)
  - Some: call [Paper](paper.md)
  - None: stop here
  - Little: go on
  - Cannot tell: treat as None
- [ ] Every 2 min: look (any order) <!-- id: watch -->
  - Record: rest = Time left, min, 0 to 240, from the gauge, runs down
  - When: rest <= 14 and wet = yes or state = shut: go to [Stop](#stop)
  - When: it smells, then call somebody
  - Until: over
  - If missed: look
- [ ] Wait 15 min: dry (Facilities) <!-- id: wait -->
  - If missed: again

## Stop (before rest runs out) <!-- id: stop -->

- [ ] Hold: stop? (Lead, point of no return) <!-- id: hold -->
  - Go when: rest <= 14 or rest = 0
  - Go when: somebody says so
  - No-go: go to [Look](#look)
  - Deputy after 2m: Facilities
- [ ] Tell: the wards (Lead, read-back) <!-- id: told -->
  - Say: "We stop."
- [ ] Tell: the owner (Lead) <!-- id: owner -->
  - Say: "We stop."
  - Read-back

## Back (way back) <!-- id: back -->

- [ ] Call: [Paper](paper.md) (Lead) <!-- id: called -->

## Other (only on request, point of no return) <!-- id: other -->

- [ ] Leave for: [Fire](fire.md) (Lead) <!-- id: left -->
"""

IN_DANISH = """\
---
runbook: 1
id: pump
lang: da
last_reviewed_on: 2026-10-01
review_in: 6 måneder
roles: {lead: Leder, fac: Teknik}
rto: [{service: vand, target: 4 timer, from: read, until: told}]
---
# Pumpe

## Se efter (vilkårlig rækkefølge) <!-- id: look -->

- [ ] Aflæs måleren (Teknik, ~2 min, to personer) <!-- id: read -->
  - Forventet: lyser
  - Hvis ikke: gå til [Stop](#stop)
  - Notér: rest = Tid tilbage, min, 0 til 240, fra måleren, løber ned
  - Notér: used = Brugt, kWh, mindst 2, højst 4, fra måleren, tæller op
  - Notér: warm = Luft, °C, advar under 18, handl under 12, advar over 27, handl over 35
  - Notér: state = Ventil, en af åben / lukket, fra ventilen
  - Notér: wet = Vådt, ja / nej, fra gulvet
  - Notér: seen = Set, klokkeslæt, fra dit ur
  - Notér: code = Kode, tekst, fra displayet
- [ ] Drej ventilen (fac, to personer hver for sig, valgfri) <!-- id: turn -->
  - Forventet: den drejer
  - Hvis ikke: lad den være
  - Inden: 3 min efter read
  - Hvis overskredet: drej den nu
  - Skriv: V-1
  - Bevis: et billede
  - Hvorfor: den drypper
  - Gentag: hver ventil
  - Stop når: alle er lukket
  - Kræver: strøm
  - Giver: vand
  - Fasthold: den er lukket
  - Udskyd til: [Stop](#stop)

## Beslut (parallelt) <!-- id: decide -->

### Spor (Teknik) <!-- id: lane -->

- [ ] Beslut: er der vand? <!-- id: water -->
  - Ja: gå til [Stop](#stop)
  - Meget: gå over til [Brand](fire.md)
  - Noget: kald [Papir](paper.md)
  - Intet: stop her
  - Lidt: gå videre
  - Kan ikke afgøre: behandl som Intet
- [ ] Hvert 2. minut: se efter (vilkårlig rækkefølge) <!-- id: watch -->
  - Notér: rest = Tid tilbage, min, 0 til 240, fra måleren, tæller ned
  - Når: rest <= 14 og wet = ja eller state = lukket: gå til [Stop](#stop)
  - Når: der lugter, så ring til nogen
  - Indtil: forbi
  - Hvis overskredet: se efter
- [ ] Vent 15 min: tørt (Teknik) <!-- id: wait -->
  - Hvis overskredet: igen

## Stop (før rest løber ud) <!-- id: stop -->

- [ ] Holdepunkt: stop? (Leder, uden tilbagevej) <!-- id: hold -->
  - Go når: rest <= 14 eller rest = 0
  - Go når: nogen siger det
  - No-go: gå til [Se efter](#look)
  - Stedfortræder efter 2 min: Teknik
- [ ] Fortæl: afdelingerne (Leder, tilbagelæsning) <!-- id: told -->
  - Sig: "Vi stopper."
- [ ] Fortæl: ejeren (Leder) <!-- id: owner -->
  - Sig: "Vi stopper."
  - Tilbagelæsning

## Tilbage (tilbagevej) <!-- id: back -->

- [ ] Kald: [Papir](paper.md) (Leder) <!-- id: called -->

## Andet (kun efter henvisning, uden tilbagevej) <!-- id: other -->

- [ ] Gå over til: [Brand](fire.md) (Leder) <!-- id: left -->
"""


def english() -> Procedure:
    """A procedure with everything the format has."""
    return parse(IN_ENGLISH.encode(), "pump.md")


def danish() -> Procedure:
    """The same one in Danish."""
    return parse(IN_DANISH.encode(), "pumpe.md")


def test_every_word_of_the_format_is_there_in_danish() -> None:
    """An author who writes Danish never has to fall back on English."""
    assert set(ENGLISH) - THE_SAME_WORD - PLAIN_FILES == set(DANISH)


def test_a_danish_file_is_understood_as_its_english_one() -> None:
    """Labels, attributes, verbs, limits and conditions mean the same in both languages."""
    assert differences(english(), danish()) == []


def test_the_checker_finds_the_same_in_both_languages() -> None:
    """No rule hangs on the language: the same faults stand in the same lines."""
    found = [
        [(finding.line, finding.code) for finding in check(file, site=Site())]
        for file in (english(), danish())
    ]
    assert found[0] == found[1]


def test_a_danish_deadline_may_be_written_in_two_ways() -> None:
    """`Inden` and `Inden for` are both good Danish."""
    text = IN_DANISH.replace("Inden: 3 min efter read", "Inden for: 3 min fra read")
    within = parse(text.encode(), "pumpe.md").by_id["turn"].within
    assert within is not None
    assert (within.seconds, within.of) == (180, "read")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Tryk på knappen.", ["action-in-alert"]),
        ("Åbn ikke døren.", []),
        ("Sluk aldrig begge.", []),
        ("Stop er rødt.", []),
    ],
)
def test_a_danish_warning_says_no_behind_its_verb(words: str, found: list[str]) -> None:
    """`Tryk på knappen` is a step that hides; `Åbn ikke døren` warns."""
    text = IN_DANISH.replace("# Pumpe\n", f"# Pumpe\n\n> [!WARNING]\n> {words}\n")
    codes = [finding.code for finding in check(parse(text.encode(), "pumpe.md"))]
    assert [code for code in codes if code == "action-in-alert"] == found


@pytest.mark.parametrize("label", ["Kan ikke afgøre", "Kan ikke afgøres", "Ved ikke"])
def test_not_knowing_has_a_label_in_danish(label: str) -> None:
    """The checker takes each of them for the option that every decision needs."""
    assert words_for("da").is_("cannot tell", label)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("2. minut", 120), ("30 sekunder", 30), ("1 time 30 min", 5400), ("4 t", 14400)],
)
def test_danish_durations(text: str, expected: int) -> None:
    """Lengths as a Dane writes them, in seconds; `Hvert 2. minut` too."""
    assert seconds(text) == expected


def test_a_danish_target() -> None:
    """A span of time may be written with Danish words."""
    assert target("~10-15 minutter") == (600, 900)
