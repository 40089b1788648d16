"""Settings, language, battery, times, the order of runs: small things people rely on."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runbook.run.statuses import Mode, RunStatus
from runbook.ui import times
from runbook.ui.actions import ACTIONS, Act, words_of
from runbook.ui.language import PseudoTranslator
from runbook.ui.messages import battery_level
from runbook.ui.run_line import RunLine, by_urgency
from runbook.ui.settings import Settings, SettingsFile

NOW = datetime(2026, 11, 22, 2, 41, 17, tzinfo=UTC)


def line(mode: Mode, status: RunStatus, minutes: int) -> RunLine:
    """A run begun some minutes ago."""
    since = NOW - timedelta(minutes=minutes)
    return RunLine(f"R{minutes}", mode, "Mains loss", status, "HRM", since, NOW)


lines = st.builds(line, st.sampled_from(Mode), st.sampled_from(RunStatus), st.integers(0, 100_000))


@given(st.lists(lines, max_size=12))
def test_open_live_runs_come_first(found: list[RunLine]) -> None:
    """No ended run stands before an open one, and no open drill before an open LIVE run."""
    ordered = by_urgency(found)
    assert sorted(map(id, ordered)) == sorted(map(id, found))
    opened = [run.is_open for run in ordered]
    assert opened == sorted(opened, reverse=True)
    modes = [list(Mode).index(run.mode) for run in ordered if run.is_open]
    assert modes == sorted(modes)


def test_settings_come_back(tmp_path: Path) -> None:
    """What was kept is there at the next start; nothing is written before."""
    first = SettingsFile(tmp_path)
    assert first.now == Settings()
    assert not list(tmp_path.iterdir())
    first.keep(Settings(operator="HRM", theme="light"))
    assert SettingsFile(tmp_path).now == Settings(operator="HRM", theme="light")


def test_the_chosen_look_wins_over_the_hour() -> None:
    """A choice holds by day and by night."""
    assert Settings(theme="light-large").look(NOW).name == "light-large"


@given(st.text(), st.sampled_from(["operator", "run", "n"]))
def test_the_pretended_language_keeps_names_in_braces(text: str, name: str) -> None:
    """A pretended text can be filled in as the real one, and is longer."""
    plain = text.replace("{", "").replace("}", "")
    made = PseudoTranslator().translate("Any", plain + "{" + name + "}")
    assert "{" + name + "}" in made
    assert len(made) > len(plain)


def test_the_pretended_language_leaves_keys_alone() -> None:
    """Names of keys come from Qt and stay readable."""
    assert PseudoTranslator().translate("QShortcut", "Ctrl") == ""


def test_the_battery_is_read_where_there_is_one(tmp_path: Path) -> None:
    """No battery is no error; a broken one is passed over."""
    assert battery_level(tmp_path) is None
    for name, text in (("BAT0", "full"), ("BAT1", "71\n")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "capacity").write_text(text, encoding="ascii")
    assert battery_level(tmp_path) == 71


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(0, "0:00:00"), (1982, "0:33:02"), (36_000, "10:00:00"), (-61, "-0:01:01")],
)
def test_durations_read_as_a_clock(seconds: int, shown: str) -> None:
    """Hours, minutes and seconds, with a sign for what is past."""
    assert times.duration(seconds) == shown


def test_ages_are_told_in_words() -> None:
    """Days below two months, months above."""
    today = date(2026, 11, 22)
    assert times.age(today, today) == "today"
    assert times.age(date(2026, 11, 21), today) == "yesterday"
    assert times.age(date(2026, 10, 1), today) == "52 days ago"
    assert times.age(date(2026, 3, 2), today) == "8 months ago"


def test_every_action_has_words_and_keys_of_its_own() -> None:
    """No two actions share a key, and each can be named."""
    assert len({spec.keys for spec in ACTIONS}) == len(ACTIONS) == len(Act)
    assert all(words_of(act) for act in Act)
