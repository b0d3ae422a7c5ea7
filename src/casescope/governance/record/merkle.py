"""A tree of hashes exactly as RFC 6962 says: its root, and proofs of what is in it and how it grew.

`leaves` are hashes of leaves, as `leaf_hash` makes them; sizes count leaves from the first one.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

EMPTY = hashlib.sha256().digest()
"""The root of a tree without leaves."""

HASH_BYTES = 32


def leaf_hash(data: bytes) -> bytes:
    """Return the hash of one leaf."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of a node over two."""
    return hashlib.sha256(b"\x01" + left + right).digest()


@dataclass
class Peaks:
    """The roots of the perfect trees that a tree of `size` is made of, largest first.

    They are all that is needed to append to a tree and to tell its root, and never more than the
    bits of its size.
    """

    size: int = 0
    hashes: list[bytes] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Refuse (ValueError) what cannot be the peaks of a tree of that size."""
        sizes = {len(each) for each in self.hashes} - {HASH_BYTES}
        if self.size < 0 or len(self.hashes) != self.size.bit_count() or sizes:
            raise ValueError("not the peaks of a tree of this size")

    def extend(self, leaves: Iterable[bytes]) -> None:
        """Append leaves."""
        peaks, size, sha256 = self.hashes, self.size, hashlib.sha256
        for leaf in leaves:
            node, size = leaf, size + 1
            full = size
            while not full & 1:  # as many trees become one as the new size has noughts at its end
                node = sha256(b"\x01" + peaks.pop() + node).digest()
                full >>= 1
            peaks.append(node)
        self.size = size

    def root(self) -> bytes:
        """Return the root of the tree as it stands."""
        if not self.hashes:
            return EMPTY
        node = self.hashes[-1]
        for peak in reversed(self.hashes[:-1]):
            node = node_hash(peak, node)
        return node


class Tree:
    """A tree with the roots of all perfect trees in it, so that each proof takes a few steps."""

    def __init__(self, leaves: Sequence[bytes] = ()) -> None:
        self._levels: list[list[bytes]] = [list(leaves)]
        sha256 = hashlib.sha256
        while len(below := self._levels[-1]) > 1:
            pairs = zip(below[::2], below[1::2], strict=False)
            self._levels.append([sha256(b"\x01" + one + two).digest() for one, two in pairs])

    @property
    def size(self) -> int:
        """Return how many leaves there are."""
        return len(self._levels[0])

    def root(self, size: int | None = None) -> bytes:
        """Return the root over the first `size` leaves (None: over all)."""
        size = self._checked(self.size if size is None else size)
        return self._over(0, size) if size else EMPTY

    def inclusion(self, index: int, size: int) -> list[bytes]:
        """Return the proof that leaf `index` (from 0) is among the first `size`."""
        if not 0 <= index < self._checked(size):
            raise ValueError("no such leaf in a tree of this size")
        start, end, path = 0, size, list[bytes]()
        while end - start > 1:
            middle = start + _split(end - start)
            if index < middle:
                path.append(self._over(middle, end))
                end = middle
            else:
                path.append(self._over(start, middle))
                start = middle
        return path[::-1]

    def consistency(self, old: int, new: int) -> list[bytes]:
        """Return the proof that the first `new` leaves begin with the first `old`."""
        if not 0 <= old <= self._checked(new):
            raise ValueError("a tree does not grow to fewer leaves")
        if old in {0, new}:
            return []
        start, end, path = 0, new, list[bytes]()
        while old != end:
            middle = start + _split(end - start)
            if old <= middle:
                path.append(self._over(middle, end))
                end = middle
            else:
                path.append(self._over(start, middle))
                start = middle
        own = [] if start == 0 else [self._over(start, end)]  # the old root itself is known
        return own + path[::-1]

    def _checked(self, size: int) -> int:
        if not 0 <= size <= self.size:
            raise ValueError("the tree has not that many leaves")
        return size

    def _over(self, start: int, end: int) -> bytes:
        """Return the root over leaves `start` to `end`, as the RFC divides them."""
        width = end - start
        if width & (width - 1) == 0:  # a power of two: `start` is then a multiple of it
            level = width.bit_length() - 1
            return self._levels[level][start >> level]
        middle = start + _split(width)
        return node_hash(self._over(start, middle), self._over(middle, end))


def root(leaves: Sequence[bytes]) -> bytes:
    """Return the root over leaves."""
    return Tree(leaves).root()


def inclusion(leaves: Sequence[bytes], index: int, size: int) -> list[bytes]:
    """Return the proof that leaf `index` (from 0) is among the first `size`."""
    return Tree(leaves[:size]).inclusion(index, size)


def consistency(leaves: Sequence[bytes], old: int, new: int) -> list[bytes]:
    """Return the proof that the first `new` leaves begin with the first `old`."""
    return Tree(leaves[:new]).consistency(old, new)


def is_included(
    leaf: bytes, index: int, size: int, root: bytes, proof: Sequence[bytes]
) -> bool:  # fmt: skip
    """Say whether a proof shows that `leaf` is number `index` (from 0) of `size` under `root`.

    The steps are those of RFC 9162, 2.1.3.2, which says how to check the proofs of RFC 6962.
    """
    if not 0 <= index < size or not _are_hashes([leaf, *proof]):
        return False
    place, last, node = index, size - 1, leaf
    for step in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            node = node_hash(step, node)
            place, last = _past_noughts(place, last)
        else:
            node = node_hash(node, step)
        place, last = place >> 1, last >> 1
    return last == 0 and node == root


def is_consistent(
    old: int, old_root: bytes, new: int, new_root: bytes, proof: Sequence[bytes]
) -> bool:
    """Say whether a proof shows that the tree of `new` leaves begins with the one of `old`.

    The steps are those of RFC 9162, 2.1.4.2.
    """
    if not 0 <= old <= new or not _are_hashes([old_root, new_root, *proof]):
        return False
    if old == 0:  # everything begins with nothing
        return not proof and old_root == EMPTY and (new > 0 or new_root == EMPTY)
    if old == new:
        return not proof and old_root == new_root
    path = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    return bool(path) and _are_roots(path, old - 1, new - 1, old_root, new_root)


def _are_roots(
    path: Sequence[bytes], place: int, last: int, old_root: bytes, new_root: bytes
) -> bool:
    """Say whether a path leads to both roots; `place` and `last` are the ends of the two trees."""
    while place & 1:
        place, last = place >> 1, last >> 1
    was = now = path[0]
    for step in path[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            was, now = node_hash(step, was), node_hash(step, now)
            place, last = _past_noughts(place, last)
        else:
            now = node_hash(now, step)
        place, last = place >> 1, last >> 1
    return last == 0 and was == old_root and now == new_root


def _past_noughts(place: int, last: int) -> tuple[int, int]:
    """Climb past levels on which a node stood alone on the right and went up as it was."""
    while place and not place & 1:
        place, last = place >> 1, last >> 1
    return place, last


def _are_hashes(values: Sequence[bytes]) -> bool:
    return all(len(value) == HASH_BYTES for value in values)


def _split(width: int) -> int:
    """Return the largest power of two that is less than `width`."""
    return 1 << ((width - 1).bit_length() - 1)
