"""Which dimensions must be looked at together, so that margins say as much as the whole would.

Tables whose dimensions form a tree of blocks (every two share only what the path between them
shares) can be coupled at shared margins and lose nothing: any consistent margins belong to a joint
table, of whole numbers too (Vorob'ev 1962; Beeri et al. 1983). Where they form rings, the ring is
filled in (triangulated, least fill first) until they do.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations, pairwise
from math import prod

MOST_ATOMS = 20_000
"""Of one block that no single table asks for; beyond it tables stay by themselves."""

Dimensions = frozenset[str]


@dataclass(frozen=True)
class Blocks:
    """Sets of dimensions, the pairs of them that are coupled, and whether that loses nothing."""

    blocks: tuple[Dimensions, ...]
    couplings: tuple[tuple[int, int], ...]
    exact: bool


def blocks_of(tables: Iterable[Dimensions], parts: Mapping[str, int]) -> Blocks:
    """Return the blocks for cells of these sets of dimensions."""
    edges = _largest(tables)
    filled = _largest(_cliques(edges))
    kept: list[Dimensions] = []
    exact = True
    for clique in filled:
        if clique in edges or prod(parts[name] for name in clique) <= MOST_ATOMS:
            kept.append(clique)
        else:
            exact = False
            kept += [edge for edge in edges if edge <= clique]
    blocks = _largest(kept)
    couplings = set(_tree(blocks)) | (set() if exact else _chains(blocks))
    return Blocks(tuple(blocks), tuple(sorted(couplings)), exact)


def _largest(sets: Iterable[Dimensions]) -> list[Dimensions]:
    """Return the sets that no other holds, in a fixed order."""
    every = sorted(set(sets), key=lambda one: (-len(one), sorted(one)))
    kept: list[Dimensions] = []
    for one in every:
        if not any(one <= other for other in kept):
            kept.append(one)
    return kept


def _cliques(edges: Iterable[Dimensions]) -> list[Dimensions]:
    """Return the cliques met while dimensions are taken away, least fill first."""
    near: dict[str, set[str]] = {}
    for edge in edges:
        for name in edge:
            near.setdefault(name, set()).update(edge - {name})
    cliques: list[Dimensions] = [frozenset()]
    while near:
        name = min(near, key=lambda one: (_fill(near, one), one))
        around = near.pop(name)
        cliques.append(frozenset(around | {name}))
        for one in around:
            near[one] |= around - {one}
            near[one].discard(name)
    return cliques


def _fill(near: Mapping[str, set[str]], name: str) -> int:
    return sum(b not in near[a] for a, b in combinations(sorted(near[name]), 2))


def _chains(blocks: list[Dimensions]) -> set[tuple[int, int]]:
    """Return couplings by which all blocks that share dimensions agree on the margin of these."""
    shared = {blocks[a] & blocks[b] for a, b in combinations(range(len(blocks)), 2)}
    found = set()
    for margin in shared - {frozenset()}:
        held = [n for n, block in enumerate(blocks) if margin <= block]
        found |= set(pairwise(held))
    return found


def _tree(blocks: list[Dimensions]) -> list[tuple[int, int]]:
    """Return a spanning tree that couples blocks sharing most first."""
    pairs = sorted(
        combinations(range(len(blocks)), 2),
        key=lambda pair: (-len(blocks[pair[0]] & blocks[pair[1]]), pair),
    )
    root = list(range(len(blocks)))
    tree = []
    for a, b in pairs:
        if root[a] != root[b]:
            tree.append((a, b))
            gone = root[b]
            root = [root[a] if one == gone else one for one in root]
    return tree
