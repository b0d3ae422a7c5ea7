"""Several recodings that reach the floor, each losing least for one purpose, side by side."""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import duckdb
import numpy as np

from casescope.dataset.risk import Risk, least_loss
from casescope.dataset.risk.search import cost
from casescope.dataset.sharing.quasi import is_coherent
from casescope.dataset.sharing.recode import Recoded, ladders, risk_of, write
from casescope.dataset.sharing.schema import NO_TIER, QUASI_COLUMNS
from casescope.dataset.sharing.subject import Subject
from casescope.kernel.codes import TIERS

MOST_LEFT_OUT = 0.05
"""Share of all women told of, and of those in T1, that a proposal leaves out at most."""

_FIRST = 5.0
"""How much more a purpose's own columns count than the others in the search."""

COHORT, EVERYONE = "women in a tier", "all women with a removed child or in a tier"


@dataclass(frozen=True)
class Purpose:
    """What somebody wants a shared dataset for: of whom, and which columns count most."""

    name: str
    title: str
    scope: str
    first: tuple[str, ...] = ()

    def people(self, subjects: Sequence[Subject]) -> tuple[Subject, ...]:
        """Return the women whom this purpose needs."""
        return tuple(one for one in subjects if self.scope == EVERYONE or one.tier != NO_TIER)


PURPOSES = (
    Purpose("cohort", "The women in a tier, all columns alike", COHORT),
    Purpose("who", "Who the women in a tier are", COHORT, ("age", "ethnicity", "area")),
    Purpose("children", "What children of women in a tier were removed", COHORT,
            ("children", "child_ages")),
    Purpose("everyone", "All women with a removed child, all columns alike", EVERYONE),
    Purpose("again", "How soon it happens again", EVERYONE,
            ("index_period", "followed", "intervals")),
)  # fmt: skip

UNBANDED: Mapping[str, int] = dict.fromkeys(QUASI_COLUMNS, 0)
"""Every column as fine as it could ever be shared."""


@dataclass(frozen=True)
class Proposal:
    """One recoding: its loss with all columns alike, whom it leaves out by tier, and its risk.

    `purposes` are all those for which nothing loses less; `women` are told of.
    """

    purposes: tuple[Purpose, ...]
    steps: Mapping[str, int]
    loss: float
    women: Mapping[str, int]
    left_out: Mapping[str, int]
    risk: Risk = field(repr=False)

    @property
    def name(self) -> str:
        """Return the name by which it is chosen."""
        return self.purposes[0].name

    @property
    def scope(self) -> str:
        """Return of whom it tells."""
        return self.purposes[0].scope

    def share_left_out(self, tier: str = "") -> float:
        """Return the share of all its women, or of those in one tier, that it leaves out."""
        out = self.left_out[tier] if tier else sum(self.left_out.values())
        of = out + (self.women[tier] if tier else sum(self.women.values()))
        return out / of if of else 0.0


def propose(
    connection: duckdb.DuckDBPyConnection,
    subjects: Sequence[Subject],
    *,
    floor: int,
    linkage: str,
) -> Iterator[Proposal]:
    """Yield one proposal for each recoding that loses least for some purpose; none may exist."""
    found: dict[tuple[str, tuple[tuple[str, int], ...]], list[Purpose]] = {}
    for purpose in PURPOSES:
        steps = _search(purpose.people(subjects), purpose, floor)
        if steps is not None:
            found.setdefault((purpose.scope, tuple(sorted(steps.items()))), []).append(purpose)
    for (_, chosen), purposes in found.items():
        yield evaluate(connection, subjects, tuple(purposes), Recoded(dict(chosen), floor, linkage))


def _search(people: Sequence[Subject], purpose: Purpose, floor: int) -> Mapping[str, int] | None:
    if not people:
        return None
    found = least_loss(
        ladders(people),
        floor,
        weights=dict.fromkeys(purpose.first, _FIRST),
        most_left_out=MOST_LEFT_OUT,
        groups=[np.array([one.tier == "T1" for one in people])],
        allowed=is_coherent,
    )
    return None if found is None else found.steps


def evaluate(
    connection: duckdb.DuckDBPyConnection,
    subjects: Sequence[Subject],
    purposes: tuple[Purpose, ...],
    recoded: Recoded,
) -> Proposal:
    """Return what one recoding costs and gives away, by writing it and measuring that."""
    people = purposes[0].people(subjects)
    told = write(connection, people, recoded, tokens=fresh_tokens(people))
    women = _by_tier(told)
    return Proposal(
        purposes=purposes,
        steps=recoded.steps,
        loss=cost(ladders(people), recoded.floor, recoded.steps).loss,
        women=women,
        left_out={tier: number - women[tier] for tier, number in _by_tier(people).items()},
        risk=risk_of(connection, subjects, recoded),
    )


def fresh_tokens(people: Sequence[Subject]) -> dict[str, str]:
    """Return a new random token for each woman, kept nowhere."""
    return {one.woman: secrets.token_hex(16) for one in people}


def _by_tier(people: Sequence[Subject]) -> dict[str, int]:
    return {tier: sum(one.tier == tier for one in people) for tier in (*TIERS, NO_TIER)}
