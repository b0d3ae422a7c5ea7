"""Builds the whole pretend county: who the women are, their lives, and people round them."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from casescope.kernel.dates import add_years, age_on
from casescope.kernel.progress import Progress
from casescope.synthetic.dice import Dice
from casescope.synthetic.facts import HELD_FROM, REFERENCE, Child, County, Record, Relation, Woman
from casescope.synthetic.families import Family
from casescope.synthetic.homes import settle
from casescope.synthetic.lives import LIVES, unaccompanied
from casescope.synthetic.people import Registry, upn
from casescope.synthetic.signs import draw_issues, record_signs

FIRST_INDEX = date(2009, 4, 1)
AGES_AT_INDEX = {17: 0.14, 22: 0.28, 27: 0.25, 32: 0.18, 37: 0.11, 42: 0.04}
"""Middle of the five-year band of a woman's age at her first removal, and its share."""

AGES_NOW = {15: 0.008, 18: 0.04, 22: 0.12, 27: 0.2, 32: 0.23, 37: 0.19, 42: 0.13, 48: 0.082}
CARE_EXPERIENCED = {"removal": 0.4, "at_risk": 0.92, "known": 0.05, "kin": 0.2}


@dataclass(frozen=True)
class Outline:
    """A woman before she has a name: the kind of life, her birth, and the first removal's date."""

    kind: str
    born: date
    index: date


def outline(dice: Dice) -> Outline:
    """Draw one woman's outline."""
    kind = dice.weighed({name: share for name, (share, _) in LIVES.items()})
    index = dice.between(FIRST_INDEX, REFERENCE)
    if kind == "removal":
        days = int(dice.weighed(AGES_AT_INDEX) * 365.25) + dice.number(-913, 912)
        return Outline(kind, index - timedelta(days=max(days, 5600)), index)
    if kind == "teenager":
        return Outline(kind, index - timedelta(days=dice.number(33, 46) * 365), index)
    if kind == "at_risk":
        return Outline(kind, REFERENCE - timedelta(days=dice.number(16 * 365 + 60, 9900)), index)
    if kind in ("short_break", "remand"):
        return Outline(kind, REFERENCE - timedelta(days=dice.number(36 * 365, 55 * 365)), index)
    middle = dice.weighed(AGES_NOW)
    spread = 120 if middle == 15 else 913
    days = int((middle + 0.6) * 365.25) + dice.number(-spread, spread)
    return Outline(kind, REFERENCE - timedelta(days=days), index)


