"""Persons joined into women over probable links and a reviewer's decisions, never against facts."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field

Pair = tuple[int, int]
"""Two persons by their numbers, the lower first."""

Births = Counter[str]
"""The birth dates of one person, ISO 8601, each with how many records bear it."""

BRIDGE = 0.99
"""A single link that joins two groups of records must be at least as probable as this."""

ONE_LINK = "one link alone joins two groups of records"
OWN_CHILD = "nobody is her own mother"
EITHER = "one of them may as well be another woman, who is not the other"
TWICE = "each has a birth date of its own, written down more than once"


def pair_of(one: int, other: int) -> Pair:
    """Return two persons as a pair."""
    return (one, other) if one < other else (other, one)


@dataclass(frozen=True)
class Decisions:
    """What reviewers said of pairs: one woman, or two."""

    same: frozenset[Pair] = frozenset()
    different: frozenset[Pair] = frozenset()


@dataclass
class Clusters:
    """Who is one woman with whom, and the links that were not followed, each with the reason."""

    members: dict[int, list[int]] = field(default_factory=dict)
    refused: dict[Pair, str] = field(default_factory=dict)

    def of(self, person: int) -> list[int]:
        """Return everyone in the person's cluster."""
        return self.members.get(person, [person])

    def is_one(self, pair: Pair) -> bool:
        """Say whether both are in one cluster."""
        return pair[1] in self.of(pair[0])

    def join(self, pair: Pair) -> None:
        """Make one cluster of two."""
        both = sorted({*self.of(pair[0]), *self.of(pair[1])})
        self.members.update(dict.fromkeys(both, both))

    def named(self) -> list[Pair]:
        """Return each person of a cluster with the one it goes by: the first registered."""
        return sorted((person, min(group)) for person, group in self.members.items())


def joined(
    links: Mapping[Pair, float], decisions: Decisions, against: Callable[[int, int], str],
    is_daughter: Callable[[int, int], bool], *,
    bare: Collection[Pair] = (), births: Mapping[int, Births] | None = None,
) -> Clusters:  # fmt: skip
    """Return the clusters over `links` (pair to probability) and decisions.

    `bare` links rest on names and birth dates alone: they give way where two clusters have each a
    birth date of its own that several of its records bear (`births`), for a slip is made once.

    The most probable links come first. One that would bring together two whom a certain fact or a
    reviewer holds apart is refused: so it is always the weakest link that gives way. A reviewer's
    *same* stands above `against`, but nobody is her own mother.
    """

    def unless_decided(one: int, other: int) -> str:
        return "" if pair_of(one, other) in decisions.same else against(one, other)

    found = Clusters()
    for pair in sorted(decisions.same):
        _join(found, pair, decisions.different, lambda a, b: OWN_CHILD if is_daughter(a, b) else "")
    for pair, _ in sorted(links.items(), key=lambda item: (-item[1], item[0])):
        if pair in bare and _are_settled_apart(found.of(pair[0]), found.of(pair[1]), births or {}):
            found.refused[pair] = TWICE
        elif pair not in decisions.different:
            _join(found, pair, decisions.different, unless_decided)
    return _without_bridges(found, links, decisions)


def _are_settled_apart(
    ones: Iterable[int], others: Iterable[int], births: Mapping[int, Births]
) -> bool:
    first, second = (
        sum((births.get(person, Counter()) for person in group), Counter[str]())
        for group in (ones, others)
    )
    return not first.keys() & second.keys() and all(
        max(dates.values(), default=0) > 1 for dates in (first, second)
    )


def _join(
    found: Clusters, pair: Pair, apart: frozenset[Pair], against: Callable[[int, int], str]
) -> None:
    if found.is_one(pair):
        return
    why = _objection(found.of(pair[0]), found.of(pair[1]), apart, against)
    if why:
        found.refused[pair] = why
    else:
        found.join(pair)


def _objection(
    ones: Iterable[int], others: list[int], apart: frozenset[Pair],
    against: Callable[[int, int], str],
) -> str:  # fmt: skip
    """Return why two clusters cannot be one woman, empty if they can."""
    for one in ones:
        for other in others:
            if pair_of(one, other) in apart:
                return "a reviewer holds two of the records apart"
            if why := against(one, other):
                return why
    return ""


def _without_bridges(
    found: Clusters, links: Mapping[Pair, float], decisions: Decisions
) -> Clusters:
    """Cut each cluster at single links that are not nearly certain, the weakest first."""
    groups = {tuple(group) for group in found.members.values() if len(group) > 3}
    for group in sorted(groups):
        inside = {
            pair: probability
            for pair, probability in links.items()
            if found.is_one(pair) and pair[0] in group and pair not in found.refused
        }
        fixed = {pair for pair in decisions.same if pair[0] in group and found.is_one(pair)}
        inside = {pair: p for pair, p in inside.items() if pair not in decisions.different}
        _cut(found, list(group), inside, fixed)
    return found


def _cut(found: Clusters, group: list[int], links: dict[Pair, float], fixed: set[Pair]) -> None:
    weak = sorted((p, pair) for pair, p in links.items() if p < BRIDGE and pair not in fixed)
    for _, pair in weak:
        kept = {*links, *fixed} - {pair}
        parts = _parts(group, kept)
        if len(parts) == 2 and min(len(part) for part in parts) > 1:
            found.refused[pair] = ONE_LINK
            for part in parts:
                found.members.update(dict.fromkeys(part, part))
                inside = {p: links[p] for p in links if p[0] in part and p[1] in part}
                _cut(found, part, inside, {p for p in fixed if p[0] in part})
            return


def _parts(group: list[int], links: Iterable[Pair]) -> list[list[int]]:
    """Return the group's connected parts over the links."""
    near: dict[int, set[int]] = defaultdict(set)
    for one, other in links:
        near[one].add(other)
        near[other].add(one)
    left, parts = set(group), []
    while left:
        part, edge = set[int](), {min(left)}
        while edge:
            part |= edge
            edge = {far for one in edge for far in near[one]} - part
        left -= part
        parts.append(sorted(part))
    return parts
