"""Lives of families with a removal: births, the first removal, what follows, who comes home.

The wait until the next removal event is drawn from hazards that reproduce, under strict counting,
the published return to proceedings: 22% at 5 years, 29% at 10, higher under 20
(Bedston and others 2019; Broadhurst and others 2015).
"""

import math
from dataclasses import dataclass
from datetime import date, timedelta

from casescope.kernel.dates import add_years, age_on
from casescope.synthetic.care import Career, age_share
from casescope.synthetic.dice import Dice
from casescope.synthetic.facts import REFERENCE, Child, Plan, Record, Woman
from casescope.synthetic.people import Registry

HAZARD_A_YEAR = ((1.0, 0.045), (3.0, 0.064), (5.0, 0.044), (10.0, 0.021), (99.0, 0.01))
"""Yearly hazard of a next event with a new child, up to this many years after the last event."""

AGE_FACTOR = ((20, 1.55), (25, 1.15), (30, 1.0), (35, 0.8), (99, 0.45))
AGAIN_FACTOR = 1.6
"""After a second event the third comes sooner."""

FIRST_ROUTES = {
    "court": 0.42, "emergency": 0.27, "voluntary_then_order": 0.11,
    "voluntary_then_later_order": 0.09, "voluntary": 0.11,
}  # fmt: skip
LATER_ROUTES = FIRST_ROUTES | {"court": 0.56, "voluntary": 0.05}
CHILDREN_BY_AGE = (
    (20, {1: 0.85, 2: 0.14, 3: 0.01}),
    (25, {1: 0.45, 2: 0.33, 3: 0.15, 4: 0.07}),
    (99, {1: 0.3, 2: 0.27, 3: 0.2, 4: 0.13, 5: 0.1}),
)
SPREAD = {"same": 0.77, "near": 0.09, "apart": 0.1, "far": 0.04}
SPREAD_DAYS = {"same": (0, 0), "near": (3, 14), "apart": (15, 60), "far": (61, 300)}
PREGNANCY = timedelta(days=280)


def factor(table: tuple[tuple[int, float], ...], age: int) -> float:
    """Return the factor for an age."""
    return next(value for below, value in table if age < below)


@dataclass
class Family:
    """One woman, the children she has, and the chance that moves them."""

    dice: Dice
    registry: Registry
    woman: Woman

    @property
    def mother(self) -> Record:
        """Her first record."""
        return self.woman.records[0]

    @property
    def born(self) -> date:
        """Her real date of birth."""
        return self.woman.born or date(1990, 1, 1)

    def birth(self, day: date) -> Child:
        """Give her a child born on a day."""
        ethnicity = self.mother.ethnicity if self.dice.chance(0.8) else self.registry.ethnicity()
        surname = self.mother.surname if self.dice.chance(0.6) else self.registry.surname(ethnicity)
        sex = self.dice.pick(("F", "M"))
        child = Child(self.registry.person(sex, ethnicity, day, surname))
        return self.add(child)

    def expecting(self, expected: date) -> Child:
        """Give her an unborn child, or one whose record was never closed."""
        record = Record(
            self.registry.record_id(), "Unborn", self.mother.surname, "U",
            self.mother.ethnicity, expected=expected,
        )  # fmt: skip
        return self.add(Child(record))

    def add(self, child: Child) -> Child:
        """Make a child hers."""
        child.mother_record = self.dice.pick(self.woman.records).id
        child.relationship = self.dice.weighed({"birth": 0.94, "unknown": 0.03, "": 0.03})
        self.woman.children.append(child)
        return child

    def proc_id(self) -> str:
        """Return a new proceedings number."""
        return self.registry.proc_id()

    def last_birth(self) -> date:
        """Return her latest birth, or a day long ago."""
        return max((c.born for c in self.woman.children if c.born), default=date(1970, 1, 1))

    def births_until(self, youngest: date, number: int) -> None:
        """Give her up to this many children, the youngest born on a day."""
        day = youngest
        days: list[date] = []
        while len(days) < number and age_on(self.born, day) >= 15:
            days.append(day)
            if self.dice.chance(0.015) and len(days) < number:
                days.append(day)
            day = day - timedelta(days=self.dice.number(400, 1500))
        for born in reversed(days):
            self.birth(born)


