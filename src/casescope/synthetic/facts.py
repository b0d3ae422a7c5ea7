"""What happened to the people of the pretend county, as plain facts that its systems would hold."""

from dataclasses import dataclass, field
from datetime import date

REFERENCE = date(2026, 3, 31)
"""The day as at which everything is told; nothing later is known but expected births."""

HELD_FROM = date(2012, 4, 1)
"""The county's systems start here: what ended before is in no table (but adoptions are)."""

AUTHORITY = "Ashmarsh County Council"
OTHER_AUTHORITIES = ("Marrowfield Borough Council", "Eastwold County Council")


@dataclass
class Record:
    """One person record of the case system."""

    id: str
    forename: str
    surname: str
    sex: str
    ethnicity: str
    born: date | None = None
    expected: date | None = None
    died: date | None = None
    nhs: str = ""
    upn: str = ""


@dataclass(frozen=True)
class Episode:
    """One episode of care; `reason` is the REC code, X1 where another follows at once."""

    start: date
    end: date | None
    status: str
    place: str
    need: str
    reason: str = ""


@dataclass(frozen=True)
class Proceedings:
    """One child's line in the legal team's tracker; `authority` is filled for another council."""

    id: str
    applied: date
    order: str = ""
    ordered: date | None = None
    placed_with: str = ""
    authority: str = ""


@dataclass(frozen=True)
class Order:
    """A private-law or permanence order and its date, as one of two tables holds it."""

    kind: str
    made: date


@dataclass(frozen=True)
class Plan:
    """A child protection plan."""

    start: date
    end: date | None
    category: str


@dataclass
class Assessment:
    """A social work assessment of a child; `factors` is a list of codes or code to Yes/No."""

    id: str
    start: date
    authorised: date | None
    factors: list[str | None] | dict[str, str]


@dataclass(frozen=True)
class Address:
    """A spell at a postcode under one person record."""

    person: str
    postcode: str
    start: date
    end: date | None


@dataclass
class Child:
    """One real child and all that is recorded of it."""

    record: Record
    return_id: str = ""
    joined_by: str = "linked"
    """How the return's id finds the record: `linked`, `same` or `upn`."""
    mother_record: str = ""
    relationship: str = "birth"
    relation_end: date | None = None
    episodes: list[Episode] = field(default_factory=list)
    proceedings: list[Proceedings] = field(default_factory=list)
    permanence: list[Order] = field(default_factory=list)
    legal_orders: list[Order] = field(default_factory=list)
    plans: list[Plan] = field(default_factory=list)
    assessments: list[Assessment] = field(default_factory=list)
    addresses: list[Address] = field(default_factory=list)
    unaccompanied: bool = False
    forgotten: Episode | None = None
    """The last episode that ended before the county's systems start."""

    @property
    def id(self) -> str:
        """The case system's id."""
        return self.record.id

    @property
    def born(self) -> date | None:
        """The date of birth; none before birth."""
        return self.record.born


@dataclass
class Woman:
    """One real woman named as a mother by birth: her records, her children, what she lives with."""

    records: list[Record]
    children: list[Child] = field(default_factory=list)
    addresses: list[Address] = field(default_factory=list)
    as_child: Child | None = None
    care_leaver: bool = False
    issues: frozenset[str] = frozenset()
    declared: list[tuple[str, str]] = field(default_factory=list)
    """Pairs of record ids that a linked identifier says are one person."""
    aliases: list[tuple[str, str, str, str]] = field(default_factory=list)
    """Record id, forename, surname, kind."""

    @property
    def born(self) -> date | None:
        """Her date of birth, or the estimate of it."""
        known = [record.born for record in self.records if record.born]
        estimated = [record.expected for record in self.records if record.expected]
        return (known + estimated + [None])[0]

    @property
    def died(self) -> date | None:
        """Her date of death."""
        return next((record.died for record in self.records if record.died), None)


@dataclass
class Relation:
    """A row of the relationship table that is not motherhood by birth."""

    mother: str
    child: Child
    kind: str
    start: date | None


@dataclass
class County:
    """Everybody in the pretend county."""

    women: list[Woman] = field(default_factory=list)
    children: list[Child] = field(default_factory=list)
    others: list[Record] = field(default_factory=list)
    """People who are neither a mother by birth nor a child: adopters, foster carers."""
    relations: list[Relation] = field(default_factory=list)

    def records(self) -> list[Record]:
        """Return every person record once, in order of registration."""
        everyone = [record for woman in self.women for record in woman.records]
        everyone += [child.record for child in self.children] + self.others
        return sorted({record.id: record for record in everyone}.values(), key=lambda r: int(r.id))
