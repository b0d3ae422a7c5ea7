"""Where the women and their children live, who died and who moved away."""

from datetime import date, timedelta

from casescope.kernel.codes import LEFT_TO_SOMEONE_ELSE
from casescope.kernel.dates import age_on
from casescope.synthetic.dice import Dice
from casescope.synthetic.facts import REFERENCE, Address, Child, Woman

INSIDE = tuple(f"ZZ{number}" for number in range(1, 13))
OUTSIDE = tuple(f"ZZ{number}" for number in range(21, 27))
"""Districts of the county and of its neighbours; no postcode in Britain starts with ZZ."""

BORDER = {"ZZ12 9XX": False, "ZZ21 1XX": True}
"""Full postcodes on the other side of the border than the rest of their district."""

_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"


def postcode(dice: Dice, inside: bool) -> str:
    """Return an invented postcode inside the county or outside."""
    if dice.chance(0.01):
        return next(code for code, within in BORDER.items() if within == inside)
    district = dice.pick(INSIDE if inside else OUTSIDE)
    return f"{district} {dice.number(1, 9)}{dice.pick(_LETTERS)}{dice.pick(_LETTERS)}"


def is_inside(code: str) -> bool:
    """Say whether a postcode lies in the county, a full postcode before its district."""
    return BORDER.get(code, code.split()[0] in INSIDE)


def last_fact(woman: Woman) -> date:
    """Return the latest birth, or start of care or proceedings, among her children."""
    days = [c.born for c in woman.children if c.born]
    days += [e.start for c in woman.children for e in c.episodes]
    days += [p.applied for c in woman.children for p in c.proceedings]
    return max(days, default=REFERENCE)


def settle(dice: Dice, woman: Woman, index: date) -> None:
    """Give her and the children with her addresses; let some die or move away."""
    expecting = any(c.born is None for c in woman.children)
    quiet = last_fact(woman) + timedelta(days=15)
    if not expecting and quiet < REFERENCE and dice.chance(0.025):
        died = dice.between(quiet, REFERENCE)
        woman.records[0].died = died
    left = dice.between(quiet, REFERENCE) if quiet < REFERENCE and dice.chance(0.07) else None
    _spells(dice, woman, index, left)
    for child in woman.children:
        if is_home(child) and not woman.died:
            _child_home(dice, woman, child)


def _spells(dice: Dice, woman: Woman, index: date, left: date | None) -> None:
    if dice.chance(0.06):
        return
    start = dice.between(date(2008, 1, 1), max(date(2009, 1, 1), index))
    starts = [start]
    while (start := dice.after(start, 250, 1900)) < (left or REFERENCE):
        starts.append(start)
    if left:
        starts = [s for s in starts if s < left] + [left]
    closed = woman.died or (REFERENCE if dice.chance(0.03) else None)
    ends = [*starts[1:], closed if closed and closed > starts[-1] else None]
    for number, (begin, end) in enumerate(zip(starts, ends, strict=True)):
        outside = bool(left and begin == left) or (number < len(starts) - 1 and dice.chance(0.03))
        record = dice.pick(woman.records)
        woman.addresses.append(Address(record.id, postcode(dice, not outside), begin, end))


def is_home(child: Child) -> bool:
    """Say whether the child may be living with the mother now."""
    if child.record.died or child.born is None or age_on(child.born, REFERENCE) >= 18:
        return False
    ordered = child.legal_orders or any(o.kind == "Adoption" for o in child.permanence)
    elsewhere = any(p.placed_with in ("father", "kin", "foster", "adopters")
                    for p in child.proceedings)  # fmt: skip
    last = max(child.episodes, key=lambda e: e.start, default=None)
    if last is None:
        return not (ordered or elsewhere or child.permanence)
    if last.status in ("V3", "V4"):
        return True
    return last.end is not None and last.reason not in LEFT_TO_SOMEONE_ELSE


def _child_home(dice: Dice, woman: Woman, child: Child) -> None:
    current = [a for a in woman.addresses if a.end is None]
    if not current or not child.born:
        return
    chance = dice.weighed({"with": 0.82, "other": 0.06, "none": 0.12})
    ended = [e.end for e in child.episodes if e.end]
    start = max(current[-1].start, child.born, *ended)
    if chance == "with":
        child.addresses.append(Address(child.id, current[-1].postcode, start, None))
    elif chance == "other":
        child.addresses.append(Address(child.id, postcode(dice, True), start, None))
