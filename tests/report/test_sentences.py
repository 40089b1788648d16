"""Every event can be told, and nothing a person wrote is lost in the telling."""

from typing import Any, get_args

import msgspec
import pytest

from runbook.procedure.model import FrontMatter, Procedure, Section, Step, StepKind
from runbook.report.sentences import fill, sentence
from runbook.run import events as ev
from runbook.run import events_calls as calls
from runbook.run.event_base import Capacity, Criterion, Guard, Override, Verdict
from runbook.run.events import Status
from runbook.run.events_check import DecisionAsked, Method, StepSubmitted
from runbook.run.events_clock import AdviceDisputed
from runbook.run.events_message import Outcome

CLASSES = (*get_args(ev.AnyEvent), ev.Unknown)


def step(step_id: str, number: str, text: str) -> Step:
    """A plain step."""
    return Step(step_id, True, number, None, None, None, "s", 1, 1, StepKind.ACTION, text, text)


PROCEDURE = Procedure(
    id="p",
    title="Mains loss",
    file="p.md",
    sha256="0" * 64,
    strict=False,
    front=FrontMatter(),
    introduction="",
    sections=(Section("s", "Confirm", 2, 1),),
    steps=(step("a", "1.1", "Read {{panel}}"), step("b", "1.2", "Start the generator")),
    findings=(),
)


GIVEN: dict[str, Any] = {
    "step": "a",
    "was": Status.OPEN,
    "now": Status.DONE,
    "status": ev.RunStatus.RUNNING,
    "outside": ev.Outside.HIGH,
    "field": ev.Field.TEXT,
    "about": ev.NoteAbout.NOTE,
    "items": (ev.ItemDecision(step="b", status=Status.FAILED, owner="N", reason="later"),),
    "texts": ("texts-said",),
    "unenforced": ("unenforced-said",),
    "passed_over": ("b",),
    "values": {},
    "questions": ("questions-said",),
    "answers": ("answers-said",),
    "outcome": Outcome.ANSWERED,
    "allowed_contacts": ("allowed-said",),
    "roles": {"lead": "roles-said"},
    "method": Method.PHONE,
    "decided_as": Capacity.HOLDER,
    "overrides": (Override(guard=Guard.CRITERIA, reason="why-said", authority="who-said"),),
    "criteria": (Criterion(text="text-said", verdict=Verdict.MET, seen="seen-said"),),
}
PLAIN: dict[Any, Any] = {int: 7, bool: True}


def value(at: msgspec.structs.FieldInfo) -> Any:
    """A value for a field; a free text gets a word of its own."""
    said = f"{at.name}-said"
    if at.type is str and not isinstance(GIVEN.get(at.name, ""), str):
        return said
    return GIVEN.get(at.name, PLAIN.get(at.type, said))


def words(event: ev.Event) -> set[str]:
    """The words of its own that an event was given."""
    return {part for part in str(msgspec.structs.asdict(event)).split("'") if "-said" in part}


TOLD_ELSEWHERE = {
    AdviceDisputed: {"advice"},
    ev.RunPrepared: {
        "procedure",
        "sha256",
        "file",
        "lang",
        "site_sha256",
        "folder",
        "begun_as",
    },
    calls.StepCalled: {"file"},
    calls.CallReturned: {"started"},
    calls.RunTransferred: {"file"},
    calls.PinTakenDown: {"run", "pin"},
    calls.ItemReceived: {"origin_step"},
    calls.ItemRedeemed: {"origin_step"},
    ev.GapNoted: {"last_utc"},
    ev.ReadingTaken: {"name"},
    ev.StepDone: {"started"},
    ev.StepDoneDeviating: {"started"},
    ev.StepFailed: {"started"},
    ev.OptionChosen: {"started"},
    ev.OptionChanged: {"started"},
    StepSubmitted: {"started"},
    DecisionAsked: {"started"},
}


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_every_event_has_a_sentence_with_all_its_words(kind: type[ev.Event]) -> None:
    """Each class of the closed list is told, with every text a person or the file gave."""
    event = kind(**{f.name: value(f) for f in msgspec.structs.fields(kind)})
    told = sentence(event, PROCEDURE)
    hidden = {f"{name}-said" for name in TOLD_ELSEWHERE.get(kind, set())}
    assert {word for word in words(event) if word not in told} == hidden
    assert told[0].isupper() or kind is ev.Unknown


@pytest.mark.parametrize("kind", get_args(ev.AnyEvent), ids=lambda kind: kind.__name__)
def test_an_event_with_defaults_reads_without_empty_labels(kind: type[ev.Event]) -> None:
    """Optional texts that were not given leave no label and no double space behind."""
    given = {f.name: value(f) for f in msgspec.structs.fields(kind) if f.required}
    told = sentence(kind(**given), PROCEDURE)
    assert ": ." not in told
    assert "  " not in told
    assert told.endswith((".", "”"))


def test_values_fill_the_places_of_a_step() -> None:
    """The words of a step come with the values that were known; unknown places stay."""
    event = ev.StepTaken(step="a", was=Status.OPEN, now=Status.ACTIVE)
    assert "Read panel B" in sentence(event, PROCEDURE, {"panel": "panel B"})
    assert fill("{{ site.b }} and {{other}}", {"site.b": "Skejby"}) == "Skejby and {{other}}"


def test_a_step_the_procedure_does_not_know_is_named_by_its_id() -> None:
    """A journal that speaks of an unknown step is told all the same."""
    event = ev.StepTaken(step="gone", was=Status.OPEN, now=Status.ACTIVE)
    assert sentence(event, PROCEDURE) == "Step gone taken in hand."


def test_a_withdrawn_entry_keeps_what_it_said() -> None:
    """Withdrawing says so, and shows the old words."""
    event = ev.EntryCorrected(target=4, field=ev.Field.WITHDRAWN, old="27", new="", reason="typo")
    assert sentence(event, PROCEDURE) == "Entry 4 is withdrawn: it said “27”. Reason: typo."


def test_a_typed_value_is_shown_beside_the_value_it_stands_for() -> None:
    """`27,5` typed for 27.5 is part of the record; the same digits are not repeated."""
    event = ev.ReadingTaken(
        step="a", name="t", label="Runtime", typed="27,5", value="27.5", unit="min"
    )
    told = sentence(event, PROCEDURE)
    assert told == "Reading at step 1.1: Runtime = 27.5 min (typed “27,5”)."
