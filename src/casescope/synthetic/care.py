"""One child's time in care: why it starts, where the child lives, what the court says, how it ends.

Rates are rough shares of English practice: most babies are adopted or go to kin within two years,
older children go home or grow up in care.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from casescope.kernel.dates import add_years, age_on
from casescope.synthetic.dice import Dice
from casescope.synthetic.facts import REFERENCE, Child, Episode, Order, Proceedings

FATES_BY_AGE = (
    (1, {"adopted": 0.48, "kin": 0.27, "home": 0.11, "stays": 0.14}),
    (5, {"adopted": 0.26, "kin": 0.3, "home": 0.16, "stays": 0.28}),
    (10, {"adopted": 0.03, "kin": 0.26, "home": 0.21, "stays": 0.5}),
    (99, {"adopted": 0.0, "kin": 0.1, "home": 0.25, "stays": 0.65}),
)
"""What becomes of a child by age at removal (under this many years)."""

VOLUNTARY_FATES = {"home": 0.55, "kin": 0.15, "stays": 0.3}
NEEDS = {"N1": 0.76, "N3": 0.07, "N4": 0.07, "N5": 0.065, "N8": 0.02, "N7": 0.015}


@dataclass(frozen=True)
class Step:
    """From this day the child has this legal status and this placement."""

    day: date
    status: str
    place: str


def age_share(child: Child, day: date) -> int:
    """Return the child's age in whole years on a day."""
    return age_on(child.born, day) if child.born else 0


def fate_of(dice: Dice, child: Child, start: date, route: str) -> str:
    """Draw what becomes of the child."""
    age = age_share(child, start)
    if route == "voluntary":
        return dice.weighed(VOLUNTARY_FATES)
    return dice.weighed(next(fates for below, fates in FATES_BY_AGE if age < below))


def foster_place(dice: Dice, age: int) -> str:
    """Draw a placement away from home for a child of this age."""
    if age >= 16:
        return dice.weighed({"K3": 0.4, "U6": 0.3, "K2": 0.2, "Z11": 0.1})
    if age >= 11:
        return dice.weighed({"U6": 0.5, "K2": 0.25, "U3": 0.15, "U4": 0.1})
    return dice.weighed({"U6": 0.58, "U3": 0.2, "U5": 0.1, "U4": 0.08, "T0": 0.04})


def opening(dice: Dice, start: date, route: str) -> tuple[list[tuple[date, str]], date | None]:
    """Return the first legal statuses, and the day of the first care order if there is one."""
    if route == "court":
        return [(start, "C1")], start
    if route == "emergency":
        status = dice.pick(("L1", "L2"))
        order = dice.after(start, 1, 3 if status == "L1" else 8)
        return [(start, status), (order, "C1")], order
    if route == "voluntary":
        return [(start, "V2")], None
    days = (1, 14) if route == "voluntary_then_order" else (15, 200)
    order = dice.after(start, *days)
    return [(start, "V2"), (order, "C1")], order


