"""A procedure in several languages is listed once, and found by the words of each."""

from __future__ import annotations

from pathlib import Path

import pytest

from runbook.procedure.library import Library

TEXT = "---\nid: {id}\nlang: {lang}\nsymptoms: [{seen}]\n---\n# {title}\n\n- [ ] {title}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One procedure in two languages, one in Danish only, one in English only."""
    for name, id_, lang, seen, title in (
        ("en.md", "mains", "en", "power cut", "Mains loss"),
        ("da/mains.md", "mains", "da", "strømsvigt", "Strømsvigt"),
        ("da/vand.md", "vand", "da", "vand på gulvet", "Vand"),
        ("fire.md", "fire", "en", "smoke", "Fire"),
    ):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(TEXT.format(id=id_, lang=lang, seen=seen, title=title), encoding="utf-8")
    return tmp_path


def titles(folder: Path, lang: str, asked: str = "") -> list[str]:
    """What a library in that language lists for a search."""
    library = Library([folder], lang=lang)
    library.refresh()
    return [hit.entry.title for hit in library.search(asked)]


def test_each_procedure_is_listed_once(folder: Path) -> None:
    """The language asked for is taken where it is there, else the one that is."""
    assert titles(folder, "en") == ["Fire", "Mains loss", "Vand"]
    assert titles(folder, "da") == ["Fire", "Strømsvigt", "Vand"]


def test_a_language_nobody_wrote_gives_the_english_one(folder: Path) -> None:
    """An operator whose language is missing gets English, not every language at once."""
    assert titles(folder, "sv") == titles(folder, "en")


@pytest.mark.parametrize(("lang", "title"), [("en", "Mains loss"), ("da", "Strømsvigt")])
@pytest.mark.parametrize("asked", ["power cut", "stromsvigt"])
def test_the_words_of_each_language_find_it(
    folder: Path, lang: str, title: str, asked: str
) -> None:
    """Danish words find the English text and the other way round."""
    assert titles(folder, lang, asked) == [title]


def test_only_languages_with_a_choice_are_offered(folder: Path) -> None:
    """There is something to choose where one procedure is there in several languages."""
    library = Library([folder])
    library.refresh()
    assert library.languages == ("en", "da")


def test_nothing_is_offered_without_a_choice(folder: Path) -> None:
    """One procedure in one language each leaves nothing to choose."""
    (folder / "en.md").unlink()
    library = Library([folder])
    library.refresh()
    assert library.languages == ()
