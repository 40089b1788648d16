"""Plain files: what counts as a step, as people write it in the wild."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from runbook.procedure.model import Procedure

Parse = Callable[[str], Procedure]
Codes = Callable[[Procedure], dict[str, tuple[int, int]]]

CASES = {
    "two spaces": ("- [ ] a\n  - [ ] b\n- [ ] c\n", ["1 a", "1.1 b", "2 c"]),
    "three spaces": ("1. a\n   1. b\n2. c\n", ["1 a", "1.1 b", "2 c"]),
    "four spaces": ("- [ ] a\n    - [ ] b\n", ["1 a", "1.1 b"]),
    "tab": ("- [ ] a\n\t- [ ] b\n", ["1 a", "1.1 b"]),
    "list below text": ("Do this:\n- [ ] a\n- [ ] b\n", ["1 a", "2 b"]),
    "bracket numbers": ("1) a\n2) b\n", ["1 a", "2 b"]),
    "lazy numbers": ("1. a\n1. b\n1. c\n", ["1 a", "2 b", "3 c"]),
    "start at seven": ("7. a\n8. b\n", ["1 a", "2 b"]),
    "code at the margin": ("1. a\n```\nx\n```\n2. b\n", ["1 a", "2 b"]),
    "paragraph between": ("1. a\n\nWords.\n\n2. b\n", ["1 a", "2 b"]),
    "quote between": ("1. a\n\n> Words.\n\n2. b\n", ["1 a", "2 b"]),
    "restart": ("1. a\n\n```\nx\n```\n\n1. b\n", ["1 a", "2 b"]),
    "second paragraph": ("- [ ] a\n\n  more\n- [ ] b\n", ["1 a", "2 b"]),
    "bullets of a step": ("1. a\n   - x\n     1. y\n2. b\n", ["1 a", "2 b"]),
    "ordered below a bullet": ("- group\n  1. a\n  2. b\n", ["1 a", "2 b"]),
    "boxes beat numbers": ("1. x\n\n# Do\n- [ ] a\n", ["1 a"]),
    "numbers beside boxes": ("# Do\n- [ ] a\n\n1. b\n", ["1 a", "2 b"]),
    "number in a box": ("- [ ] 1. Do it\n- [ ] 2. And that\n", ["1 Do it", "2 And that"]),
    "empty items": ("1. a\n2.\n3. b\n", ["1 a", "2 b"]),
    "other bullets": ("- [ ] a\n* [ ] b\n", ["1 a", "2 b"]),
    "details": ("<details>\n<summary>S</summary>\n\n- [ ] a\n\n</details>\n", ["1 a"]),
    "erb": ("<%= title %>\n\n1. <%= x %> a\n", ["1 <%= x %> a"]),
    "hugo": ("{{< note >}}\n\n1. a {{% x %}}\n", ["1 a {{% x %}}"]),
    "mdx": ('import X from "x"\n\n<Tabs>\n\n1. a\n\n</Tabs>\n', ["1 a"]),
    "myst": ("```{note}\nWords\n```\n\n1. a\n", ["1 a"]),
    "placeholder": ("1. Log in to <host name>\n", ["1 Log in to <host name>"]),
    "hash": ("1. a\n\n#12 is the ticket\n", ["1 a"]),
    "crlf": ("1. a\r\n\r\n   more\r\n2. b\r\n", ["1 a", "2 b"]),
    "bom": ("\ufeff1. a\n", ["1 a"]),
    "step headings": (
        "# T\n## Step 1: Stop it\nWords.\n## Step 2 - Start it\n",
        ["1 Stop it", "2 Start it"],
    ),
    "numbered headings": ("## 1. Stop\n### Why\nx\n## 2. Start\n", ["1 Stop", "2 Start"]),
    "danish headings": ("## Trin 1: Stop\n## Trin 2: Start\n", ["1 Stop", "2 Start"]),
    "nested headings": ("## Step 1: A\n### Step 1.1: B\n## Step 2: C\n", ["1 A", "1.1 B", "2 C"]),
    "headings with lists": ("## Step 1\n1. a\n## Step 2\n1. b\n", ["1.1 a", "2.1 b"]),
    "table": ("| Step | Action |\n|---|---|\n| 1 | a |\n| 2 | b |\n", ["1 a", "2 b"]),
    "table of steps alone": ("| # | What |\n|---|---|\n| 1 | a |\n", ["1 a"]),
    "other tables": ("| Host | IP |\n|---|---|\n| a | b |\n", []),
    "bullets only": ("- a\n- b\n", []),
}


@pytest.mark.parametrize("case", CASES, ids=list(CASES))
def test_steps_as_github_shows_them(plain: Parse, case: str) -> None:
    """Each pattern found in public runbooks gives the steps its readers see."""
    text, expected = CASES[case]
    assert [f"{step.number} {step.text}" for step in plain(text).steps] == expected


def test_written_numbers_are_kept(plain: Parse) -> None:
    """Lazy, wrong and bracketed numbers stand beside the number by place."""
    steps = plain("3. a\n1. b\n\n## Step 9: c\n").steps
    assert [step.written_number for step in steps] == ["3", "1", "9"]
    assert plain("- [ ] 4. d\n").steps[0].written_number == "4"


def test_what_stands_between_belongs_to_the_step_before(plain: Parse) -> None:
    """Column-nought code, paragraphs and bullets are not lost."""
    a, b = plain("1. a\n```sh\nls\n```\nWords.\n- bullet\n\n2. b\n").steps
    assert a.details == "```sh\nls\n```\n\nWords.\n\n-   bullet"
    assert [code.text for code in a.code] == ["ls"]
    assert b.details == ""


def test_a_step_heading_holds_its_text_and_sub_headings(plain: Parse) -> None:
    """Everything under it is its details."""
    step = plain("## Step 1: A\n\nWords.\n\n### Note\n\nMore.\n").steps[0]
    assert step.details == "Words.\n\n### Note\n\nMore."


def test_a_row_keeps_its_other_columns(plain: Parse) -> None:
    """Owner and time are read, all cells stay visible."""
    step = plain(
        "| # | Action | Owner | Time | Notes |\n|--|--|--|--|--|\n"
        "| 3 | Stop **it** | Ops | 5 min | n |\n"
    ).steps[0]
    assert (step.written_number, step.role, step.target_s) == ("3", "Ops", (300, 300))
    assert step.details == "**Owner:** Ops\n\n**Time:** 5 min\n\n**Notes:** n"


def test_lists_of_contents_and_references_are_text(plain: Parse, codes: Codes) -> None:
    """They are kept, with a note, and give no steps."""
    text = "1. [A](#a)\n2. [B](#b)\n\n## A\n1. x\n\n## References\n1. y\n"
    procedure = plain(text)
    assert [step.text for step in procedure.steps] == ["x"]
    assert codes(procedure) == {"list-kept-as-text": (1, 1)}
    assert procedure.introduction == "1.  [A](#a)\n2.  [B](#b)"
    assert procedure.sections[1].introduction == "1.  y"


def test_a_title_is_found_without_a_heading(plain: Parse) -> None:
    """The file's name serves."""
    assert plain("1. a\n").title == "procedure"


