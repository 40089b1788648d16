"""The outline as data."""

from __future__ import annotations

import json
from collections.abc import Callable

from runbook.procedure.model import Procedure
from runbook.procedure.outline import outline

Parse = Callable[[str], Procedure]

SECTION_KEYS = {"id", "title", "level", "line", "attributes", "role"}
STEP_KEYS = {
    "id", "number", "written_number", "parent", "option", "section", "line", "column", "kind",
    "text", "role", "target_s", "optional", "two_person", "expect", "if_not", "records", "options",
    "alerts", "code", "details_html",
}  # fmt: skip
TOP_KEYS = {
    "format",
    "id",
    "title",
    "lang",
    "revision",
    "sha256",
    "strict",
    "sections",
    "steps",
    "findings",
}


def test_an_outline_has_every_key(strict: Parse) -> None:
    """Also where the text says nothing, in the shape the format gives."""
    data = json.loads(json.dumps(outline(strict("## A\n- [ ] a\n"))))
    assert set(data) >= TOP_KEYS
    assert set(data["sections"][0]) >= SECTION_KEYS
    assert set(data["steps"][0]) >= STEP_KEYS
    assert data["steps"][0]["if_not"] is None
    assert (data["format"], data["revision"], data["strict"]) == (1, None, True)


def test_a_step_in_an_outline(strict: Parse) -> None:
    """Numbers are numbers, links are addresses, details are HTML."""
    text = (
        "- [ ] Read **it** (fac, ~2m) <!-- id: r -->\n"
        "  - Record: x = X, V, 0 to 2.5, from the panel\n"
        "  - If not: go to [r](#r)\n"
        "  - more\n"
    )
    step = outline(strict(text))["steps"][0]
    assert (step["kind"], step["text"], step["target_s"]) == ("action", "Read it", [120, 120])
    assert step["if_not"] == {"text": "go to r", "go": "#r"}
    assert (step["records"][0]["low"], step["records"][0]["high"]) == (0, 2.5)
    assert step["records"][0]["kind"] == "number"
    assert "<li>more</li>" in step["details_html"]


def test_findings_of_the_checker_may_be_given(strict: Parse) -> None:
    """Each with line, column, severity, code and message."""
    procedure = strict("- [ ] a (fac, ~soon)\n")
    finding = outline(procedure)["findings"][0]
    assert set(finding) == {"line", "column", "severity", "code", "message"}
    assert outline(procedure, ())["findings"] == []