def first_children(family: Family, index: date) -> None:
    """Give her the children she has at the first removal: a newborn in more than a third."""
    dice, age = family.dice, age_on(family.born, index)
    wanted = next(sizes for below, sizes in CHILDREN_BY_AGE if age < below)
    if dice.chance(0.36):
        youngest = index - timedelta(days=dice.pick((0, 0, 1, 2, 3, 5, 9, 20, 27)))
    else:
        youngest = index - timedelta(days=28 + int(dice.waiting(800)))
    earliest = add_years(family.born, 15) + timedelta(days=60)
    family.births_until(max(youngest, min(earliest, index)), dice.weighed(wanted))


def remove(family: Family, children: list[Child], day: date, routes: dict[str, float]) -> None:
    """Take children from her: mostly on one day and in one set of proceedings."""
    dice = family.dice
    route, proc_id = dice.weighed(routes), family.proc_id()
    spread = dice.weighed(SPREAD) if len(children) > 1 else "same"
    shared = dice.chance(0.6)
    applied = dice.after(day, 0, 12)
    for place, child in enumerate(children):
        start = day if place == 0 else dice.after(day, *SPREAD_DAYS[spread])
        if start > REFERENCE or (child.born and start < child.born):
            continue
        career = take(dice, child, start, route)
        plan_before(dice, child, start)
        if not career.ordered:
            continue
        if spread in ("same", "near") or shared:
            career.tracked(proc_id, applied)
        else:
            career.tracked(family.proc_id(), dice.after(start, 0, 12))


def take(dice: Dice, child: Child, start: date, route: str) -> Career:
    """Take one child; a few first stay with the mother, under an order, in a unit or at home."""
    first, moved = "", None
    if route != "voluntary" and age_share(child, start) < 5 and dice.chance(0.07):
        first = dice.weighed({"R3": 0.7, "P1": 0.3})
        if dice.chance(0.75):
            moved = dice.after(start, 20, 130)
    career = Career(dice, child, start, route, "home" if first and not moved else "")
    if moved and moved >= min(career.final, REFERENCE):
        moved = None
        career.fate = "home"
    career.live(first, moved)
    return career


def plan_before(dice: Dice, child: Child, start: date) -> None:
    """Most children taken were on a child protection plan before."""
    if dice.chance(0.7):
        begun = start - timedelta(days=dice.number(20, 300))
        ended = dice.after(start, 0, 60)
        if child.born and begun < child.born:
            begun = min(dice.after(child.born, 0, 3), start)
        child.plans.append(Plan(begun, ended if ended <= REFERENCE else None, category(dice)))


def category(dice: Dice) -> str:
    """Draw the category of abuse of a plan."""
    return dice.weighed(
        {"Neglect": 0.5, "Emotional abuse": 0.36, "Physical abuse": 0.09, "Sexual abuse": 0.05}
    )


def years_to_next(dice: Dice, age: int, later: bool) -> float:
    """Draw the years until the next event with a new child."""
    scale = factor(AGE_FACTOR, age) * (AGAIN_FACTOR if later else 1.0)
    left, start = dice.waiting(1.0), 0.0
    for until, hazard in HAZARD_A_YEAR:
        if left <= hazard * scale * (until - start):
            return start + left / (hazard * scale)
        left -= hazard * scale * (until - start)
        start = until
    return math.inf


