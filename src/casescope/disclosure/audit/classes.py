"""The classes of one dimension: the coarsest parts that tell every category used apart."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set

from casescope.disclosure.audit.figures import Groups

_REST = "\x00"
"""Beside a dimension's only category there are others, or it would be no dimension."""


def members(groups: Mapping[str, Set[str]], category: str) -> frozenset[str]:
    """Return the categories that a category is made of; itself where it is no union.

    Raises ValueError where a group holds itself.
    """
    return frozenset(_members(groups, category, ()))


def _members(groups: Mapping[str, Set[str]], category: str, within: tuple[str, ...]) -> set[str]:
    if category in within:
        raise ValueError("a group holds itself")
    if category not in groups:
        return {category}
    return {
        leaf
        for one in groups[category]
        for leaf in _members(groups, one, (*within, category))
    }  # fmt: skip


class Classes:
    """The parts of each dimension of one universe, and which of them each category covers."""

    def __init__(
        self, used: Iterable[tuple[str, str]], groups: Groups, more: Mapping[str, Set[str]]
    ) -> None:
        """Take the (dimension, category) pairs used, and categories that exist beside them."""
        leaves: dict[str, dict[str, frozenset[str]]] = defaultdict(dict)
        for dimension, category in sorted(set(used)):
            leaves[dimension][category] = members(groups.get(dimension, {}), category)
        self.parts: dict[str, int] = {}
        self._covers: dict[tuple[str, str], tuple[int, ...]] = {}
        for dimension, categories in leaves.items():
            self._split(dimension, categories, more.get(dimension, frozenset()))

    def _split(
        self, dimension: str, categories: Mapping[str, frozenset[str]], more: Set[str]
    ) -> None:
        every = sorted(set().union(*categories.values(), more))
        if len(every) == 1:
            every.append(_REST)
        signatures = {
            leaf: tuple(name for name, held in categories.items() if leaf in held)
            for leaf in every
        }  # fmt: skip
        parts = {mark: n for n, mark in enumerate(dict.fromkeys(signatures.values()))}
        self.parts[dimension] = len(parts)
        for category, held in categories.items():
            covered = sorted({parts[signatures[leaf]] for leaf in held})
            self._covers[dimension, category] = tuple(covered)

    def covered(self, dimension: str, category: str) -> tuple[int, ...]:
        """Return the parts of the dimension that a category covers."""
        return self._covers[dimension, category]
