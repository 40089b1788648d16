"""Every format tells the whole run, marks its mode, and needs nothing from outside."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from runbook.journal.codec import hash_of
from runbook.report.as_csv import HEADS, safe
from runbook.report.as_md import plain
from runbook.report.build import Format, build, file_name, write
from runbook.report.words import MODE_MARK, STATUS
from runbook.run import commands as do
from runbook.run.events import Mode

if TYPE_CHECKING:
    from tests.report.conftest import Desk, MakeDesk

SAID = (
    "cranks, no ignition",
    "started from the local panel",
    "load 80 kW",
    "10 minutes stable",
    "Called the physician, line busy",
    "reached by radio",
    "tank half full",
    "tomorrow 08:00",
    "left open: handover",
    "read the other panel",
)
STEPS = (
    "Read the runtime at Skejby",
    "Start the generator by hand",
    "Stop the archive",
    "the on-call physician ÆØÅ",
    "Write the handover",
)
HOSTILE = (
    '<script>alert(1)</script> #eval("1") *b* _u_ $x^2$ `c` \\n [l](x) a|b @ref &amp; <!-- -->'
)


def text_of(data: bytes, form: Format, folder: Path) -> str:
    """What a reader of the format reads, with line breaks as spaces."""
    if form is Format.PDF:
        return " ".join(page for page in pages_of(data, folder))
    text = data.decode("utf-8-sig")
    if form is Format.HTML:
        text = html.unescape(
            re.sub(r"<[^>]*>", " ", re.sub(r"<style>.*?</style>", "", text, flags=re.DOTALL))
        )
    elif form is Format.MD:
        text = re.sub(r"\\([\\`*_{}\[\]<>#|~$&])", r"\1", text)
    elif form is Format.CSV:
        text = " ".join(cell for line in csv.reader(io.StringIO(text)) for cell in line)
    else:
        text = text.replace('\\"', '"').replace("\\\\", "\\")
    return " ".join(text.split())


def pages_of(data: bytes, folder: Path) -> list[str]:
    """The words of each page of a PDF."""
    tool = shutil.which("pdftotext")
    if tool is None:
        pytest.skip("pdftotext is not installed: the words of the PDF are not checked")
    path = folder / "report.pdf"
    path.write_bytes(data)
    read = subprocess.run([tool, path, "-"], check=True, capture_output=True)
    return [" ".join(page.split()) for page in read.stdout.decode().split("\f")[:-1]]


@pytest.mark.parametrize("form", Format)
def test_every_word_that_was_given_is_told(golden: Desk, form: Format, tmp_path: Path) -> None:
    """Each reason, note and observation stands in each format."""
    text = text_of(build(golden, golden.run, form), form, tmp_path)
    assert [said for said in SAID if said not in text] == []


@pytest.mark.parametrize("form", [f for f in Format if f is not Format.CSV])
def test_every_step_is_told(golden: Desk, form: Format, tmp_path: Path) -> None:
    """Steps worked, not applicable and not reached are all there, with values filled in."""
    text = text_of(build(golden, golden.run, form), form, tmp_path)
    assert [step for step in STEPS if step not in text] == []


@pytest.mark.parametrize("form", Format)
def test_a_correction_shows_both_values(golden: Desk, form: Format, tmp_path: Path) -> None:
    """The earlier entry points at the later one and the other way round, with old and new."""
    text = text_of(build(golden, golden.run, form), form, tmp_path)
    assert "Entry 43 is corrected: value “27” is to be read as “24”" in text
    assert "Corrected by entry 45: value “27” is to be read as “24”" in text


@pytest.mark.parametrize("form", Format)
def test_the_time_of_the_act_stands_beside_the_time_of_the_entry(
    golden: Desk, form: Format, tmp_path: Path
) -> None:
    """An act entered later shows both times, local with its offset and UTC."""
    text = text_of(build(golden, golden.run, form), form, tmp_path)
    assert "2026-03-14 18:05:40 +01:00" in text
    assert "2026-03-14 18:07:10 +01:00" in text
    assert "2026-03-14 17:07:10.000Z" in text


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize("form", Format)
def test_the_mode_is_marked(desk_of: MakeDesk, mode: Mode, form: Format, tmp_path: Path) -> None:
    """Every format names its mode in words."""
    desk = desk_of(mode)
    assert MODE_MARK[mode] in text_of(build(desk, desk.run, form), form, tmp_path)


@pytest.mark.parametrize("mode", Mode)
def test_every_page_of_the_pdf_is_marked(desk_of: MakeDesk, mode: Mode, tmp_path: Path) -> None:
    """The mark stands at the head and at the foot of each page, with the page number."""
    desk = desk_of(mode)
    pages = pages_of(build(desk, desk.run, Format.PDF), tmp_path)
    assert len(pages) > 3
    assert [page for page in pages if page.count(MODE_MARK[mode]) < 2] == []
    assert f"Page {len(pages)} of {len(pages)}" in pages[-1]


def test_every_line_of_the_table_is_marked(desk_of: MakeDesk) -> None:
    """A line cut out of a drill's table still says what it is."""
    desk = desk_of(Mode.DRILL)
    lines = csv.reader(io.StringIO(build(desk, desk.run, Format.CSV).decode("utf-8-sig")))
    heads, *rows = lines
    assert tuple(heads) == HEADS
    assert {row[0] for row in rows} == {"ØVELSE ØVELSE ØVELSE · EXERCISE"}


