"""What each column of the shared dataset may say, as patterns of the whole cell.

A cell that is in its column's vocabulary tells of nobody by name, though a mother be called White.
The patterns stand beside the ladders and not in them: what a ladder tells is held to them.
"""

import re
from collections.abc import Iterable

from casescope.dataset.schema import AGE_GROUPS, AREA_NOT_KNOWN, OTHER_AREAS
from casescope.dataset.sharing.quasi import FURTHER, NO_REMOVAL, QUASI, TO_THE_END, WITHHELD
from casescope.dataset.sharing.schema import ABOUT, SHARED_TABLES
from casescope.kernel.codes import LINKAGES

TOKEN = "[0-9a-f]{32}"  # noqa: S105 — the form of a random token
"""A random token of 128 bits in hex."""

AREA_WORDS = (OTHER_AREAS, AREA_NOT_KNOWN, WITHHELD)
"""What `area` holds besides the areas' own names, which the place lookup gives."""


def _one_of(words: Iterable[str]) -> str:
    return "(?:" + "|".join(re.escape(word) for word in words) + ")"


def _many(item: str, most: int) -> str:
    return f"{item}(?:, {item}){{0,{most - 1}}}"


_YEAR = "(?:19|20)[0-9]{2}"
_LENGTH = (
    "(?:under [0-9]{1,2} years?|[0-9]{1,2} years?|[0-9]{1,2} to [0-9]{1,2} years"
    "|[0-9]{1,2} years or more)"
)
_INTERVAL = f"(?:[0-9]{{1,4}} days|[0-9]{{1,2}}–[0-9]{{1,2}} months|{_LENGTH})"
_NUMBER = "(?:none|1|1 or more|2 or more)(?:, first after (?:under 2 years|2 years or more))?"
_AGES = _one_of((*AGE_GROUPS, "5 and over"))

_TOLD = {
    "age": "(?:under [0-9]{2}|[0-9]{2}–[0-9]{2}|[0-9]{2} and over|not known)",
    "ethnicity": _one_of(("White", "Mixed", "Asian", "Black", "Other", "Not recorded",
                          "Mixed, Asian, Black or Other")),
    "index_period": f"(?:{_YEAR} quarter [1-4]|before {_YEAR}|{_YEAR}|{_YEAR}–{_YEAR})",
    "followed": f"(?:{_LENGTH}|{_one_of((FURTHER, TO_THE_END))})",
    "children": "[0-9](?: or more)?",
    "child_ages": f"(?:{_many(_AGES, 5)}|one under 1|none under 1)",
    "intervals": f"(?:{_many(_INTERVAL, 3)}|{_NUMBER})",
}  # fmt: skip

FACTS = {
    "linkage": _one_of(LINKAGES),
    "removals": "broad",
    "reference_period": f"(?:{_YEAR} quarter [1-4])?",
    "risk_floor": "[0-9]{1,2}",
    "women": "[0-9]{1,7}",
    **{f"step of {one.name}": _one_of(step.label for step in one.steps) for one in QUASI},
}
"""What the package says of itself: each fact's name, and the pattern of its value."""

_BY_NAME = {table.name: {column.name: column for column in table.columns}
            for table in SHARED_TABLES if table is not ABOUT}  # fmt: skip


def pattern_of(table: str, column: str, areas: Iterable[str] = ()) -> str | None:
    """Return the pattern of a column's whole cell, None for one that the dataset does not have.

    `areas` are the names that the place lookup gives. `shared_about` is not here: see `FACTS`.
    """
    found = _BY_NAME.get(table, {}).get(column)
    if found is None:
        return None
    if column == "woman":
        return TOKEN
    if found.type == "BOOLEAN":
        return "true|false"
    if column == "area":
        return _one_of((*AREA_WORDS, *areas))
    told = _TOLD.get(column)
    return f"(?:{told}|{NO_REMOVAL}|{WITHHELD})" if told else _one_of(found.allowed)