class Builder:
    """Builds a county of so many mothers, older women first, so that daughters become mothers."""

    def __init__(self, mothers: int, seed: int) -> None:
        self.mothers = mothers
        self.dice = Dice(seed, "lives")
        self.registry = Registry(self.dice)
        self.county = County()
        self.daughters: dict[int, list[Child]] = {}

    def build(self, progress: Progress) -> County:
        """Return the county, with nothing in it that its systems would not hold."""
        outlines = sorted(
            (outline(self.dice) for _ in range(self.mothers)), key=lambda o: (o.born, o.index)
        )
        for number, plan in enumerate(outlines):
            self._live(plan)
            if number % 100 == 99:
                progress.advance(number + 1, of=self.mothers)
        self._others()
        self._forget()
        self._number()
        record_signs(self.county, self.dice)
        return self.county

    def _live(self, plan: Outline) -> None:
        experienced = self.dice.chance(CARE_EXPERIENCED.get(plan.kind, 0.02))
        daughter = self._daughter(plan) if experienced else None
        woman = self._woman(plan, daughter)
        woman.care_leaver = experienced and (
            plan.kind == "at_risk" or (woman.born or plan.born) > date(1985, 1, 1)
        )
        if daughter and self.dice.chance(0.5):
            woman.care_leaver = False
        family = Family(self.dice, self.registry, woman)
        LIVES[plan.kind][1](family, plan.index)
        woman.issues = draw_issues(self.dice, plan.kind)
        self.county.women.append(woman)
        self.county.children.extend(woman.children)
        settle(self.dice, woman, plan.index)
        self._blur_birth(woman)
        for child in woman.children:
            self._may_become_mother(child)

    def _may_become_mother(self, child: Child) -> None:
        taken = any(e.status not in ("V3", "V4", "J1") for e in child.episodes if not e.end
                    or e.end >= HELD_FROM)  # fmt: skip
        adopted = any(e.reason in ("E11", "E12") for e in child.episodes)
        alive = not child.record.died
        if child.record.sex == "F" and child.born and taken and alive and not adopted:
            self.daughters.setdefault(child.born.year, []).append(child)

    def _daughter(self, plan: Outline) -> Child | None:
        """Return a looked-after daughter of the county of about this age, once."""
        for child in self.daughters.get(plan.born.year, []):
            born = child.born or plan.born
            last = plan.index if plan.kind == "removal" else REFERENCE
            if age_on(born, last) >= 16 or plan.kind == "known":
                self.daughters[plan.born.year].remove(child)
                return child
        return None

    def _woman(self, plan: Outline, daughter: Child | None) -> Woman:
        if daughter:
            woman = Woman([daughter.record], as_child=daughter)
        else:
            woman = Woman([self._record(plan)])
        if self.dice.chance(0.4 if daughter else 0.06):
            self._second_record(woman)
        if self.dice.chance(0.12):
            surname = self.registry.surname(woman.records[0].ethnicity)
            first = woman.records[0]
            if self.registry.reserve(first.forename, surname, first.born):
                woman.aliases.append((first.id, first.forename, surname, "married"))
        return woman

    def _record(self, plan: Outline) -> Record:
        """Register her; a few share a name with another woman, or are her twin or sister."""
        ethnicity, dice = self.registry.ethnicity(), self.dice
        if self.county.women and dice.chance(0.02):
            other = dice.pick(self.county.women).records[0]
            namesake = dice.chance(0.5) and other.born not in (None, plan.born)
            forename = other.forename if namesake else ""
            twin = dice.chance(0.4) and plan.kind != "removal" and not namesake
            born = other.born if twin and other.born else plan.born
            return self.registry.person("F", other.ethnicity, born, other.surname, forename)
        return self.registry.person("F", ethnicity, plan.born)

    def _second_record(self, woman: Woman) -> None:
        """Give her a second record: the same name and birth date, or declared to be hers."""
        first = woman.records[0]
        again = replace(first, id=self.registry.record_id(), nhs="", upn="")
        surname = self.registry.surname(first.ethnicity)
        if self.dice.chance(0.5) and self.registry.reserve(first.forename, surname, first.born):
            again.surname = surname
            woman.declared.append((again.id, first.id))
        woman.records.append(again)

    def _blur_birth(self, woman: Woman) -> None:
        """For a few women the birth date is only estimated, or not known at all."""
        if len(woman.records) == 1 and not woman.as_child:
            record = woman.records[0]
            if self.dice.chance(0.012):
                record.born, record.expected = None, record.born
            elif self.dice.chance(0.004):
                record.born = None

    def _others(self) -> None:
        """Add children without a mother here, adopters and a few step and foster mothers."""
        dice, county = self.dice, self.county
        for _ in range(self.mothers // 70):
            child = unaccompanied(dice, self.registry)
            if child:
                county.children.append(child)
        adopted = [c for c in county.children if c.relation_end]
        for child in adopted[:: max(1, len(adopted) // 12)]:
            born = REFERENCE - timedelta(days=dice.number(35 * 365, 55 * 365))
            adopter = self.registry.person("F", self.registry.ethnicity(), born)
            county.others.append(adopter)
            county.relations.append(Relation(adopter.id, child, "adoptive", child.relation_end))
        for _ in range(self.mothers // 60 if len(county.women) > 1 else 0):
            self._stepmother()

    def _stepmother(self) -> None:
        woman, child = self.dice.pick(self.county.women), self.dice.pick(self.county.children)
        if child in woman.children or child is woman.as_child or child.unaccompanied:
            return
        kind = self.dice.pick(("step", "step", "foster"))
        self.county.relations.append(Relation(woman.records[0].id, child, kind, None))

    def _number(self) -> None:
        """Give looked-after children their ids in the return, and schoolchildren their UPN."""
        for child in self.county.children:
            born = child.born
            if born and add_years(born, 5) < REFERENCE:
                child.record.upn = upn(int(child.record.id))
            if not child.episodes:
                continue
            how = self.dice.weighed({"linked": 0.87, "same": 0.1, "upn": 0.03})
            child.joined_by = "linked" if how == "upn" and not child.record.upn else how
            child.return_id = child.id if how == "same" else self.registry.return_id()

    def _forget(self) -> None:
        """Leave out what ended before the county's systems start; adoptions are kept."""
        for child in self.county.children:
            lived = sorted(child.episodes, key=lambda e: e.start)
            child.episodes = [e for e in lived if e.end is None or e.end >= HELD_FROM]
            child.forgotten = next((e for e in reversed(lived) if e not in child.episodes), None)
            child.proceedings = [p for p in child.proceedings if p.applied >= HELD_FROM]
            child.permanence = [
                o for o in child.permanence if o.made >= HELD_FROM or o.kind == "Adoption"
            ]
            child.plans = [p for p in child.plans if p.end is None or p.end >= HELD_FROM]