class Career:
    """Builds one period of care of one child and what the court and the tables hold of it."""

    def __init__(self, dice: Dice, child: Child, start: date, route: str, fate: str = "") -> None:
        self.dice, self.child, self.start = dice, child, start
        self.age = age_share(child, start)
        self.need = dice.weighed(NEEDS)
        self.statuses, self.ordered = opening(dice, start, route)
        self.steps: list[Step] = []
        self.final = dice.after(self.ordered or start, 140, 330)
        self.fate = fate or fate_of(dice, child, start, route)
        self.end: date | None = None
        self.reason = ""

    def live(self, first_place: str = "", moved: date | None = None) -> date:
        """Write the period into the child, up to the reference date; return the removal's date.

        With a `first_place` (`P1`, `R3`) the child stays there with the mother until `moved`.
        """
        place = foster_place(self.dice, self.age)
        self._open(first_place or place)
        if moved:
            self._move(moved, place)
        {"adopted": self._adopted, "kin": self._kin, "home": self._home, "stays": self._stays}[
            self.fate
        ](place)
        self._grow_up()
        self._write()
        return moved or self.start

    def _open(self, place: str) -> None:
        self.steps = [Step(day, status, place) for day, status in self.statuses]

    def _move(self, day: date, place: str) -> None:
        """Change the placement from `day` on, under the status that holds then."""
        before = [step for step in self.steps if step.day < day]
        later = [Step(s.day, s.status, place) for s in self.steps if s.day > day]
        held = next((s.status for s in self.steps if s.day == day), before[-1].status)
        self.steps = [*before, Step(day, held, place), *later]

    def _then(self, day: date, status: str, place: str) -> None:
        if day > self.steps[-1].day:
            self.steps.append(Step(day, status, place))

    def _adopted(self, place: str) -> None:
        self._then(self.final, "E1", place)
        placed = self.dice.after(self.final, 60, 330)
        self._then(placed, "E1", self.dice.weighed({"A6": 0.7, "A5": 0.3}))
        self.end = self.dice.after(placed, 150, 380)
        self.reason = self.dice.weighed({"E12": 0.6, "E11": 0.4})

    def _kin(self, _place: str) -> None:
        if self.dice.chance(0.6):
            self._then(self.dice.after(self.steps[-1].day, 20, 90), self.steps[-1].status, "U3")
        self.end = max(self.final, self.steps[-1].day + timedelta(days=1))
        codes = {"E45": 0.3, "E46": 0.05, "E47": 0.4, "E48": 0.03, "E41": 0.22}
        self.reason = self.dice.weighed(codes)
        if self.end < date(2018, 4, 1):
            old = {"E45": "E43", "E46": "E43", "E47": "E44", "E48": "E44"}
            self.reason = old.get(self.reason, self.reason)

    def _home(self, _place: str) -> None:
        if self.ordered and self.dice.chance(0.2):
            self._then(self.final, "C2", "P1")
            self.end = self.dice.after(self.final, 120, 900)
        else:
            last = self.steps[-1].day
            self.end = self.dice.after(last, 10, 240 if self.ordered else 150)
        self.reason = self.dice.weighed({"E4A": 0.75, "E4B": 0.25})

    def _stays(self, place: str) -> None:
        if self.ordered:
            self._then(self.final, "C2", place)
        day = self.steps[-1].day
        while self.dice.chance(0.75):
            day = self.dice.after(day, 150, 1100)
            age = age_share(self.child, day)
            self._then(day, self.steps[-1].status, foster_place(self.dice, age))
        if self.dice.chance(0.006):
            self.end, self.reason = self.dice.after(day, 30, 300), "E2"

    def _grow_up(self) -> None:
        """Nobody stays in care beyond the eighteenth birthday."""
        birthday = add_years(self.child.born, 18) if self.child.born else date.max
        if self.end is None or self.end > birthday:
            self.end = birthday
            self.reason = self.dice.weighed({"E17": 0.4, "E5": 0.35, "E6": 0.2, "E7": 0.05})
        self.steps = [step for step in self.steps if step.day < birthday]

    def _write(self) -> None:
        steps = [s for s in self.steps if s.day <= REFERENCE and (not self.end or s.day < self.end)]
        for step, following in zip(steps, [*steps[1:], None], strict=True):
            if following:
                end, reason = following.day, "X1"
            elif self.end and self.end <= REFERENCE:
                end, reason = self.end, self.reason
            else:
                end, reason = None, ""
            self.child.episodes.append(
                Episode(step.day, end, step.status, step.place, self.need, reason)
            )
        if self.reason == "E2" and self.end and self.end <= REFERENCE:
            self.child.record.died = self.end
        self._permanence()

    def _permanence(self) -> None:
        if not self.end or self.end > REFERENCE:
            return
        if self.reason in ("E11", "E12"):
            self.child.permanence.append(Order("Adoption", self.end))
            if self.dice.chance(0.35):
                self.child.relation_end = self.end
        elif self.reason == "E41":
            self.child.permanence.append(Order("Child Arrangements Order", self.end))
        elif self.reason in ("E43", "E44", "E45", "E46", "E47", "E48"):
            self.child.permanence.append(Order("Special Guardianship Order", self.end))

    def tracked(self, proc_id: str, applied: date) -> None:
        """Write the child's line in the legal tracker, with the final order if it has been made."""
        order, ordered, placed = self._final_order()
        if ordered is None or ordered > REFERENCE or ordered < applied:
            order, ordered, placed = "", None, ""
        if applied <= REFERENCE:
            self.child.proceedings.append(Proceedings(proc_id, applied, order, ordered, placed))

    def _final_order(self) -> tuple[str, date | None, str]:
        if self.fate == "adopted":
            return "Placement order", self.final, ""
        if self.fate == "kin":
            if self.reason == "E41":
                return "Child arrangements order", self.end, self.dice.pick(("father", "kin"))
            return "Special guardianship order", self.end, "kin"
        if self.fate == "home":
            if self.steps[-1].status == "C2":
                return "Care order", self.final, "mother"
            return "Supervision order", self.end, "mother"
        return "Care order", max(self.final, self.start + timedelta(days=1)), "foster"