def test_a_drill_is_marked_in_the_file_name(desk_of: MakeDesk) -> None:
    """The name says what it is before anything else, in plain letters."""
    name = file_name(desk_of(Mode.DRILL).runner.state, Format.PDF)
    assert name == "EXERCISE-OEVELSE-L-20260314-1800-7K2M-Mains-loss-at-a-datacentre.pdf"
    assert file_name(desk_of(Mode.TEST).runner.state, Format.CSV).startswith("PLANNED-TEST-")


def test_statuses_differ_in_word_and_in_symbol() -> None:
    """No two statuses share a word or a symbol, so that colour is never needed."""
    assert len({mark.word for mark in STATUS.values()}) == len(STATUS)
    assert len({mark.symbol for mark in STATUS.values()}) == len(STATUS)


class _References(HTMLParser):
    """Collects what a page asks for from elsewhere, and its tags."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.tags: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the tag and each address in it."""
        self.tags.add(tag)
        names = ("src", "href", "srcset", "action", "data")
        self.addresses += [value or "" for name, value in attrs if name in names]


def test_the_page_needs_nothing_else(golden: Desk) -> None:
    """No script, no picture, no style sheet from elsewhere: only places in the page itself."""
    page = build(golden, golden.run, Format.HTML).decode()
    found = _References(page)
    assert [address for address in found.addresses if not address.startswith("#")] == []
    assert found.tags.isdisjoint({"script", "link", "img", "iframe", "object", "base"})
    assert not re.search(r"@import|url\((?!#)", page)


def test_links_in_the_page_lead_somewhere(golden: Desk) -> None:
    """Each entry that is pointed at is there."""
    page = build(golden, golden.run, Format.HTML).decode()
    places = set(re.findall(r'id="(entry-\d+)"', page))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= places


@pytest.mark.parametrize("form", Format)
def test_hostile_words_are_shown_as_they_are(
    desk_of: MakeDesk, form: Format, tmp_path: Path
) -> None:
    """Words that look like HTML, Typst or Markdown are words."""
    desk = desk_of(Mode.LIVE)
    desk.runner = desk.prepared(Mode.LIVE)
    desk.does(do.Start())
    desk.does(do.Note(text=HOSTILE))
    data = build(desk, desk.run, form)
    assert "".join(HOSTILE.split()) in "".join(text_of(data, form, tmp_path).split())
    if form is Format.HTML:
        assert "script" not in _References(data.decode()).tags


def test_long_words_do_not_leave_the_page(desk_of: MakeDesk, tmp_path: Path) -> None:
    """A word of 400 letters is broken, and copies as one word."""
    desk = desk_of(Mode.LIVE)
    desk.runner = desk.prepared(Mode.LIVE)
    desk.does(do.Start())
    desk.does(do.Note(text="W" * 400))
    pages = "".join(pages_of(build(desk, desk.run, Format.PDF), tmp_path))
    assert "W" * 400 in pages.replace(" ", "")
    assert max(len(run) for run in re.findall("W+", pages)) < 60


@given(st.text())
def test_no_cell_is_taken_for_a_formula(text: str) -> None:
    """Whatever was typed, a spreadsheet shows it; at most a quote stands before it."""
    cell = safe(text)
    assert cell in (text, f"'{text}")
    assert not cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r"))


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60))
def test_markdown_shows_words_as_they_are(text: str) -> None:
    """A text within a line reads the same after Markdown has been applied to it."""
    shown = MarkdownIt("commonmark").render(f"Note: {plain(text)} end")
    words = html.unescape(re.sub(r"</?p>", "", shown))
    assert " ".join(words.split()) == " ".join(f"Note: {text} end".split())


def test_the_data_holds_what_was_hashed(golden: Desk) -> None:
    """Each entry in the JSON can be checked against its hash, and the text against its own."""
    data = json.loads(build(golden, golden.run, Format.JSON))
    assert [hash_of(e["raw"].encode()).hex() == e["hash"] for e in data["entries"]] == [True] * 16
    assert data["procedure_text"].encode() == golden.data
    assert data["figures"]["statuses"]["skipped"] == 1


def test_a_text_that_is_not_the_frozen_one_is_told(golden: Desk) -> None:
    """A report never passes another text off as the one that was worked."""
    material = golden.material()
    object.__setattr__(material, "text", material.text + b"more")
    assert b"DOES NOT HAVE THIS HASH" in write(material, Format.MD)


def test_an_unknown_run_has_no_report(golden: Desk) -> None:
    """Asking for a run that is not there says so."""
    with pytest.raises(KeyError, match="L-none"):
        build(golden, "L-none", Format.MD)
