"""Laws that hold for any text: no crash, unique ids, order, places inside the file."""

from __future__ import annotations

import json
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from runbook.procedure.check import check
from runbook.procedure.inline import plain
from runbook.procedure.markup import render
from runbook.procedure.outline import outline
from runbook.procedure.parse import parse, parse_file
from runbook.procedure.site import Site

HERE = Path(__file__).parent
PIECES = [
    "- [ ] ", "- ", "1. ", "2) ", "* ", "  ", "    ", "\t", "\n", "\n\n", "```", "```sh\n", "> ",
    "> [!WARNING]\n> ", "# ", "## ", "### Step 1: ", "---\n", "runbook: 1\n", "roles: {a: B}\n",
    "Decide: ", "Hold: ", "Every 2 min: ", "Wait {{x}} min: ", "Call: [x](y.md)", "Tell: ",
    "Expect: ", "If not: go to [x](#a)", "Record: x = X, min, 0 to 2", "When: x <= 1: y",
    "Go when: ", "Within: 3 min of a", "treat as b", "stop here", "(a, ~2m)", "(any order)",
    "(parallel)", "(only on request)", "(way back)", "(before x runs out)", "(point of no return)",
    "No-go: go to [x](#a)", "Deputy after 3m: a", "Deputy: a", "Wipe ", "Until: ", "Cannot tell: ",
    "  - [ ] ", "go to [x](#a)", "Call: [x](a.md)",
    "<!-- id: a -->", "<!--", "-->", "<div>", "<host>", "{{x}}", "**", "`", "[", "](", "|", "|-|",
    "a", "b", "å", "\r\n", "\r", "\0", "\ufeff", "[ ]", "[a]: b\n", "~~~", "=", ":", "\\", "&amp;",
]  # fmt: skip
PIECED = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)
TEXTS = st.one_of(PIECED, st.text(max_size=200))


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_any_text_is_parsed(text: str) -> None:
    """No text crashes; ids and numbers are unique, places lie in the file, order is kept."""
    data = text.encode("utf-8", "surrogatepass")
    procedure = parse(data, "a.md")
    ids = [section.id for section in procedure.sections] + [step.id for step in procedure.steps]
    assert len(set(ids)) == len(ids)
    assert len(procedure.by_number) == len(procedure.steps)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    places = [step.line for step in procedure.steps]
    assert places == sorted(places)
    findings = check(procedure, site=Site(), folder=HERE, today=date(2026, 11, 1))
    for finding in findings:
        assert 1 <= finding.line <= len(lines)
        assert 1 <= finding.column <= len(lines[finding.line - 1]) + 2
    json.dumps(outline(procedure, findings))


@settings(max_examples=80, deadline=None)
@given(TEXTS)
def test_any_bytes_are_parsed(text: str) -> None:
    """Neither do other encodings and cut characters."""
    for encoding in ("utf-16", "latin-1"):
        parse(text.encode(encoding, "replace")[:-1], "a.md")


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from(["word", "other", "third"]), min_size=1, max_size=4), PIECED)
def test_words_of_a_step_are_never_lost(words: list[str], below: str) -> None:
    """A step before any other text is found with its words."""
    text = f"- [ ] {' '.join(words)}\n\n" + below.replace("\0", "")
    assert parse(text.encode("utf-8", "replace"), "a.md").steps[0].text == " ".join(words)


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_rendered_text_is_harmless(text: str) -> None:
    """Nothing that runs or loads comes out, whatever goes in."""
    page = render(text, values={"x": "<script>"}).casefold()
    for bad in ("<script", "javascript:", "<iframe", "onerror=", 'src="http', "<style"):
        assert bad not in page or bad.replace("<", "&lt;") in page


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(TEXTS)
def test_reading_never_writes(tmp_path: Path, text: str) -> None:
    """The bytes on disk are those that were there, and so is their time."""
    file = tmp_path / "a.md"
    data = text.encode("utf-8", "replace")
    file.write_bytes(data)
    before = file.stat().st_mtime_ns
    outline(parse_file(file))
    assert (file.read_bytes(), file.stat().st_mtime_ns) == (data, before)
    assert list(tmp_path.iterdir()) == [file]


HOSTILE = {
    "brackets": "- [ ] " + "[" * 60_000,
    "stars": "- [ ] " + "*a " * 20_000,
    "quotes": "> " * 30_000 + "x\n\n- [ ] end",
    "one-line lists": "- " * 30_000 + "x\n\n- [ ] end",
    "deep lists": "\n".join("  " * n + "- [ ] x" for n in range(200)),
    "comments": "- [ ] a " + "<!-- " * 12_000,
    "anchors": "<div>\n" + '<a href="x">' * 5_000 + "\n\n- [ ] end",
    "open fence": "```\n" + "x\n" * 30_000,
    "wide table": "|" + "a|" * 600 + "\n|" + "-|" * 600 + "\n" + "|x|\n" * 600,
    "long line": "word " * 50_000,
    "treat as": "- [ ] Decide: a\n" + "  - o: treat as b\n" * 3_000,
    "conditions": "- [ ] Every 2 min: a\n  - When: " + "a <= 1 and " * 5_000,
}


@pytest.mark.parametrize("case", HOSTILE, ids=list(HOSTILE))
def test_hostile_text_takes_bounded_time(case: str) -> None:
    """What holds other parsers for minutes is read in moments (the bound is generous)."""
    start = time.process_time()
    check(parse(HOSTILE[case].encode(), "a.md"))
    assert time.process_time() - start < 10


def test_text_beyond_the_deepest_nesting_is_kept() -> None:
    """What follows a list of thirty levels is still read, and its innermost words too."""
    text = "\n".join("  " * n + f"- word{n}" for n in range(80)) + "\n\n- [ ] end\n"
    procedure = parse(text.encode(), "a.md")
    assert [step.text for step in procedure.steps] == ["end"]
    assert "word79" in procedure.introduction


def test_long_texts_are_spoken_without_a_parser() -> None:
    """Markup in a very long text is still stripped, roughly."""
    assert plain("a **b** [c](d) " * 500).startswith("a b c a b c")
