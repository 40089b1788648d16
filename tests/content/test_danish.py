"""The Danish procedures say what the English ones say, step by step, and are as clean."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from runbook.procedure.check import check
from runbook.procedure.labels import DANISH, ENGLISH, words_for
from runbook.procedure.library import Library
from runbook.procedure.model import Procedure, StepKind
from runbook.procedure.parse import parse_file
from runbook.procedure.site import Site
from runbook.resources import shipped_procedures
from tests.content.shape import differences

FOLDER = shipped_procedures() / "da"
FILES = tuple(sorted(FOLDER.glob("*.md")))
LABELS = "|".join(key for key in ENGLISH if key[0].isupper() and key in DANISH)
ENGLISH_WORDS = (
    re.compile(rf"^\s*- (?:\[ \] )?(?:{LABELS})(?: \d+ ?\w+)?:", re.MULTILINE),
    re.compile(r"\b(?:go to|call|leave for) \[|\b(?:treat as|stop here|go on)\b", re.IGNORECASE),
    re.compile(r"\((?:[^()]*, )?(?:two-person|read-back|optional|any order|point of no return)\b"),
    re.compile(r"^#.*\((?:parallel|way back|only on request|before .*)\)", re.MULTILINE),
    re.compile(r"- Notér:.*(?:, from |\d to \d|, one of |, time\b|, text\b|, yes / no)"),
    re.compile(r"- Notér:.*, (?:runs down|counts up|warn|act|at least|at most)\b"),
)
SAYS_NOTHING = re.compile(
    r"\b(ok|okay|tjekket|kontrolleret|udført|gjort|i orden)\.?$", re.IGNORECASE
)
LONGEST_ACTION = 130
"""The action fits into about three lines of the largest type, in any language."""


@pytest.fixture(params=FILES, ids=lambda file: file.name, scope="session")
def danish(request: pytest.FixtureRequest) -> Procedure:
    """Each Danish procedure in turn."""
    return parse_file(request.param)


def text_of(procedure: Procedure) -> str:
    """The file as it was written."""
    return Path(procedure.file).read_text(encoding="utf-8")


def test_every_procedure_is_there_in_danish() -> None:
    """Nobody has to read English at night because one was forgotten, and none is left over."""
    english = sorted(file.name for file in shipped_procedures().glob("*.md"))
    assert [file.name for file in FILES] == english


def test_it_is_danish(danish: Procedure) -> None:
    """The front matter names the language, so that labels and search know it."""
    assert danish.front.lang == "da"


def test_it_has_the_shape_of_the_english_one(danish: Procedure) -> None:
    """Ids, order, roles, readings, limits, times, branches and links are the same in both."""
    english = parse_file(shipped_procedures() / Path(danish.file).name)
    assert differences(english, danish) == []


def test_nothing_is_found_wrong_in_danish(danish: Procedure, site: Site) -> None:
    """The checker has nothing to say about it."""
    findings = check(danish, site=site, folder=FOLDER)
    assert [f"{f.line}: {f.message}" for f in findings] == []


def test_no_english_word_of_the_format_is_left(danish: Procedure) -> None:
    """A reader does not stumble over a label or a verb in the other language."""
    text = text_of(danish)
    found = [m[0].strip() for rule in ENGLISH_WORDS for m in rule.finditer(text)]
    assert found == []


def test_not_knowing_is_an_answer_in_danish(danish: Procedure) -> None:
    """Every decision has one option for somebody who cannot tell, by the same words."""
    for step in danish.steps:
        if step.kind is StepKind.DECISION:
            unsure = [o for o in step.options if words_for("da").is_("cannot tell", o.label)]
            assert [option.label for option in unsure] == ["Kan ikke afgøre"], step.id


def test_a_danish_action_is_short_and_its_result_can_be_seen(danish: Procedure) -> None:
    """What holds for the English words holds for the Danish ones."""
    long = [step.id for step in danish.steps if len(step.text) > LONGEST_ACTION]
    empty = [s.id for s in danish.steps if s.expect and SAYS_NOTHING.search(s.expect)]
    assert (long, empty) == ([], [])


def test_no_site_is_named_in_danish(danish: Procedure, site: Site) -> None:
    """Names of places stand in the site file only."""
    text = text_of(danish).casefold()
    assert [name for name in site.datacentres.values() if name.casefold() in text] == []


SEEN = (
    ("på batteri", "rb-01"),
    ("strømmen er gået", "rb-01"),
    ("stedet svarer ikke", "rb-02"),
    ("journalen er langsom", "rb-03"),
    ("nødkasse", "rb-04"),
    ("flyt EPJ hjem", "rb-05"),
    ("pressen ringer", "rb-06"),
    ("hvad gik galt", "rb-07"),
    ("leverandøren svarer ikke", "rb-08"),
    ("netværket kommer og går", "rb-09"),
    ("forkerte data", "rb-10"),
    ("varmt i rummet", "rb-11"),
    ("krypterede filer", "rb-12"),
    ("brandlugt", "rb-13"),
    ("røg", "rb-13"),
    ("intet kan nås", "rb-09"),
    ("løsesum", "rb-12"),
    ("kan ikke logge på", "rb-03"),
    ("noget er galt", "rb-00"),
)


@pytest.fixture(scope="module")
def library() -> Library:
    """The shipped procedures as somebody sees them who reads Danish."""
    shelf = Library([shipped_procedures()], lang="da")
    shelf.refresh()
    return shelf


def test_a_danish_reader_sees_danish_only(library: Library) -> None:
    """Each procedure is listed once, by its Danish title."""
    assert [entry.lang for entry in library.entries] == ["da"] * len(FILES)


@pytest.mark.parametrize(("seen", "procedure"), SEEN)
def test_what_is_seen_finds_its_procedure_in_danish(
    library: Library, seen: str, procedure: str
) -> None:
    """The first hit for what is seen is the procedure to take."""
    assert [hit.entry.id for hit in library.search(seen)][:1] == [procedure]
