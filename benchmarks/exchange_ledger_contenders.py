"""One contender with many ledger entries, in a process of its own; prints JSON.

What is recorded is in memory before the clock starts. *Tree alone* begins from the entries' hashes,
which are the same for casescope and pymerkle.
"""

import hashlib
import json
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from casescope.governance.record.ledger import Act, entries_after, leaf_of
from casescope.governance.record.merkle import Peaks, Tree, is_consistent, is_included

_T = TypeVar("_T")
_DAY = date(2026, 11, 30)
_AT = datetime(2026, 11, 30, 20, 0, tzinfo=UTC)
_STUDY = "6f2c9a41-6f0e-4a3b-9d55-0c6f1f7b2e10"
_CHECKS = 2_000


def entries_in_memory(count: int) -> dict[str, Any]:
    """Make entries of what was done, salted, hashed and chained, and the tree over them."""
    done = _acts(count)

    def append() -> bytes:
        peaks = Peaks()
        peaks.extend(entry.leaf for entry in entries_after(None, _STUDY, done))
        return peaks.root()

    said, _ = _measured(append)
    return said


def entries_in_register(count: int) -> dict[str, Any]:
    """Do the same into a register on SQLite, in one transaction, flushed to the disk."""
    from casescope.register import open_register

    done = _acts(count)
    with tempfile.TemporaryDirectory(prefix="casescope-benchmark-") as folder:
        register = open_register(Path(folder))

        def append() -> bytes:
            with register.transaction():
                entries = register.append_all(_STUDY, done)
            peaks = Peaks()
            peaks.extend(entry.leaf for entry in entries)
            return peaks.root()

        said, _ = _measured(append)
        held = register.hashes(_STUDY)
    if len(held) != count:
        raise AssertionError(f"{len(held)} of {count} entries are in the register")
    return said


def tree_of_casescope(count: int) -> dict[str, Any]:
    """Make a tree of entries' hashes, every node kept, and take the root."""
    hashes = _hashes(count)

    def append() -> bytes:
        return Tree([leaf_of(each) for each in hashes]).root()

    said, root = _measured(append)
    return {**said, "root": root.hex()}


def tree_of_pymerkle(count: int) -> dict[str, Any]:
    """Append the same in pymerkle's tree in memory, and take the root."""
    import pymerkle

    held = [bytes.fromhex(each) for each in _hashes(count)]

    def append() -> bytes:
        tree = pymerkle.InmemoryTree(algorithm="sha256")
        tree.append_entries(held)
        root: bytes = tree.get_root()
        return root

    said, root = _measured(append)
    return {**said, "root": root.hex()}


def proofs_of_casescope(count: int) -> dict[str, Any]:
    """Check proofs of entries and of growth from places all over a tree."""
    leaves = [leaf_of(each) for each in _hashes(count)]
    tree, root = Tree(leaves), Tree(leaves).root()
    places = _places(count)
    included = [(place, tree.inclusion(place, count)) for place in places]
    grown = [(size, tree.root(size), tree.consistency(size, count)) for size in places]

    def check() -> bool:
        return all(
            is_included(leaves[place], place, count, root, proof) for place, proof in included
        ) and all(is_consistent(size, was, count, root, proof) for size, was, proof in grown)

    return _checked(check, 2 * len(places))


def proofs_of_pymerkle(count: int) -> dict[str, Any]:
    """Check the same in pymerkle, with its own proofs."""
    import pymerkle

    tree = pymerkle.InmemoryTree(algorithm="sha256")
    tree.append_entries([bytes.fromhex(each) for each in _hashes(count)])
    root, places = tree.get_root(), _places(count)
    included = [(tree.get_leaf(place), tree.prove_inclusion(place, count)) for place in places]
    grown = [(tree.get_root(size), tree.prove_consistency(size, count)) for size in places]

    def check() -> bool:
        for leaf, proof in included:
            pymerkle.verify_inclusion(leaf, root, proof)
        for was, proof in grown:
            pymerkle.verify_consistency(was, root, proof)
        return True

    return _checked(check, 2 * len(places))


def export_verified(count: int) -> dict[str, Any]:
    """Verify a signed export, details and all."""
    from casescope.governance.record.export import export_of, verify_export

    entries = entries_after(None, _STUDY, _acts(count))
    raw = export_of(entries, origin=f"casescope.study/{_STUDY}", study=_STUDY,
                    private=Ed25519PrivateKey.generate(), on=_DAY)  # fmt: skip
    said, verdict = _measured(lambda: verify_export(raw, "it"))
    if verdict.faults:
        raise AssertionError("the export does not verify")
    return {**said, "megabytes": round(len(raw) / 1e6, 1)}


CONTENDERS: dict[str, Callable[[int], dict[str, Any]]] = {
    "entries": entries_in_memory,
    "register": entries_in_register,
    "tree-casescope": tree_of_casescope,
    "tree-pymerkle": tree_of_pymerkle,
    "proofs-casescope": proofs_of_casescope,
    "proofs-pymerkle": proofs_of_pymerkle,
    "export": export_verified,
}


def _acts(count: int) -> list[Act]:
    """Return pretend grants of leases, each of its own content."""
    return [
        Act(_DAY, _AT, "ann", "grant_lease",
            {"did": {"package": f"{number:032x}", "hours": 24}, "reason": "weekly analysis"})
        for number in range(count)
    ]  # fmt: skip


def _hashes(count: int) -> list[str]:
    return [hashlib.sha256(str(number).encode()).hexdigest() for number in range(count)]


def _places(count: int) -> list[int]:
    """Return places all over a tree, in no order of theirs."""
    return [1 + number * 7919 % (count - 1) for number in range(min(_CHECKS, count - 1))]


def _measured(work: Callable[[], _T]) -> tuple[dict[str, float], _T]:
    wall, processor = time.perf_counter(), time.process_time()
    result = work()
    return {
        "seconds": time.perf_counter() - wall,
        "processor_seconds": time.process_time() - processor,
    }, result


def _checked(check: Callable[[], bool], proofs: int) -> dict[str, Any]:
    said, sound = _measured(check)
    if not sound:
        raise AssertionError("a proof does not hold")
    return {**said, "proofs": proofs}


if __name__ == "__main__":
    print(json.dumps(CONTENDERS[sys.argv[1]](int(sys.argv[2]))))
