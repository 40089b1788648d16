"""The offline help: every page is there, and no link leads nowhere or to the network."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from runbook.procedure.check import check
from runbook.procedure.ids import github_slug
from runbook.procedure.labels import words_for
from runbook.procedure.model import Severity
from runbook.procedure.parse import parse
from runbook.resources import resource_folder
from runbook.ui.actions import ACTIONS

HELP = resource_folder() / "help"
PAGES = (
    "index",
    "first-ten-minutes",
    "keys",
    "clocks",
    "people",
    "several-runs",
    "declaring-and-telling",
    "writing-procedures",
    "where-data-lives",
    "what-the-journal-proves",
)
FENCE = re.compile(r"^(`{3,})(\w*)\n(.*?)^\1$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"`[^`\n]+`")


def words_of(page: Path) -> str:
    """A page without its code, which may hold links as examples."""
    return CODE.sub("", FENCE.sub("", page.read_text(encoding="utf-8")))


def headings(page: Path) -> set[str]:
    """The anchors of a page."""
    found = re.findall(r"^#+ (.+)$", words_of(page), re.MULTILINE)
    return {github_slug(heading) for heading in found}


@pytest.mark.parametrize("name", PAGES)
def test_the_page_is_there(name: str) -> None:
    """Each help page exists and begins with a title."""
    assert (HELP / f"{name}.md").read_text(encoding="utf-8").startswith("# ")


@pytest.mark.parametrize("page", sorted(HELP.glob("*.md")), ids=lambda page: page.name)
def test_its_links_lead_to_pages(page: Path) -> None:
    """Every link of a help page leads to a help page, and to a heading that is there."""
    for href in LINK.findall(words_of(page)):
        path, _, anchor = href.partition("#")
        target = HELP / path if path else page
        assert target.is_file(), href
        assert not anchor or anchor in headings(target), href


def test_the_index_names_every_page() -> None:
    """No page is hidden from a reader who begins at the index."""
    linked = set(LINK.findall((HELP / "index.md").read_text(encoding="utf-8")))
    assert {page.name for page in HELP.glob("*.md")} - {"index.md"} <= linked


def examples() -> list[str]:
    """The whole procedures shown on the page about writing them."""
    text = (HELP / "writing-procedures.md").read_text(encoding="utf-8")
    blocks = [found[3] for found in FENCE.finditer(text) if found[2] == "markdown"]
    return [block for block in blocks if "- [ ]" in block]


def test_the_page_about_writing_has_examples() -> None:
    """An author sees each construct written out."""
    assert len(examples()) > 5


ROLES = """---
roles: {lead: Incident lead, fac: Facilities, plat: Platform, sto: Storage, dba: Database,
  epj: EPJ application, clin: Clinical liaison, exec: Executive on call}
---
"""


@pytest.mark.parametrize("example", examples(), ids=lambda text: text.strip()[:30])
def test_an_example_is_read_as_it_is_meant(example: str) -> None:
    """What the page shows is understood by the parser without a complaint."""
    whole = example if example.startswith("---") else ROLES + example
    found = parse(whole.encode(), "example.md")
    assert found.steps
    assert [f for f in found.findings if f.severity is not Severity.NOTE] == []


def test_the_whole_example_is_as_the_checker_wants_it() -> None:
    """An author who copies it begins without a finding."""
    whole = next(text for text in examples() if "runbook: 1" in text)
    assert check(parse(whole.encode(), "pump-change.md")) == ()


def danish_words() -> list[tuple[str, str]]:
    """The pairs of English and Danish words in the table of the page about writing."""
    text = (HELP / "writing-procedures.md").read_text(encoding="utf-8")
    section = text.partition("## In Danish")[2].partition("```")[0]
    table = "".join(line for line in section.splitlines() if line.startswith("|"))
    words = [re.sub(r"( \d+ ?m(in)?)?:?$", "", word) for word in re.findall(r"`([^`]+)`", table)]
    return list(zip(words[::2], words[1::2], strict=True))


@pytest.mark.parametrize(("english", "danish"), danish_words())
def test_the_danish_word_is_known(english: str, danish: str) -> None:
    """Every Danish word that the page names means what its English one means."""
    key = english.lower() if english == "Cannot tell" else english
    assert words_for("da").is_(key, danish)


@pytest.mark.parametrize("keys", [action.keys for action in ACTIONS])
def test_every_key_of_the_window_is_explained(keys: str) -> None:
    """A key that the window knows has a line on the page about keys."""
    assert f"| {keys} |" in (HELP / "keys.md").read_text(encoding="utf-8")
