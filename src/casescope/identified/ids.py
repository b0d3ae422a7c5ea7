"""Ids of people inside the council's wing: types that never mix and never show their value.

Inside a step's tables people go by plain numbers (`subject`, `woman_id`, `child_id`: registration
numbers of the id map), which leave the wing in no form.
"""

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


class SubjectId(_Id):
    """A person record's random id inside the study, kept across runs, derived from nothing."""
