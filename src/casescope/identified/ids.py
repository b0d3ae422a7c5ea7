"""Ids of people inside the council's wing: types that never mix and never show their value."""

from dataclasses import dataclass


@dataclass(frozen=True, repr=False)
class _Id:
    value: str

    def __repr__(self) -> str:
        return f"{type(self).__name__}(hidden)"

    def __str__(self) -> str:
        return repr(self)


class PersonId(_Id):
    """A person record's id in the case system."""


class WomanId(_Id):
    """A woman's subject id: random, kept across runs, derived from nothing."""


class ChildId(_Id):
    """A child's subject id: random, kept across runs, derived from nothing."""
