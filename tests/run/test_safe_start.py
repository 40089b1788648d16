"""The latest safe start: what has to begin by when, or does not fit any more."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from runbook.run.resource import resource_clocks
from runbook.run.safe_start import Level, SafeStart, safe_starts, thresholds
from tests.fakes import START
from tests.run.rig import Rig

TEXT = """
    # Power
    ## Watch
    - [ ] Read it (~1m) <!-- id: a -->
      - Record: ups = UPS runtime, min, 0 to 240, from the panel, runs down
    - [ ] Every 2 min: read it again <!-- id: watch -->
      - Record: ups = UPS runtime, min, 0 to 240, from the panel, runs down
      - When: ups <= 14 min: go to [Stop](#stop)
      - When: ups <= 3: tell somebody
      - When: ups >= 100: rest
    ## Stop (before ups runs out) <!-- id: stop -->
    - [ ] Stop one (~4m) <!-- id: one -->
    ### Both (parallel)
    #### Left
    - [ ] Stop two (~5m) <!-- id: two -->
    #### Right
    - [ ] Stop three (~3m) <!-- id: three -->
    ## Seal (before ups runs out) <!-- id: seal -->
    - [ ] Open the boards (~3m) <!-- id: boards -->
"""


def rig_at(minutes: str = "27") -> Rig:
    """A run whose runtime was read at 18:00."""
    rig = Rig(TEXT)
    rig.journal.step, rig.journal.at = timedelta(), START
    rig.read("a", "ups", minutes)
    return rig


def start_of(rig: Rig) -> SafeStart:
    """The one latest safe start."""
    clocks = {clock.name: clock for clock in resource_clocks(rig.state)}
    (found,) = safe_starts(rig.state, clocks, rig.journal.now())
    return found


def after(minutes: float) -> datetime:
    """So many minutes after 18:00."""
    return START + timedelta(minutes=minutes)


def test_it_is_the_end_less_the_work() -> None:
    """27 minutes, and 4 + 5 + 3 of work: it has to begin by 18:15."""
    found = start_of(rig_at())
    assert found.laid.end_s == 12 * 60
    assert found.latest == after(15)
    assert found.sections == ("stop", "seal")


def test_green_amber_red() -> None:
    """Amber within the longest step, red after it, and then it says what no longer fits."""
    found = start_of(rig_at())
    assert found.level(after(9)) is Level.GREEN
    assert found.level(after(10)) is Level.AMBER
    assert found.level(after(15)) is Level.AMBER
    assert found.misfits(after(15)) == ()
    assert found.level(after(15.1)) is Level.RED
    assert found.misfits(after(16)) == ("boards",)
    assert found.misfits(after(19)) == ("two", "boards")


def test_work_that_is_done_makes_room() -> None:
    """Each step done moves the moment; with nothing left there is nothing to say."""
    rig = rig_at()
    rig.done("one")
    assert start_of(rig).latest == after(19)
    rig.done("two", "three", "boards")
    assert safe_starts(rig.state, {}, rig.journal.now()) == ()


def test_before_any_reading_only_the_work_is_known() -> None:
    """Without a reading nobody can say when."""
    rig = Rig(TEXT)
    found = start_of(rig)
    assert (found.label, found.latest, found.level(START)) == ("UPS runtime", None, None)
    assert found.laid.end_s == 12 * 60


def test_watches_say_when_their_threshold_comes() -> None:
    """14 minutes are left at 18:13, three at 18:24; what the clock never runs into is left out."""
    rig = rig_at()
    clocks = {clock.name: clock for clock in resource_clocks(rig.state)}
    found = thresholds(rig.state, clocks)
    assert [(t.step, t.value, t.at) for t in found] == [
        ("watch", 14.0, after(13)),
        ("watch", 3.0, after(24)),
    ]


@given(st.lists(st.integers(1, 20), min_size=1, max_size=5), st.integers(1, 20), st.booleans())
def test_more_work_is_never_a_later_start(steps: list[int], more: int, beside: bool) -> None:  # noqa: FBT001
    """Whatever is added, in a row or beside the rest, the moment never moves away."""
    assert _latest(steps, more, beside=beside) <= _latest(steps, 0, beside=beside)


def _latest(steps: list[int], more: int, *, beside: bool) -> datetime:
    lane = "\n### Beside\n" if beside else "\n"
    lines = [f"- [ ] Do (~{m}m) <!-- id: s{i} -->" for i, m in enumerate(steps)]
    rig = Rig(
        "# Work\n\n- [ ] Read it <!-- id: a -->\n"
        "  - Record: ups = UPS runtime, min, 0 to 240, from the panel, runs down\n"
        "\n## Stop (parallel, before ups runs out)\n### Lane\n"
        + "\n".join(lines)
        + lane
        + (f"- [ ] More (~{more}m) <!-- id: more -->\n" if more else "- [ ] Nothing\n")
    )
    rig.journal.step = timedelta()
    rig.journal.at = START
    rig.read("a", "ups", "60")
    latest = start_of(rig).latest
    assert latest is not None
    return latest
