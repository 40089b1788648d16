"""Kinds by first words, decisions, holds, watches, in English and Danish."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from runbook.procedure.model import (
    Comparator,
    Comparison,
    Hold,
    Link,
    Option,
    Procedure,
    Step,
    StepKind,
)

Parse = Callable[[str], Procedure]
First = Callable[[str], Step]
Codes = Callable[[Procedure], dict[str, tuple[int, int]]]


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Check the panel: is it lit?", StepKind.ACTION),
        ("Decide: is it lit?", StepKind.DECISION),
        ("**Hold:** stop the tiers?", StepKind.HOLD),
        ("Every 2 min: read the panel", StepKind.WATCH),
        ("Wait 15 min: stable mains", StepKind.WAIT),
        ("Wait for the mains: it takes long", StepKind.ACTION),
        ("Call: [Paper](paper.md)", StepKind.CALL),
        ("Leave for: [Fire](fire.md)", StepKind.LEAVE),
        ("Tell: the wards", StepKind.TALK),
    ],
)
def test_first_words_make_the_kind(step: First, words: str, kind: StepKind) -> None:
    """A label and a colon; anything else is an action."""
    assert step(f"- [ ] {words}\n").kind is kind


def test_times_and_links_of_kinds(step: First) -> None:
    """Watches and waits carry seconds, calls and leaves their link."""
    assert step("- [ ] Every 2 min: x\n").every_s == 120
    assert step("- [ ] Wait 1 h 30 min: x\n").wait_s == 5400
    assert step("- [ ] Wait {{stable}} min: x\n").kind is StepKind.WAIT
    assert step("- [ ] Call: [Paper](paper.md#a) now\n").link == Link("Paper", "paper.md#a")


def test_a_call_without_a_link_is_an_error(strict: Parse, codes: Codes) -> None:
    """It stays an action, because there is nowhere to go."""
    procedure = strict("- [ ] Call: the vendor\n")
    assert procedure.steps[0].kind is StepKind.ACTION
    assert codes(procedure) == {"call-without-link": (7, 1)}


def test_a_decision_has_options(strict: Parse) -> None:
    """Every way out is read, and steps under an option belong to it alone."""
    text = (
        "- [ ] Decide: does it carry the load?\n"
        "  - Yes: go to [Fuel](#fuel)\n"
        "  - **No, at 12:30:** call [Vendor](vendor.md)\n"
        "    - [ ] ring the vendor\n"
        "  - Smoke: leave for [Fire](fire.md) at once\n"
        "  - Cannot tell: treat as yes, and look again\n"
        "  - Over: stop here\n"
        "  - Low → go to [Fuel](#fuel)\n"
        "  - Go on\n"
        "  - Expect: one of these\n"
        "- [ ] fuel\n"
    )
    decision, ring, _ = strict(text).steps
    assert decision.options == (
        Option("Yes", "go to Fuel", go="#fuel", line=8, column=3),
        Option("No, at 12:30", "call Vendor", call="vendor.md", line=9, column=3),
        Option("Smoke", "leave for Fire at once", leave="fire.md", line=11, column=3),
        Option("Cannot tell", "treat as yes, and look again", same_as="Yes", line=12, column=3),
        Option("Over", "stop here", stop=True, line=13, column=3),
        Option("Low", "go to Fuel", go="#fuel", line=14, column=3),
        Option("Go on", line=15, column=3),
    )
    assert (ring.parent, ring.option, ring.number) == (decision.id, 1, "1.1")
    assert decision.expect == "one of these"


def test_unclear_options_are_findings(strict: Parse, codes: Codes) -> None:
    """A link without a verb, and a label that is no option."""
    procedure = strict("- [ ] Decide: x\n  - a: see [b](#x)\n  - c: treat as d\n")
    assert codes(procedure) == {"option-unclear": (8, 3), "treat-as-unknown": (9, 3)}


def test_a_hold_point(step: First) -> None:
    """What a go needs, what a no-go means, who decides when nobody answers."""
    found = step(
        "- [ ] Hold: stop the tiers? (lead)\n"
        "  - Go when: ups_runtime <= 14\n"
        "  - Go when: wards are told\n"
        "  - No-go: go to [Wait](#hold-stop-the-tiers)\n"
        "  - Deputy after 3m: Facilities\n"
    )
    assert found.hold == Hold(
        go_when=("ups_runtime <= 14", "wards are told"),
        no_go="go to Wait",
        no_go_go="#hold-stop-the-tiers",
        deputy_after_s=180,
        deputy="fac",
    )


@pytest.mark.parametrize("label", ["Deputy", "Deputy after", "Deputy later", "Deputy after noon"])
def test_a_deputy_without_a_time_is_a_finding(strict: Parse, codes: Codes, label: str) -> None:
    """The deputy is known all the same, and nobody reads the line as a detail."""
    procedure = strict(f"- [ ] Hold: a (lead)\n  - {label}: Facilities\n")
    assert "deputy-unclear" in codes(procedure)
    hold = procedure.steps[0].hold
    assert hold is not None
    assert (hold.deputy, hold.deputy_after_s) == ("fac", None)


def test_a_watch(step: First) -> None:
    """Its end, its triggers with what follows, and what to do when a check is missed."""
    found = step(
        "- [ ] Every 2 min: read the panel\n"
        "  - When: ups_runtime <= {{start}} or string = low: go to [x](#x)\n"
        "  - When: battery alarm, go to [x](#x)\n"
        "  - Until: mains are back\n"
        "  - If missed: read it now\n"
    )
    first, second = found.whens
    assert first.condition is not None
    assert first.condition.any_of == (
        (Comparison("ups_runtime", Comparator.LE, "{{start}}"),),
        (Comparison("string", Comparator.EQ, "low"),),
    )
    assert (first.then, first.go, first.line, first.column) == ("go to x", "#x", 8, 11)
    assert (second.text, second.condition, second.then) == ("battery alarm", None, "go to x")
    assert (found.until, found.if_missed) == ("mains are back", "read it now")


def test_a_read_back_is_asked_for_in_four_ways(step: First) -> None:
    """As an attribute, a bullet, in the first line, or at the end of the script."""
    for text in (
        "- [ ] Tell: wards (read-back)\n",
        "- [ ] Tell: wards\n  - Read-back\n",
        "- [ ] Tell: wards, with read-back\n",
        "- [ ] Tell: wards\n  - Say: we stop, read-back\n",
    ):
        assert step(text).read_back, text


DANISH = """\
---
runbook: 1
lang: da
roles: {led: Leder}
---
## Start (vilkårlig rækkefølge)
- [ ] Aflæs panelet (Leder, to personer, valgfri)
  - Forventet: lyser
  - Hvis ikke: gå til [Stop](#stop)
  - Notér: rest = Tid, min, mindst 3
  - Inden: 3 min efter start
  - Hvis overskredet: ring
  - Kræver: DNS
- [ ] Beslut: er der strøm?
  - Ja: gå videre
  - Nej: kald [Papir](papir.md)
  - Kan ikke afgøres: behandl som Nej
- [ ] Holdepunkt: stop? (Leder, uden tilbagevej)
  - Go når: rest <= 14 eller rest = 0
  - No-go: stop her
  - Stedfortræder efter 2 min: Leder
- [ ] Hver 2 min: aflæs
  - Når: rest <= 14, gå til [Stop](#stop)
  - Indtil: strøm
- [ ] Vent 15 min: ro
- [ ] Gå over til: [Brand](brand.md)
- [ ] Fortæl: afdelingerne
  - Sig: vi stopper
## Stop
"""


def test_a_danish_procedure() -> None:
    """Every Danish label means what its English one means."""
    from runbook.procedure.parse import parse  # noqa: PLC0415 - the other tests need no bytes

    procedure = parse(DANISH.encode(), "start.md")
    read, decide, hold, watch, wait, leave, tell = procedure.steps
    assert procedure.findings == ()
    assert procedure.sections[0].any_order
    assert (read.role, read.two_person, read.optional) == ("led", "together", True)
    assert (read.expect, read.if_missed, read.needs) == ("lyser", "ring", ("DNS",))
    assert read.if_not is not None
    assert read.if_not.go == "#stop"
    assert read.within is not None
    assert (read.within.seconds, read.within.of) == (180, "start")
    assert [option.call for option in decide.options] == [None, "papir.md", None]
    assert decide.options[2].same_as == "Nej"
    assert hold.hold is not None
    assert (hold.hold.deputy, hold.hold.deputy_after_s) == ("led", 120)
    assert hold.point_of_no_return
    assert watch.whens[0].condition is not None
    assert (watch.every_s, watch.until, wait.wait_s) == (120, "strøm", 900)
    assert (leave.kind, tell.kind, tell.say) == (StepKind.LEAVE, StepKind.TALK, "vi stopper")
