"""The run in hand on the screen: its page, its band, its saved state, and who acts in it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QStackedWidget

from runbook.ui.key_guard import PAINT_MS
from runbook.ui.mode_band import ModeBand, ModeFrame, facts_of
from runbook.ui.run_switch import RunSwitch

if TYPE_CHECKING:
    from collections.abc import Mapping

    from runbook.operators import Claim, Signed
    from runbook.run.commands import Command, Refused
    from runbook.run.entry import Actor
    from runbook.run.state import RunState
    from runbook.ui.controller import Controller
    from runbook.ui.desk import Place
    from runbook.ui.messages import StatusBar
    from runbook.ui.run_page import RunPage

_SECOND_MS = 1000
_BATTERY_EVERY_S = 60


@dataclass(frozen=True, slots=True)
class Stage:
    """The parts of the window that tell of a run."""

    stack: QStackedWidget
    frame: ModeFrame
    band: ModeBand
    status: StatusBar


class RunScreen(QObject):
    """Shows what the controller tells of a run. The page is made when the first run opens.

    `titled` is emitted when the window needs another title, `person_changed` with the initials
    of whoever sits at the keyboard from now on.
    """

    left = Signal()
    report_wanted = Signal()
    help_wanted = Signal()
    titled = Signal()
    person_changed = Signal(str)

    def __init__(self, controller: Controller, stage: Stage, parent: QObject) -> None:
        super().__init__(parent)
        self._controller = controller
        self._stage = stage
        self._page: RunPage | None = None
        self._switch = RunSwitch(controller, stage.stack, self)
        self._switch.start_wanted.connect(self.left)
        self._actor: Actor | None = None
        self._claim: Claim | None = None
        self._ticks = 0
        self._sounds = False
        self._has_called = False
        self._is_changed = False
        self._seconds = QTimer(self, interval=_SECOND_MS)
        self._seconds.timeout.connect(self._tick)
        self._around = QTimer(self, singleShot=True, interval=PAINT_MS)
        self._around.timeout.connect(self._show_around)
        controller.opened.connect(self._open)
        controller.changed.connect(self._change)
        controller.saving.connect(self._saving)
        controller.learned.connect(self._learn)

    @property
    def is_shown(self) -> bool:
        """True while the run's page is on the screen."""
        return self._page is not None and self._stage.stack.currentWidget() is self._page

    def act_as(self, operator: str, role: str, pin: str = "") -> Claim:
        """The person who wants to go on at the keyboard, taken at his word until he proves it."""
        from runbook.operators import Claim  # noqa: PLC0415 - loaded by the journal by then
        from runbook.run.entry import Actor  # noqa: PLC0415

        self._actor = Actor(operator=operator, role=role)
        self._claim = Claim(operator, pin, role)
        return self._claim

    def focus(self) -> None:
        """Give the keys to the step in hand."""
        if self._page is not None:
            self._page.focus_step()

    def leave(self) -> None:
        """Take the run's marks off the window; its clocks stand still until it is back."""
        self.stop()
        self._stage.frame.show_mode(None)
        self._stage.band.show_facts(None, datetime.now(UTC))
        self.titled.emit()

    def show_sounds(self, *, on: bool) -> None:
        """Call for attention by a sound when a time is over, or in silence."""
        self._sounds = on
        for page in self._switch.pages.values():
            page.sounds = on

    def stop(self) -> None:
        """The window closes."""
        self._seconds.stop()
        self._around.stop()

    def show_refused(self, refused: Refused) -> None:
        """Say why a command was not carried out."""
        if self._page is not None:
            self._page.show_refused(refused)

    def show_not_recorded(self, message: str) -> None:
        """Say that nothing was recorded, where the person works."""
        if self._page is not None:
            self._page.show_not_recorded(message)

    @Slot(bool)
    def show_changed(self, is_changed: bool) -> None:  # noqa: FBT001 - Qt's signal
        """Say that the procedure's file has changed since the run began, or no longer say it."""
        self._is_changed = is_changed
        if self._controller.place is not None and self.is_shown:
            self._show_band(self._controller.place)

    @Slot(object)
    def _open(self, place: Place) -> None:
        self._is_changed = False
        self._take_role(place)
        if self._page is not None:
            self._page.let_go()
        known = self._switch.pages.get(place.state.run)
        page = self._page = known or self._make_page(place.state.run)
        self._stage.stack.setCurrentWidget(page)
        self._show(place, page)
        self._show_around()
        self._seconds.start()
        page.come_back()
        self._sit_down(place, page)
        if known is None:
            self._controller.learn(place.state.mode.family, place.state.run)

    def _sit_down(self, place: Place, page: RunPage) -> None:
        """Whoever goes on with a run is recorded at its keyboard, with his PIN if he has one."""
        from runbook.operators import Signed  # noqa: PLC0415 - loaded by the page by then
        from runbook.run.commands_people import SitDown  # noqa: PLC0415
        from runbook.run.people import same_person  # noqa: PLC0415
        from runbook.run.state import ENDED  # noqa: PLC0415

        claim, self._claim = self._claim, None
        begun, here = place.entries[-1].actor, place.state.at_keyboard
        if self._actor is None or place.state.status in ENDED or not place.may_record:
            return
        if claim is None:  # turned to from another run: who sits here is known
            if not same_person(here, self._actor.operator):
                page.submit(SitDown())
        elif begun.assurance == "pin" and same_person(begun.operator, self._actor.operator):
            self._actor = begun  # the run was started here, with the PIN
        elif not same_person(here, self._actor.operator) or place.has_pin(claim.initials):
            page.submit(Signed(SitDown(), claim))

    def _make_page(self, run: str) -> RunPage:
        # Made when first needed: the window is measured by how fast it opens.
        from runbook.ui.run_page import RunPage  # noqa: PLC0415

        page = self._switch.pages[run] = RunPage(self._stage.stack)
        page.sounds = self._sounds
        page.requested.connect(self._submit)
        page.left.connect(self._switch.show_overview)
        page.go_to.connect(self._switch.go_to)
        page.next_wanted.connect(self._switch.go_to_next)
        page.report_wanted.connect(self.report_wanted)
        page.file_wanted.connect(self._save_text)
        page.sheet_wanted.connect(self._save_sheet)
        page.help_wanted.connect(self.help_wanted)
        page.turned.connect(self._show_around)
        self._stage.stack.addWidget(page)
        return page

    @Slot(object)
    def _change(self, place: Place) -> None:
        if self._page is None:
            return
        self._follow_person(place)
        self._show(place, self._page)
        if place.copies:  # none: another program recorded it, and this window follows
            receipt = self.tr("number {seq} of the journal").format(seq=place.seq)
            self._page.show_saved(receipt, place.copies, place.problem)

    def _follow_person(self, place: Place) -> None:
        """Act as whoever sat down at the keyboard just now."""
        from runbook.run.events_people import PersonAtKeyboard  # noqa: PLC0415 - loaded by then

        last = place.entries[-1]
        if place.copies and isinstance(last.event, PersonAtKeyboard):
            self._actor = last.actor
            self.person_changed.emit(last.actor.operator)

    def _show(self, place: Place, page: RunPage) -> None:
        page.know(place.people)
        page.show_around(place.around)
        page.show_state(place.state, place.entries)
        self._around.start()

    @Slot()
    def _show_around(self) -> None:
        """Show what stands around the page; the step itself is painted before it."""
        self._around.stop()
        place = self._controller.place
        if place is None or not self.is_shown:
            return
        self._stage.frame.show_mode(place.state.mode)
        self._show_band(place)
        self._show_saved(place)
        self.titled.emit()

    def _show_band(self, place: Place) -> None:
        operator, role = (self._actor.operator, self._actor.role) if self._actor else ("", "")
        facts = facts_of(self._in_hand(place), operator=operator, role=role)
        if self._is_changed:
            words = self.tr("{revision} (the file has changed since)")
            facts = replace(facts, revision=words.format(revision=facts.revision or "–"))
        self._stage.band.show_facts(facts, datetime.now(UTC))

    def _in_hand(self, place: Place) -> RunState:
        """The run as its page shows it: another lane's step may be in hand there."""
        shown = self._page.state if self._page is not None else None
        return shown if shown is not None and shown.run == place.state.run else place.state

    def _show_saved(self, place: Place) -> None:
        if place.problem:
            self._stage.status.show_saved(place.problem, "warn")
        else:
            words = self.tr("All {n} entries of this run saved to disk")
            self._stage.status.show_saved(words.format(n=len(place.entries)), "good")

    @Slot(object)
    def _submit(self, asked: Command | Signed) -> None:
        """Carry a command to the journal, as the person at the keyboard or whoever signs it."""
        from runbook.operators import Signed, Witnessed  # noqa: PLC0415 - loaded by the page by then

        if isinstance(asked, Witnessed) and self._actor is not None:
            self._controller.submit(asked.command, self._actor, asked.claim)
        elif isinstance(asked, Signed):
            self._controller.submit(asked.command, asked.claim)
        elif self._actor is not None:
            self._controller.submit(asked, self._actor)

    @Slot(str, str)
    def _save_text(self, name: str, text: str) -> None:
        if self._controller.place is not None:
            family = self._controller.place.state.mode.family
            self._controller.save_text(family, name, text)

    @Slot()
    def _save_sheet(self) -> None:
        place = self._controller.place
        if place is not None:
            self._controller.save_sheet(place.state.mode.family, place.state.run)

    @Slot(str, object)
    def _learn(self, run: str, typical: Mapping[str, int]) -> None:
        """Reckon with what the steps took in earlier runs."""
        place = self._controller.place
        if self._page is not None and place is not None and place.state.run == run:
            self._page.side.clocks.show_typical(typical)

    @Slot(float)
    def _saving(self, seconds: float) -> None:
        words = self.tr("Not saved yet, {seconds} s").format(seconds=f"{seconds:.1f}")
        self._stage.status.show_saved(words, "warn")
        if self._page is not None:
            self._page.show_saving(seconds)

    def _take_role(self, place: Place) -> None:
        """Act in the role this person holds in the run, which may be none."""
        from runbook.run.people import held_by  # noqa: PLC0415 - loaded by the journal by then

        assert self._actor is not None
        self._actor = _named(self._actor, (place.state.at_keyboard, *place.people))
        held = held_by(place.state, self._actor.operator)
        keeps = self._actor.role in place.state.procedure.front.roles
        if held and self._actor.role not in held:
            self._actor = _in_role(self._actor, held[0])
        elif not held and not keeps:
            self._actor = _in_role(self._actor, "")

    @Slot()
    def _tick(self) -> None:
        self._stage.band.tick(datetime.now(UTC))
        self._ticks += 1
        self._controller.follow()
        self._show_alerts()
        if self._ticks % _BATTERY_EVERY_S == 0:
            self._stage.status.show_battery()

    def _show_alerts(self) -> None:
        """Tell what is due in any open run, whatever page is shown."""
        if self._page is None:
            return
        pages = (page for page in self._switch.pages.values() if page is not self._page)
        others = [page.state for page in pages if page.state is not None]
        words, tone = self._page.show_elsewhere(others)
        if words and not self.is_shown:
            self._stage.status.show_saved(words, tone)
            self._has_called = True
        elif self._has_called and self._controller.place is not None:
            self._has_called = False
            self._show_saved(self._controller.place)


def _in_role(actor: Actor, role: str) -> Actor:
    """The same person in another role."""
    from msgspec.structs import replace  # noqa: PLC0415 - loaded by the journal by then

    return replace(actor, role=role)


def _named(actor: Actor, known: tuple[str, ...]) -> Actor:
    """The same person by the initials that are known here, however they were typed."""
    from msgspec.structs import replace  # noqa: PLC0415 - as above

    from runbook.run.people import same_person  # noqa: PLC0415

    names = (one for one in known if one and same_person(one, actor.operator))
    return replace(actor, operator=next(names, actor.operator))
