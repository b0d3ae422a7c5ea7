"""Who somebody is and what they may do; in which stage of a study is in `stages`."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from enum import Enum

from casescope.kernel.errors import NotAllowed


class Role(Enum):
    """A part somebody plays in a study; study.toml names the people, the approval binds them."""

    ANALYST = "analyst"
    APPROVER = "approver"
    DPO = "dpo"
    DIRECTOR = "director"
    REVIEWER = "reviewer"


ROLE_NAMES = {
    Role.ANALYST: "analyst",
    Role.APPROVER: "approver",
    Role.DPO: "data protection officer",
    Role.DIRECTOR: "director",
    Role.REVIEWER: "reviewer",
}
"""How a sentence calls each role."""


@dataclass(frozen=True)
class Actor:
    """A person who does something: a user name, and how we know that it is theirs."""

    name: str
    known_by: str = "operating system"


@dataclass(frozen=True)
class Reviewer:
    """Somebody who may answer whether a report is released, and the fingerprint of their key."""

    name: str
    fingerprint: str


@dataclass(frozen=True)
class Roles:
    """The user names that hold each role; a reviewer's has the fingerprint of a key after it."""

    analyst: tuple[str, ...] = ()
    approver: tuple[str, ...] = ()
    dpo: tuple[str, ...] = ()
    director: tuple[str, ...] = ()
    reviewer: tuple[str, ...] = ()

    @property
    def reviewers(self) -> tuple[Reviewer, ...]:
        """Return the reviewers with the keys that the approval bound."""
        return tuple(Reviewer(*line.rsplit(" ", 1)) for line in self.reviewer)

    def held_by(self, actor: Actor) -> frozenset[Role]:
        """Return every role of `actor`."""
        return frozenset(
            Role(field.name) for field in fields(self) if actor.name in self._names(field.name)
        )

    def _names(self, role: str) -> tuple[str, ...]:
        if role == Role.REVIEWER.value:
            return tuple(one.name for one in self.reviewers)
        names: tuple[str, ...] = getattr(self, role)
        return names


def in_words(roles: Iterable[Role]) -> str:
    """Return roles as a list a person reads: "analyst or director"."""
    asked = set(roles)
    return " or ".join(ROLE_NAMES[role] for role in Role if role in asked)


def check_role(actor: Actor, roles: Roles, needed: frozenset[Role], doing: str) -> None:
    """Refuse unless `actor` holds one of `needed`; an empty set lets anyone."""
    if needed and not (roles.held_by(actor) & needed):
        raise NotAllowed(
            f"To {doing} takes the role of {in_words(needed)}, which {actor.name} does not hold "
            "in this study.",
            "Roles stand in study.toml under [roles] and count from the next approval.",
        )


def is_in_role(actor: Actor, roles: Roles, needed: frozenset[Role]) -> bool:
    """Say whether `actor` holds one of `needed`."""
    try:
        check_role(actor, roles, needed, "do this")
    except NotAllowed:
        return False
    return True
