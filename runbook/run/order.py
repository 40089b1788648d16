"""What applies and what comes next: derived from the text and the decisions, never stored.

`walk` lays a `Route` through a plan with the decisions taken. Going forward makes what is
passed over not applicable; sections on request are entered by a link only and return to
where it stood. Going back starts new attempts, which `evolve` does: a route itself only ever
goes forward. Lanes are laid one after the other, but what is decided in one of them passes
over its own steps and what follows the join, never over the steps of another lane.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from runbook.procedure.lanes import Path, side_by_side, track
from runbook.procedure.plan import Plan
from runbook.run.choices import Choice
from runbook.run.route import ON_REQUEST, Back, Route, Why, lay
from runbook.run.timed import Jump

__all__ = ["ON_REQUEST", "Route", "Why", "walk", "walk_back"]


def walk(
    plan: Plan,
    choices: Mapping[str, Choice],
    gone: Mapping[str, str],
    entered: Mapping[str, int] | None = None,
    jumps: Iterable[Jump] = (),
) -> Route:
    """Lay the route that these decisions and alternatives make.

    `choices` are the decisions as they stand, by step; `gone` maps a failed step to the
    `#id` that was taken instead of trying again; `entered` tells the entry of either. `jumps`
    left a step for another place before it was done, because of a watch or a missed time.
    """
    return _Walk(plan, choices, gone, entered, jumps).route()


def walk_back(
    plan: Plan,
    choices: Mapping[str, Choice],
    gone: Mapping[str, str],
    touched: Iterable[str],
    jumps: Iterable[Jump] = (),
) -> Route:
    """The route of an aborting run: the way back, then what was touched before.

    What did not apply before does not apply now, unless the way back leads there. Nothing else
    stops applying: it stays open and is not reached when the run ends.
    """
    before = walk(plan, choices, gone, jumps=jumps).not_applicable
    laid = _Walk(plan, choices, gone, jumps=jumps)
    for section in dict.fromkeys(plan.detour[step] for step in plan.way_back):
        laid.begin_in(section)
        laid.to_the_end()
    ours = laid.seen.union(plan.way_back)
    laid.na = {step: why for step, why in before.items() if step not in ours} | laid.na
    laid.order += [step for step in touched if step not in laid.seen | laid.na.keys()]
    return laid.laid()


class _Walk:
    """One walk along the plan, with the places to return to from sections on request."""

    def __init__(
        self,
        plan: Plan,
        choices: Mapping[str, Choice],
        gone: Mapping[str, str],
        entered: Mapping[str, int] | None = None,
        jumps: Iterable[Jump] = (),
    ) -> None:
        self.plan = plan
        self.choices = choices
        self.gone = gone
        self.entries = entered or {}
        self.jumps = list(jumps)
        self.order: list[str] = []
        self.seen: set[str] = set()
        self.passed: set[str] = set()
        self.na: dict[str, Why] = {}
        self.returns: list[tuple[int, int, Path, str | None]] = []
        self.at = 0
        self.end = len(plan.flat)
        self.inside: str | None = None
        self.base: Path = ()
        self.path: dict[str, Path] = {}
        self.entered_by: dict[str, str] = {}
        self.after: dict[str, tuple[str, Choice]] = {}
        self.backs: list[Back] = []

    def route(self) -> Route:
        """Walk to the end and say why the rest does not apply."""
        self.to_the_end()
        while self.jumps:
            self._jump(self.jumps.pop(0))
            self.to_the_end()
        for step in self.plan.flat:
            if step not in self.seen and step not in self.na:
                self.na[step] = Why(ON_REQUEST)
        return self.laid()

    def laid(self) -> Route:
        """The route as walked."""
        return lay(self.plan, self.order, self.na, self.backs, self.path)

    def begin_in(self, section: str) -> None:
        """Begin in a section that is otherwise entered by a link."""
        self.inside, self.returns, self.base = section, [], ()
        self.at, self.end = self.plan.span[section]

    def to_the_end(self) -> None:
        """Walk until nothing is left to return to."""
        while self._forward():
            pass

    def _forward(self) -> bool:
        """Take one place further; False at the end."""
        if self.at >= self.end:
            if not self.returns:
                return False
            self.at, self.end, self.base, self.inside = self.returns.pop()
            return True
        step = self.plan.flat[self.at]
        section = self.plan.detour.get(step)
        if section and section != self.inside:
            self.at = self.plan.span[section][1]
        elif step in self.seen or step in self.passed or self._ruled_out(step):
            self.at += 1
        elif (jump := next((j for j in self.jumps if j.at == step), None)) is not None:
            self.jumps.remove(jump)
            self._jump(jump)
        else:
            self._visit(step)
        return True

    def _jump(self, jump: Jump) -> None:
        """Go where a watch led, before the step that was in hand; back to it from a detour."""
        target = self.plan.target(jump.go)
        if target is None:
            return
        here = self.base + self.plan.path[jump.at] if jump.at else ()
        if self._enters(target):
            self._enter_from(self.plan.detour[target], self.plan.index[target], jump.at, here)
            return
        lane = self._track(here)
        if target not in self.seen and not side_by_side(lane, self._track_of(target)):
            self._go(target, Why(jump.step, jump.label), lane)

    def _ruled_out(self, step_id: str) -> bool:
        """True when the step hangs on an option that was not taken; notes why."""
        step = self.plan.procedure.by_id[step_id]
        if step.parent is None:
            return False
        above = self.na.get(step.parent)
        choice = self.choices.get(step.parent)
        if above is None and step.option is not None and choice is not None:
            above = Why(step.parent, choice.label) if choice.option != step.option else None
        if above is not None:
            self.na[step_id] = above
        return above is not None

    def _visit(self, step: str) -> None:
        """The step applies; then follow what was decided at it."""
        self.na.pop(step, None)
        self.order.append(step)
        self.seen.add(step)
        self.path[step] = self.base + self.plan.path[step]
        self.at += 1
        choice = self.choices.get(step)
        last = self.plan.last_of_option.get((step, choice.option)) if choice else None
        if choice is not None and last is not None:
            self.after[last] = (step, choice)
        elif choice is not None:
            self._follow(step, step, choice)
        if step in self.gone:
            self._follow(step, step, Choice(0, self.gone[step]))
        if step in self.after:
            decision, chosen = self.after.pop(step)
            self._follow(decision, step, chosen)

    def _follow(self, decision: str, last: str, choice: Choice) -> None:
        """Stop, or go where the decision leads once its own sub-steps are behind."""
        why = Why(decision, choice.label)
        if choice.stop:
            self._stop(why)
            return
        target = self.plan.target(choice.go) if choice.go else None
        if target is None:
            return
        if not self._enters(target) and self._is_beside(decision, target):
            self._leave_lane(decision, target, why)
        elif target in self.seen and not self._enters(target):
            self.backs.append((decision, target, last))
        else:
            self._go(target, why)

    def _enters(self, target: str) -> bool:
        """True when going there enters a section on request, perhaps once more."""
        section = self.plan.detour.get(target)
        return section is not None and section != self.inside

    def _is_beside(self, decision: str, target: str) -> bool:
        """True when the decision stands in one lane and the target in another."""
        return side_by_side(self._track_of(decision), self._track_of(target))

    def _track(self, path: Path) -> Path:
        return track(path, self.plan.lanes)

    def _track_of(self, step: str) -> Path:
        """The lanes in which a step stands, or would stand when walked to from here."""
        known = self.path.get(step)
        if known is None:
            detour = self.plan.detour.get(step)
            base = self.base if detour and detour == self.inside else ()
            known = base + self.plan.path[step]
        return self._track(known)

    def _stop(self, why: Why) -> None:
        """Nothing follows, but for the steps of other lanes: they were not asked."""
        if self.inside:
            self._rule_out(self.at, self.end, why)
        if self.inside and not self.returns:
            self._rule_out(self.end, len(self.plan.flat), why)
            self.at, self.end = 0, 0
            return
        self._come_out()
        self._rule_out(self.at, len(self.plan.flat), why)

    def _leave_lane(self, decision: str, target: str, why: Why) -> None:
        """Work goes on in another lane, whose steps stay what they are; this lane is over."""
        here, there = self._track_of(decision), self._track_of(target)
        shared = next(i for i, pair in enumerate(here) if pair != there[i])
        lane = here[: shared + 1]
        self._come_out()
        for step in self.plan.flat[self.at :]:
            if step not in self.seen and step not in self.na and not self.plan.detour.get(step):
                self._pass_over(step, why, within=lane)
        if target not in self.seen:
            self._step_back(self.plan.index[target])

    def _pass_over(self, step: str, why: Why, within: Path) -> None:
        if self._track_of(step)[: len(within)] == within:
            self.na[step] = why
            self.passed.add(step)

    def _go(self, target: str, why: Why, here: Path | None = None) -> None:
        """Jump ahead, or into a section on request."""
        there = self.plan.index[target]
        section = self.plan.detour.get(target)
        if section and section != self.inside:
            self._enter(section, there, why.step)
            return
        if not section and self.inside:
            self._come_out()
        if there < self.at:
            self._step_back(there)
        else:
            self._rule_out(self.at, there, why, self._track_of(target), here)

    def _come_out(self) -> None:
        """Back to where the text was left for a section on request."""
        if self.inside is None:
            return
        self.at = self.returns[0][0] if self.returns else self.at
        self.returns, self.inside, self.base = [], None, ()
        self.end = len(self.plan.flat)

    def _step_back(self, there: int) -> None:
        """Go on from an earlier place: what was passed over from there on applies after all."""
        for step in self.plan.flat[there : self.at]:
            if step in self.passed:
                self.passed.discard(step)
                self.na.pop(step, None)
        self.at = min(self.at, there)

    def _enter(self, section: str, there: int, by: str) -> None:
        """Enter a section on request, to come back here after it."""
        if not self._stays_with_other_lane(section, by):
            self._enter_from(section, there, by, self.path[by])

    def _enter_from(self, section: str, there: int, by: str, here: Path) -> None:
        """Walk a section on request as part of the place it is entered from."""
        self._forget(section)
        self.entered_by[section] = by
        self.returns.append((self.at, self.end, self.base, self.inside))
        self.inside, self.base = section, here
        self.at, self.end = there, self.plan.span[section][1]

    def _stays_with_other_lane(self, section: str, by: str) -> bool:
        """True when another lane entered the section later than this one did."""
        other = self.entered_by.get(section)
        if not other or not side_by_side(self._track_of(other), self._track_of(by)):
            return False
        return self.entries.get(other, 0) > self.entries.get(by, 0)

    def _forget(self, section: str) -> None:
        """A section entered once more stands where it is entered last."""
        start, end = self.plan.span[section]
        span = self.plan.flat[start:end]
        again = self.seen.intersection(span)
        if again:
            self.order = [step for step in self.order if step not in again]
            self.seen -= again
        for step in self.passed.intersection(span):
            self.passed.discard(step)
            self.na.pop(step, None)

    def _rule_out(
        self, start: int, end: int, why: Why, target: Path = (), lane: Path | None = None
    ) -> None:
        """What is passed over does not apply; other lanes and sections are left alone."""
        here, decision = (None, self.inside), self._track_of(why.step) if lane is None else lane
        for step in self.plan.flat[start:end]:
            if step in self.seen or step in self.na or self.plan.detour.get(step) not in here:
                continue
            beside = self._track_of(step)
            if not (side_by_side(beside, decision) or side_by_side(beside, target)):
                self.na[step] = why
                self.passed.add(step)
