"""Whether tables call one thing by one name."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations

from casescope.disclosure.audit.sheet import Sheet
from casescope.kernel.errors import InputRefused

_ANSWERS = frozenset({"yes", "no", "y", "n", "true", "false", "0", "1", "not recorded"})
"""Categories that many dimensions have: no sign that two are one."""

_ALIKE = 0.6
"""Share of categories in common from which two dimensions are taken for one."""


def check_names(sheets: Sequence[Sheet]) -> None:
    """Raise InputRefused where one dimension or category goes by two names."""
    _check_spelling(((name, sheet.name) for sheet in sheets for name in sheet.dimensions),
                    "calls a dimension")  # fmt: skip
    for dimension in sorted({name for sheet in sheets for name in sheet.dimensions}):
        _check_spelling(
            ((line.categories[dimension], f"{sheet.name}, row {line.number}")
             for sheet in sheets for line in sheet.lines if dimension in line.categories),
            f"spells a category of {dimension}",
        )  # fmt: skip
    _check_alike(sheets)


def _check_spelling(found: Iterable[tuple[str, str]], does: str) -> None:
    met: dict[str, tuple[str, str]] = {}
    for word, where in found:
        first, place = met.setdefault(" ".join(word.split()).casefold(), (word, where))
        if first != word:
            raise InputRefused(f"{where} {does} otherwise than {place}.",
                               "Spell it the same everywhere.")  # fmt: skip


def _check_alike(sheets: Sequence[Sheet]) -> None:
    """Raise where dimensions that no table has both of have mostly the same categories."""
    categories: dict[str, set[str]] = defaultdict(set)
    where: dict[str, str] = {}
    together: set[frozenset[str]] = set()
    for sheet in sheets:
        together |= {frozenset(pair) for pair in combinations(sheet.dimensions, 2)}
        for name in sheet.dimensions:
            where.setdefault(name, sheet.name)
            categories[name] |= {one.categories[name].casefold() for one in sheet.lines
                                 if name in one.categories}  # fmt: skip
    for one, other in combinations(categories, 2):
        if frozenset((one, other)) not in together and _alike(categories[one], categories[other]):
            raise InputRefused(
                f"{where[one]} calls a dimension {one} and {where[other]} calls one {other}, and "
                "they have the same categories.",
                "Give them one name if they are one, or name their categories apart.",
            )


def _alike(one: set[str], other: set[str]) -> bool:
    both = (one & other) - _ANSWERS
    return len(both) > 1 and len(both) >= _ALIKE * len(one | other)
