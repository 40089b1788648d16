"""Alerts: which steps they protect."""

from __future__ import annotations

from collections.abc import Callable

from runbook.procedure.model import Alert, AlertKind, Procedure

Parse = Callable[[str], Procedure]


def texts(procedure: Procedure) -> list[tuple[str, list[str]]]:
    """Each step with the alerts that protect it."""
    return [(step.text, [alert.text for alert in step.alerts]) for step in procedure.steps]


def test_an_alert_before_a_list_protects_its_steps(plain: Parse) -> None:
    """Until the next list, which is not theirs."""
    procedure = plain("> [!WARNING]\n> Hot\n\n- [ ] a\n  - [ ] b\n- [ ] c\n\nWords.\n\n- [ ] d\n")
    assert texts(procedure) == [("a", ["Hot"]), ("b", ["Hot"]), ("c", ["Hot"]), ("d", [])]
    assert procedure.steps[0].alerts == (Alert(AlertKind.WARNING, "Hot", "Hot", 1, 3),)


def test_an_alert_inside_a_step_protects_it_alone(plain: Parse) -> None:
    """The next step is free of it."""
    procedure = plain("- [ ] a\n\n  > [!CAUTION]\n  > Slow\n\n- [ ] b\n")
    assert texts(procedure) == [("a", ["Slow"]), ("b", [])]


def test_an_alert_under_a_heading_protects_its_section(plain: Parse) -> None:
    """With text between it and the list it is the section's, sub-sections included."""
    procedure = plain(
        "## A\n\n> [!NOTE]\n> All\n\nWords.\n\n- [ ] a\n\n### B\n\n- [ ] b\n\n## C\n\n- [ ] c\n"
    )
    assert texts(procedure) == [("a", ["All"]), ("b", ["All"]), ("c", [])]
    assert [alert.text for alert in procedure.sections[0].alerts] == ["All"]


def test_an_alert_before_the_first_section_is_the_procedures(plain: Parse) -> None:
    """It belongs to the briefing."""
    procedure = plain("# T\n\n> [!IMPORTANT]\n> Read\n\n## A\n\n- [ ] a\n")
    assert [alert.text for alert in procedure.alerts] == ["Read"]
    assert texts(procedure) == [("a", [])]


def test_an_alert_after_the_last_list_stays_with_the_last_step(plain: Parse) -> None:
    """No alert is ever lost."""
    assert texts(plain("- [ ] a\n\n> [!TIP]\n> Late\n")) == [("a", ["Late"])]
