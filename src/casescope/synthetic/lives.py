"""Lives without an ordinary removal: families known to social care, kin orders, breaks, remand."""

from collections.abc import Callable
from datetime import date, timedelta

from casescope.kernel.dates import add_years, age_on
from casescope.synthetic.care import age_share, foster_place
from casescope.synthetic.dice import Dice
from casescope.synthetic.facts import (
    OTHER_AUTHORITIES,
    REFERENCE,
    Child,
    Episode,
    Order,
    Plan,
    Proceedings,
    Record,
)
from casescope.synthetic.families import (
    FIRST_ROUTES,
    Family,
    category,
    removal_life,
    remove,
)
from casescope.synthetic.people import Registry

Life = Callable[[Family, date], None]

PREGNANCY_AHEAD = timedelta(days=190)


def children_by(family: Family, youngest: date) -> None:
    """Give her one to four children, the youngest born on or before a day when she is 15."""
    grown = add_years(family.born, 15) + timedelta(days=90)
    number = family.dice.weighed({1: 0.42, 2: 0.34, 3: 0.16, 4: 0.08})
    family.births_until(min(max(youngest, grown), REFERENCE - timedelta(days=3)), number)


def recent_birth(family: Family) -> date:
    """Return a day on which her youngest may have been born: between 17 and 44 years old."""
    last = min(REFERENCE, add_years(family.born, 44))
    return family.dice.between(max(date(2008, 4, 1), add_years(family.born, 17)), last)


def known_life(family: Family, _index: date) -> None:
    """Live as a family known to social care: plans perhaps, no removal."""
    dice = family.dice
    children_by(family, recent_birth(family))
    for child in family.woman.children:
        if dice.chance(0.1) and child.born and age_share(child, REFERENCE) < 17:
            start = dice.between(child.born, REFERENCE)
            end = dice.after(start, 80, 500)
            if dice.chance(0.02):
                end = REFERENCE
            child.plans.append(Plan(start, end if end <= REFERENCE else None, category(dice)))
    if 17 <= age_on(family.born, REFERENCE) < 42 and dice.chance(0.03):
        family.expecting(dice.between(REFERENCE - timedelta(days=90), REFERENCE + PREGNANCY_AHEAD))


def at_risk_life(family: Family, _index: date) -> None:
    """Live as a young woman whose child, born or not, is on a plan or in proceedings now."""
    dice = family.dice
    if dice.chance(0.3):
        child = family.expecting(dice.after(REFERENCE, 0, 150))
        start = REFERENCE - timedelta(days=dice.number(0, 60))
        child.plans.append(Plan(start, None, "Neglect"))
        return
    youngest = REFERENCE - timedelta(days=dice.number(5, 600))
    children_by(family, max(youngest, add_years(family.born, 15)))
    child = family.woman.children[-1]
    born = child.born or youngest
    if dice.chance(0.6):
        start = dice.between(max(born, REFERENCE - timedelta(days=300)), REFERENCE)
        child.plans.append(Plan(start, None, category(dice)))
        return
    applied = dice.between(max(born, REFERENCE - timedelta(days=200)), REFERENCE)
    child.proceedings.append(Proceedings(family.proc_id(), applied))
    if dice.chance(0.4):
        child.episodes.append(Episode(applied, None, "C1", dice.pick(("R3", "P1")), "N1"))


def kin_order(family: Family, child: Child, ordered: date) -> None:
    """Place a child with somebody else by an order and without any period of care."""
    dice = family.dice
    where = dice.weighed({"tracker": 0.5, "permanence": 0.2, "legal": 0.2, "both": 0.1})
    applied = ordered - timedelta(days=dice.number(60, 240))
    kind = dice.weighed({"special": 0.6, "arrangements": 0.28, "residence": 0.06, "care": 0.06})
    if kind == "residence" and ordered >= date(2014, 4, 22):
        kind = "arrangements"
    name = {
        "special": "Special guardianship order",
        "arrangements": "Child arrangements order",
        "residence": "Residence order",
        "care": "Care order",
    }[kind]
    if where in ("tracker", "both") or kind == "care":
        placed = "father" if kind == "arrangements" and dice.chance(0.6) else "kin"
        child.proceedings.append(Proceedings(family.proc_id(), applied, name, ordered, placed))
    if kind != "care" and where in ("permanence", "both"):
        later = ordered if where == "permanence" else min(dice.after(ordered, 0, 20), REFERENCE)
        child.permanence.append(Order(name.title(), later))
    if kind != "care" and where == "legal":
        child.legal_orders.append(Order(name.title(), ordered))


def kin_life(family: Family, _index: date) -> None:
    """Live as a family whose children went straight to kin or their father."""
    children_by(family, recent_birth(family))
    for child in family.woman.children:
        earliest = max((child.born or REFERENCE) + timedelta(days=20), date(2013, 4, 1))
        young = age_share(child, REFERENCE) < 18 and earliest <= REFERENCE
        if young and family.dice.chance(0.75):
            kin_order(family, child, family.dice.between(earliest, REFERENCE))


