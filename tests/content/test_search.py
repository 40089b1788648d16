"""What one sees in the night finds the right procedure first."""

from __future__ import annotations

import pytest

from runbook.procedure.library import Library
from runbook.resources import shipped_procedures

SEEN = (
    ("on battery", "rb-01"),
    ("battery", "rb-01"),
    ("no mains", "rb-01"),
    ("generator alarm", "rb-01"),
    ("room dark", "rb-01"),
    ("stromsvigt", "rb-01"),
    ("power cut", "rb-01"),
    ("EPJ slow", "rb-03"),
    ("epj down", "rb-03"),
    ("cannot log on", "rb-03"),
    ("read-only", "rb-03"),
    ("site does not answer", "rb-02"),
    ("whole site lost", "rb-02"),
    ("split brain", "rb-02"),
    ("downtime box", "rb-04"),
    ("paper forms", "rb-04"),
    ("back-entry", "rb-04"),
    ("efterregistrering", "rb-04"),
    ("failback", "rb-05"),
    ("no redundancy", "rb-05"),
    ("genopretning", "rb-05"),
    ("nothing works", "rb-00"),
    ("who do I call", "rb-00"),
    ("journalist", "rb-06"),
    ("what do we tell patients", "rb-06"),
    ("datatilsynet", "rb-06"),
    ("presse", "rb-06"),
    ("72 hours", "rb-06"),
    ("what went wrong", "rb-07"),
    ("lessons", "rb-07"),
    ("logs are overwritten", "rb-07"),
    ("evaluering", "rb-07"),
    ("vendor does not answer", "rb-08"),
    ("spare part", "rb-08"),
    ("hotline", "rb-08"),
    ("leverandør", "rb-08"),
    ("network down", "rb-09"),
    ("flapping", "rb-09"),
    ("telephones dead", "rb-09"),
    ("netværk nede", "rb-09"),
    ("network comes and goes", "rb-09"),
    ("missing data", "rb-10"),
    ("checksum", "rb-10"),
    ("deleted by mistake", "rb-10"),
    ("wrong patient", "rb-10"),
    ("forkerte data", "rb-10"),
    ("room hot", "rb-11"),
    ("temperature alarm", "rb-11"),
    ("water on the floor", "rb-11"),
    ("køling svigter", "rb-11"),
    ("files encrypted", "rb-12"),
    ("strange logons", "rb-12"),
    ("hacked", "rb-12"),
    ("løsesum", "rb-12"),
    ("smoke", "rb-13"),
    ("fire", "rb-13"),
    ("swollen battery", "rb-13"),
    ("brand", "rb-13"),
)


@pytest.fixture(scope="module")
def library() -> Library:
    """The shipped procedures, read once."""
    shelf = Library([shipped_procedures()])
    shelf.refresh()
    return shelf


@pytest.mark.parametrize(("seen", "procedure"), SEEN)
def test_a_symptom_finds_its_procedure(library: Library, seen: str, procedure: str) -> None:
    """The first hit for what is seen is the procedure to take."""
    hits = library.search(seen)
    assert [hit.entry.id for hit in hits][:1] == [procedure]
