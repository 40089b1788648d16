"""The outline follows the run, and tells of no more lines than have changed."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from runbook.run.commands import (
    Choose,
    Command,
    Confirm,
    Defer,
    Fail,
    Read,
    Reopen,
    Skip,
    Take,
)
from runbook.ui.outline_model import OutlineModel, OutlineRow
from tests.ui.run_driver import Driver
from tests.ui.run_texts import POWER, many

STEPS = ("declare", "ups", "genset", "crank", "down", "tell")


def rows(model: OutlineModel) -> list[OutlineRow]:
    """All lines."""
    return [model.row(place) for place in range(model.rowCount())]


def commands() -> st.SearchStrategy[Command]:
    """Anything an operator may ask at any step."""
    step = st.sampled_from(STEPS)
    return st.one_of(
        st.builds(Confirm, step=step, deviation=st.sampled_from(("", "as it was"))),
        st.builds(Choose, step=step, option=st.integers(0, 2), reason=st.just("new facts")),
        st.builds(Skip, step=step, reason=st.just("no")),
        st.builds(Defer, step=step, target=st.just("tell"), reason=st.just("later")),
        st.builds(Fail, step=step, observation=st.just("nothing")),
        st.builds(Reopen, step=step, reason=st.just("again")),
        st.builds(Take, step=step),
        st.builds(Read, step=step, name=st.just("ups_runtime"), typed=st.just("43")),
    )


@settings(max_examples=40, deadline=None)
@given(st.lists(commands(), max_size=12))
def test_following_a_run_ends_where_a_fresh_look_begins(asked: list[Command]) -> None:
    """Taking in each state in turn shows the same lines and counts as the last one alone."""
    driver = Driver(POWER)
    followed, fresh = OutlineModel(), OutlineModel()
    followed.show_state(driver.runner.state)
    for command in asked:
        driver.do(command)
        followed.show_state(driver.runner.state)
    fresh.show_state(driver.runner.state)
    assert rows(followed) == rows(fresh)
    sections = [row.section for row in rows(fresh) if row.is_heading]
    assert [followed.counts(s) for s in sections] == [fresh.counts(s) for s in sections]
    driver.page.deleteLater()


def test_one_step_of_two_thousand_tells_of_a_few_lines(qtbot: QtBot) -> None:
    """The step settled, the step that is next, and the heading's count: nothing else."""
    driver = Driver(many(2000))
    qtbot.addWidget(driver.page)
    model = OutlineModel()
    model.show_state(driver.runner.state)
    told: list[int] = []
    model.dataChanged.connect(lambda first, _last: told.append(first.row()))
    driver.do(Confirm(step="s0"))
    model.show_state(driver.runner.state)
    assert sorted(set(told)) == [0, 1, 2]


def test_showing_the_same_state_twice_tells_nothing(qtbot: QtBot) -> None:
    """No line has changed, none is drawn."""
    driver = Driver(POWER)
    qtbot.addWidget(driver.page)
    model = OutlineModel()
    model.show_state(driver.runner.state)
    with qtbot.assertNotEmitted(model.dataChanged), qtbot.assertNotEmitted(model.modelReset):
        model.show_state(driver.runner.state)


def test_a_heading_counts_what_is_settled(qtbot: QtBot) -> None:
    """`n of m` goes up with each settled step; steps that do not apply do not count."""
    driver = Driver(POWER)
    qtbot.addWidget(driver.page)
    driver.do(Confirm(step="declare"))
    model = OutlineModel()
    model.show_state(driver.runner.state)
    spoken = model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Section 1 Assess: 1 of 3"


def test_a_search_finds_by_number_and_words(qtbot: QtBot) -> None:
    """All words have to be there, in any order, whatever their case."""
    driver = Driver(POWER)
    qtbot.addWidget(driver.page)
    model = OutlineModel()
    model.show_state(driver.runner.state)
    found = model.matches("HOSPITAL tell") or set()
    assert {model.row(place).step for place in found} == {"", "tell"}
    assert model.matches("  ") is None