def elsewhere_life(family: Family, _index: date) -> None:
    """Live as a family of whom another authority took, or nearly took, a child."""
    dice = family.dice
    children_by(family, dice.between(date(2013, 4, 1), REFERENCE - timedelta(days=420)))
    for child in family.woman.children:
        latest = REFERENCE - timedelta(days=300)
        if not child.born or child.born >= latest or age_share(child, REFERENCE) >= 17:
            continue
        applied = dice.between(max(child.born, date(2013, 4, 1)), latest)
        ordered = dice.after(applied, 60, 290)
        order, placed = dice.weighed(
            {
                ("Care order", "foster"): 0.6,
                ("Placement order", "adopters"): 0.2,
                ("Supervision order", "mother"): 0.15,
                ("Care order", "mother"): 0.05,
            }
        )
        other = dice.pick(OTHER_AUTHORITIES)
        child.proceedings.append(
            Proceedings(family.proc_id(), applied, order, ordered, placed, other)
        )
    moved_here = [c for c in family.woman.children if c.proceedings]
    if moved_here and dice.chance(0.25):
        last = max(p.ordered or p.applied for c in moved_here for p in c.proceedings)
        start = dice.after(last, 100, 900)
        if start < REFERENCE and age_share(moved_here[0], start) < 17:
            remove(family, moved_here[:1], start, FIRST_ROUTES)


def short_break_life(family: Family, day: date) -> None:
    """Live with a disabled child who has short breaks; rarely they turn into care."""
    dice = family.dice
    youngest = dice.between(date(2006, 4, 1), date(2019, 4, 1))
    children_by(family, min(youngest, add_years(family.born, 42)))
    child = family.woman.children[0]
    start = dice.after(max(child.born or day, date(2010, 4, 1)), 1500, 4200)
    leaving = min(add_years(child.born or day, 17), REFERENCE)
    if dice.chance(0.5):
        end = dice.after(start, 300, 1500)
        turned = dice.chance(0.15) and end < leaving
        if start < leaving:
            reason = "" if end > leaving else "X1" if turned else "E8"
            closed = end if end <= leaving else None
            child.episodes.append(Episode(start, closed, "V4", "U6", "N2", reason))
        if turned:
            child.episodes.append(Episode(end, None, "C1", "K2", "N2"))
        return
    for _ in range(dice.number(1, 5)):
        end = dice.after(start, 1, 6)
        if end < leaving:
            child.episodes.append(Episode(start, end, "V3", "K2", "N2", "E8"))
        start = dice.after(end, 20, 120)


def remand_life(family: Family, day: date) -> None:
    """Live as a family whose teenager was remanded; now and then accommodation follows."""
    dice = family.dice
    youngest = dice.between(date(1998, 4, 1), date(2010, 4, 1))
    children_by(family, max(youngest, add_years(family.born, 16)))
    child = family.woman.children[-1]
    start = dice.after(add_years(child.born or day, 14), 0, 900)
    end = dice.after(start, 7, 120)
    if start < date(2012, 6, 1) or end >= REFERENCE:
        return
    followed = dice.chance(0.35)
    reason = "X1" if followed else "E14"
    child.episodes.append(Episode(start, end, "J1", "K1", "N6", reason))
    if followed:
        leaving = min(dice.after(end, 30, 300), add_years(child.born or day, 18))
        closed = leaving if leaving <= REFERENCE else None
        reason = "E4A" if closed else ""
        child.episodes.append(Episode(end, closed, "V2", foster_place(dice, 16), "N6", reason))


def teenager_life(family: Family, day: date) -> None:
    """Live as a family of whom one teenager came into care."""
    dice = family.dice
    born = day - timedelta(days=int(dice.number(12, 16) * 365.25) + dice.number(0, 360))
    children_by(family, max(born, add_years(family.born, 16)))
    remove(family, family.woman.children[-1:], day, {"voluntary": 0.5, "court": 0.5})


def unaccompanied(dice: Dice, registry: Registry) -> Child | None:
    """Return a child who came alone to seek asylum, or none if too long ago to be held."""
    arrived = dice.between(date(2013, 4, 1), REFERENCE)
    born = arrived - timedelta(days=int(365.25 * 15.5) + dice.number(0, 850))
    leaving = add_years(born, 18)
    if leaving <= arrived:
        return None
    record: Record = registry.person("M", dice.pick(("OOTH", "BAFR", "AOTH")), born)
    closed = leaving if leaving <= REFERENCE else None
    place = foster_place(dice, 16)
    episode = Episode(arrived, closed, "V2", place, "N8", "E5" if closed else "")
    return Child(record, episodes=[episode], unaccompanied=True)


LIVES: dict[str, tuple[float, Life]] = {
    "removal": (0.525, removal_life),
    "teenager": (0.03, teenager_life),
    "known": (0.335, known_life),
    "at_risk": (0.03, at_risk_life),
    "kin": (0.035, kin_life),
    "elsewhere": (0.012, elsewhere_life),
    "short_break": (0.023, short_break_life),
    "remand": (0.01, remand_life),
}
"""Each kind of life: its share of the mothers, and how it is lived."""
