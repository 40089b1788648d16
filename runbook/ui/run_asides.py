"""The pages that stand aside of the step: contacts, incident, reports, roles, the handover."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from runbook.ui.run_middle import Aside
    from runbook.ui.run_page import RunPage

ASIDES: Final = {
    "C": "contacts",
    "I": "incident",
    "Z": "report",
    "M": "roles",
    "Ctrl+H": "handover",
}
"""The key of each page."""


class RunAsides(QObject):
    """Makes each page when it is first asked for, and turns to it."""

    def __init__(self, page: RunPage) -> None:
        super().__init__(page)
        self._page = page
        self._made: dict[str, Aside] = {}

    def open(self, name: str) -> None:
        """Turn to a page; nothing happens for a name that has none."""
        if name not in ASIDES.values():
            return
        made = self._made.get(name) or self._make(name)
        self._page.turn_aside(made)
        state = self._page.state
        if name == "incident" and state is not None and state.messages.declaration is None:
            self._choose_declaration(made)

    def _choose_declaration(self, page: Aside) -> None:
        """Before an incident is declared its page begins with that question."""
        from runbook.ui.aside_page import AsidePage  # noqa: PLC0415 - known by then

        if isinstance(page, AsidePage) and self._page.middle.aside is page:
            page.choose("declare")

    def _make(self, name: str) -> Aside:
        # Made when first needed: the window is measured by how fast it opens.
        from runbook.ui.contacts_page import ContactsPage  # noqa: PLC0415
        from runbook.ui.handover_page import HandoverPage  # noqa: PLC0415
        from runbook.ui.incident_page import IncidentPage  # noqa: PLC0415
        from runbook.ui.report_page import ReportPage  # noqa: PLC0415
        from runbook.ui.roles_page import RolesPage  # noqa: PLC0415

        middle = self._page.middle
        made: Aside
        match name:
            case "contacts":
                made = ContactsPage(middle)
            case "incident":
                made = IncidentPage(middle)
            case "roles" | "handover":
                acts = RolesPage(middle) if name == "roles" else HandoverPage(middle)
                acts.acted.connect(self._page.asks.act)
                acts.form.closed.connect(self._page.focus_step)
                acts.people = self._page.people
                made = acts
            case _:
                report = ReportPage(middle)
                report.file_wanted.connect(self._page.file_wanted)
                made = report
        made.left.connect(self._page.look_home)
        made.form.submitted.connect(self._page.asks.answered)
        middle.addWidget(made)
        self._made[name] = made
        return made