WRONG = {
    "open fence": ("1. a\n\n```sh\nls\n", "fence-open", (3, 1)),
    "fence closed on text": ("```\nls\ndone```\n\n1. a\n", "fence-badly-closed", (3, 1)),
    "fence opened in a fence": ("```\nls\n```sh\nx\n```\n", "fence-badly-closed", (3, 1)),
    "no dot": ("7. a\n8 Then b\n", "number-without-dot", (2, 4)),
    "no dot after the list": ("7. a\n\n8 Then b\n", "number-without-dot", (3, 1)),
    "gap": ("1. a\n2. b\n4. c\n", "number-gap", (3, 1)),
    "gap between lists": ("1. a\n\n```\nx\n```\n\n3. c\n", "number-gap", (7, 1)),
    "placeholder": ("1. Log in to <host name>\n", "placeholder-hidden", (1, 14)),
    "box": ("- [] a\n", "box-malformed", (1, 3)),
    "comment": ("<!--\n- [ ] a\n-->\n", "step-in-comment", (1, 1)),
    "conflict": ("<<<<<<< HEAD\n1. a\n", "merge-conflict", (1, 1)),
    "toml": ("+++\ntitle = 1\n+++\n", "front-matter-toml", (1, 1)),
}


@pytest.mark.parametrize("case", WRONG, ids=list(WRONG))
def test_what_github_shows_wrong_is_pointed_out(plain: Parse, codes: Codes, case: str) -> None:
    """The finding stands at the line and column of the fault."""
    text, code, place = WRONG[case]
    assert codes(plain(text)).get(code) == place


@pytest.mark.parametrize(
    "text",
    [
        "1. a\n\n```sh\nls <host>\n```\n",
        "1. `<host>` and <kbd>F1</kbd> and <https://a.b> and <br/>\n",
        "1. a\n1. b\n\n1. c\n",
        "1. a\n\n## B\n\n1. b\n",
        "- [x](y.md) and [ ] and [z]\n",
        "1. a\n\n   ````md\n   ```sh\n   ls\n   ```\n   ````\n",
    ],
)
def test_what_is_right_has_no_finding(plain: Parse, text: str) -> None:
    """Nothing is reported that GitHub shows as meant."""
    assert plain(text).findings == ()