def later_events(family: Family, index: date) -> None:
    """Live on from the first event: further removals of children not taken before."""
    day, later = index, False
    while True:
        years = years_to_next(family.dice, age_on(family.born, day), later)
        following = day + timedelta(days=max(20, int(years * 365.25))) if years < 40 else date.max
        if following > REFERENCE or age_on(family.born, following) >= 45:
            return
        children = whom_next(family, following)
        if children:
            remove(family, children, following, LATER_ROUTES)
        day, later = following, later or bool(children)


def whom_next(family: Family, day: date) -> list[Child]:
    """Return who is taken at a later event: mostly a newborn, else a child kept till then."""
    dice, last = family.dice, family.last_birth()
    at_home = [c for c in family.woman.children if not c.episodes and 0 <= age_share(c, day) < 16]
    newborn_fits = last + PREGNANCY <= day - timedelta(days=27)
    older_fits = last + PREGNANCY <= day - timedelta(days=60)
    if newborn_fits and (dice.chance(0.83) or not (older_fits or at_home)):
        baby = family.birth(day - timedelta(days=dice.pick((0, 0, 1, 1, 2, 3, 6, 14, 26))))
        twin = [family.birth(baby.born)] if dice.chance(0.02) and baby.born else []
        return [baby, *twin, *(at_home if dice.chance(0.4) else [])]
    if older_fits and (dice.chance(0.7) or not at_home):
        first = max(last + PREGNANCY, day - timedelta(days=1100))
        return [family.birth(dice.between(first, day - timedelta(days=30)))]
    return at_home[:1]


def go_back(family: Family) -> None:
    """Take some of the children who went home once more; a few the next day or the day after."""
    dice = family.dice
    for child in family.woman.children:
        last = max(child.episodes, key=lambda e: e.start, default=None)
        if last is None or last.end is None or last.reason not in ("E4A", "E4B"):
            continue
        if dice.chance(0.03):
            again = dice.after(last.end, 1, 2)
        elif dice.chance(0.22):
            again = dice.after(last.end, 60, 900)
        else:
            continue
        if again <= REFERENCE and age_share(child, again) < 17:
            route = dice.weighed(LATER_ROUTES)
            career = Career(dice, child, again, route, "stays" if dice.chance(0.5) else "")
            career.live()
            if career.ordered:
                career.tracked(family.proc_id(), dice.after(again, 0, 12))


def kept_children(family: Family, index: date) -> None:
    """Let some women have a later child who is never taken, or be pregnant now."""
    dice, day = family.dice, max(family.last_birth() + PREGNANCY, index + timedelta(days=200))
    if dice.chance(0.14) and day < REFERENCE and age_on(family.born, day) < 43:
        child = family.birth(dice.between(day, REFERENCE))
        if dice.chance(0.4) and child.born:
            start = dice.between(child.born, min(REFERENCE, child.born + timedelta(days=400)))
            end = dice.after(start, 90, 500)
            child.plans.append(Plan(start, end if end <= REFERENCE else None, category(dice)))
    fertile = 16 <= age_on(family.born, REFERENCE) < 43
    if fertile and family.last_birth() < REFERENCE - PREGNANCY and dice.chance(0.04):
        family.expecting(dice.between(REFERENCE, REFERENCE + timedelta(days=200)))
    elif fertile and dice.chance(0.01):
        family.expecting(dice.between(date(2019, 1, 1), REFERENCE - timedelta(days=1)))


def removal_life(family: Family, index: date) -> None:
    """Live the whole life of a woman whose first removal event is on `index`."""
    first_children(family, index)
    taken = [c for c in family.woman.children if age_share(c, index) < 16]
    stay = [c for c in taken if family.dice.chance(0.05)]
    if len(stay) < len(taken):
        taken = [c for c in taken if c not in stay]
    if len(taken) > 1 and family.dice.chance(0.06):
        taken = taken[:1]
    remove(family, family.dice.shuffled(taken), index, FIRST_ROUTES)
    later_events(family, index)
    go_back(family)
    kept_children(family, index)
