"""The tree of hashes: RFC 6962, vectors of Certificate Transparency, another program."""

import hashlib
from collections.abc import Sequence

import pymerkle
import pytest

from casescope.governance.record import merkle
from casescope.governance.record.merkle import EMPTY, Peaks, Tree

# From Certificate Transparency's reference code, as transparency-dev/merkle (proof/verify_test.go)
# gives them: what the leaves hold, the roots of the first 1 to 8, and proofs (leaves from 0 here).
HELD = [bytes.fromhex(text) for text in (
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
)]  # fmt: skip
ROOTS = [bytes.fromhex(text) for text in (
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)]  # fmt: skip
INCLUSION = [
    (0, 1, []),
    (0, 8, ["96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"]),
    (5, 8, ["bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"]),
    (2, 3, ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]),
    (1, 5, ["6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"]),
]  # fmt: skip
CONSISTENCY = [
    (1, 1, []),
    (1, 8, ["96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"]),
    (6, 8, ["0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"]),
    (2, 5, ["5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"]),
    (6, 7, ["0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
            "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"]),
]  # fmt: skip

MOST = 40
LEAVES = [merkle.leaf_hash(f"entry {number}".encode()) for number in range(MOST)]
VECTORS = [merkle.leaf_hash(held) for held in HELD]
ALL_ROOTS = [merkle.root(LEAVES[:size]) for size in range(MOST + 1)]


def sha256(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


def by_definition(leaves: Sequence[bytes]) -> bytes:
    """MTH of RFC 6962, 2.1, word for word, on hashes of leaves."""
    if not leaves:
        return sha256(b"")
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return sha256(b"\x01", by_definition(leaves[:k]), by_definition(leaves[k:]))


def path_by_definition(m: int, leaves: Sequence[bytes]) -> list[bytes]:
    """PATH of RFC 6962, 2.1.1."""
    if len(leaves) == 1:
        return []
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    if m < k:
        return [*path_by_definition(m, leaves[:k]), by_definition(leaves[k:])]
    return [*path_by_definition(m - k, leaves[k:]), by_definition(leaves[:k])]


def proof_by_definition(m: int, leaves: Sequence[bytes], *, known: bool = True) -> list[bytes]:
    """PROOF and SUBPROOF of RFC 6962, 2.1.2."""
    if m == len(leaves):
        return [] if known else [by_definition(leaves)]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    if m <= k:
        return [*proof_by_definition(m, leaves[:k], known=known), by_definition(leaves[k:])]
    return [*proof_by_definition(m - k, leaves[k:], known=False), by_definition(leaves[:k])]


def hexed(text: Sequence[str]) -> list[bytes]:
    return [bytes.fromhex(each) for each in text]


def test_roots_are_those_of_certificate_transparency():
    assert [merkle.root(VECTORS[:size]) for size in range(1, 9)] == ROOTS
    # the hash of nothing, as the RFC says of the empty tree
    assert EMPTY.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert merkle.root([]) == EMPTY


@pytest.mark.parametrize(("index", "size", "proof"), INCLUSION)
def test_proofs_of_inclusion_are_those_of_certificate_transparency(index, size, proof):
    assert merkle.inclusion(VECTORS, index, size) == hexed(proof)
    assert merkle.is_included(VECTORS[index], index, size, ROOTS[size - 1], hexed(proof))


@pytest.mark.parametrize(("old", "new", "proof"), CONSISTENCY)
def test_proofs_of_consistency_are_those_of_certificate_transparency(old, new, proof):
    assert merkle.consistency(VECTORS, old, new) == hexed(proof)
    assert merkle.is_consistent(old, ROOTS[old - 1], new, ROOTS[new - 1], hexed(proof))


def test_every_root_is_the_definitions_appended_one_by_one_or_in_any_batches():
    one_by_one = Peaks()
    for size, leaf in enumerate(LEAVES):
        one_by_one.extend([leaf])
        assert one_by_one.root() == ALL_ROOTS[size + 1] == by_definition(LEAVES[: size + 1])
        batched = Peaks()
        batched.extend(LEAVES[: size // 3])
        batched.extend(LEAVES[size // 3 : size + 1])
        assert batched == one_by_one
    assert [Tree(LEAVES).root(size) for size in range(MOST + 1)] == ALL_ROOTS


def test_every_proof_of_inclusion_is_the_definitions_and_holds():
    tree = Tree(LEAVES)
    for size in range(1, MOST + 1):
        for index in range(size):
            proof = tree.inclusion(index, size)
            assert proof == path_by_definition(index, LEAVES[:size])
            assert merkle.is_included(LEAVES[index], index, size, ALL_ROOTS[size], proof)


def test_every_proof_of_consistency_is_the_definitions_and_holds():
    tree = Tree(LEAVES)
    for new in range(1, MOST + 1):
        for old in range(1, new + 1):
            proof = tree.consistency(old, new)
            assert proof == proof_by_definition(old, LEAVES[:new])
            assert merkle.is_consistent(old, ALL_ROOTS[old], new, ALL_ROOTS[new], proof)


def test_a_proof_for_another_place_or_size_or_leaf_does_not_hold():
    tree = Tree(LEAVES[:13])
    for size in range(1, 14):
        for index in range(size):
            proof = tree.inclusion(index, size)
            held = [
                (leaf, place, width)
                for leaf in range(13)
                for place in range(16)
                for width in (size - 1, size, size + 1, 2 * size, size // 2)
                if merkle.is_included(LEAVES[leaf], place, width, ALL_ROOTS[size], proof)
            ]
            # a proof's length says little of the width, so only leaf and root bind it wholly
            assert {leaf for leaf, _, _ in held} == {index}
            assert {place for _, place, width in held if width == size} == {index}


def test_a_tree_that_does_not_begin_with_the_old_one_has_no_proof():
    for old, new in [(1, 2), (3, 7), (4, 8), (6, 13), (8, 9), (20, 21)]:
        for changed in range(old):
            forked = [*LEAVES[:changed], LEAVES[-1], *LEAVES[changed + 1 : new]]
            proof = merkle.consistency(forked, old, new)
            assert not merkle.is_consistent(old, ALL_ROOTS[old], new, merkle.root(forked), proof)
        assert not merkle.is_consistent(new, ALL_ROOTS[new], old, ALL_ROOTS[old], [])


@pytest.mark.parametrize(("old", "new"), [(1, 2), (3, 7), (4, 8), (6, 13)])
def test_every_flipped_byte_of_a_proof_or_a_root_is_found(old, new):
    proof = merkle.consistency(LEAVES, old, new)
    path = merkle.inclusion(LEAVES, old, new)
    for place in range(32 * (len(proof) + 2)):
        parts = [bytearray(each) for each in (ALL_ROOTS[old], ALL_ROOTS[new], *proof)]
        parts[place // 32][place % 32] ^= 1 << place % 8
        was, now, *steps = map(bytes, parts)
        assert not merkle.is_consistent(old, was, new, now, steps)
    for place in range(32 * (len(path) + 2)):
        parts = [bytearray(each) for each in (LEAVES[old], ALL_ROOTS[new], *path)]
        parts[place // 32][place % 32] ^= 1 << place % 8
        leaf, now, *steps = map(bytes, parts)
        assert not merkle.is_included(leaf, old, new, now, steps)


@pytest.mark.parametrize("more", [b"", b"\x00" * 31, ALL_ROOTS[6], ALL_ROOTS[13], EMPTY])
def test_a_proof_that_is_longer_or_shorter_does_not_hold(more):
    proof, path = merkle.consistency(LEAVES, 6, 13), merkle.inclusion(LEAVES, 6, 13)
    for wrong in ([more, *proof], [*proof, more], proof[:-1], proof[1:], []):
        assert not merkle.is_consistent(6, ALL_ROOTS[6], 13, ALL_ROOTS[13], wrong)
    for wrong in ([more, *path], [*path, more], path[:-1], path[1:], []):
        assert not merkle.is_included(LEAVES[6], 6, 13, ALL_ROOTS[13], wrong)


@pytest.mark.parametrize("new", [7, 26, 52, 104])
def test_a_proof_does_not_hold_for_a_tree_of_another_height(new):
    proof = merkle.consistency(LEAVES, 6, 13)
    assert not merkle.is_consistent(6, ALL_ROOTS[6], new, ALL_ROOTS[13], proof)


def test_everything_begins_with_nothing_and_with_itself():
    assert merkle.consistency(LEAVES, 0, 5) == [] == merkle.consistency(LEAVES, 5, 5)
    assert merkle.is_consistent(0, EMPTY, 5, ALL_ROOTS[5], [])
    assert merkle.is_consistent(0, EMPTY, 0, EMPTY, [])
    assert not merkle.is_consistent(0, ALL_ROOTS[1], 5, ALL_ROOTS[5], [])
    assert not merkle.is_consistent(0, EMPTY, 0, ALL_ROOTS[1], [])
    assert not merkle.is_consistent(0, EMPTY, 5, ALL_ROOTS[5], [EMPTY])
    assert not merkle.is_consistent(5, ALL_ROOTS[5], 5, ALL_ROOTS[4], [])
    assert not merkle.is_consistent(5, ALL_ROOTS[5], 5, ALL_ROOTS[5], [ALL_ROOTS[5]])
    assert not merkle.is_consistent(-1, EMPTY, 5, ALL_ROOTS[5], [])
    assert not merkle.is_included(LEAVES[0], 0, 0, EMPTY, [])
    assert not merkle.is_included(LEAVES[0], -1, 1, ALL_ROOTS[1], [])


def test_what_is_not_in_the_tree_has_no_proof():
    tree = Tree(LEAVES[:5])
    for index, size in [(5, 5), (-1, 5), (0, 6), (0, 0)]:
        with pytest.raises(ValueError, match="tree"):
            tree.inclusion(index, size)
    for old, new in [(3, 2), (-1, 2), (2, 6)]:
        with pytest.raises(ValueError, match="leaves"):
            tree.consistency(old, new)
    with pytest.raises(ValueError, match="leaves"):
        tree.root(6)


@pytest.mark.parametrize(
    ("size", "hashes"),
    [(1, []), (3, LEAVES[:1]), (4, LEAVES[:2]), (-1, []), (1, [b"short"]), (0, LEAVES[:1])],
)
def test_peaks_that_no_tree_of_that_size_has_are_refused(size, hashes):
    with pytest.raises(ValueError, match="peaks"):
        Peaks(size, hashes)


def pymerkles(count: int) -> pymerkle.InmemoryTree:
    """pymerkle's tree of the same entries; its defaults (SHA-256, prefixes on) are RFC 6962's."""
    tree = pymerkle.InmemoryTree(algorithm="sha256")
    tree.append_entries([f"entry {number}".encode() for number in range(count)])
    return tree


def test_pymerkle_comes_to_the_same_roots_and_checks_our_proofs():
    theirs, ours = pymerkles(MOST), Tree(LEAVES)
    assert [theirs.get_root(size) for size in range(MOST + 1)] == ALL_ROOTS
    for size in range(1, MOST + 1, 3):
        for index in range(size):
            proof = theirs.prove_inclusion(index + 1, size)
            proof.path = [LEAVES[index], *ours.inclusion(index, size)]  # ours, in their envelope
            pymerkle.verify_inclusion(LEAVES[index], ALL_ROOTS[size], proof,
                                      index=index + 1, size=size)  # fmt: skip


def as_the_rfc_writes_it(proof: pymerkle.ConsistencyProof) -> list[bytes]:
    """pymerkle's proof of consistency in the RFC's form.

    Where the old tree ends between two subtrees, pymerkle divides the right one down to a leaf and
    begins there; the RFC gives the left one (unless it is the whole old tree), then the right one
    whole. Above, both are alike.
    """
    if proof.subset[0]:  # it begins with the end of the old tree, as the RFC does
        return proof.path[1:] if len(proof.path) == 1 else proof.path
    right, rest, masks = proof.path[0], proof.path[1:], proof.subset[1:]
    while not masks[0]:
        right, rest, masks = sha256(b"\x01", right, rest[0]), rest[1:], masks[1:]
    old_ends = proof.prior_size & (proof.prior_size - 1) != 0
    return [*(rest[:1] if old_ends else []), right, *rest[1:]]


def test_pymerkles_proofs_of_consistency_hold_there_and_are_ours():
    theirs, ours = pymerkles(MOST), Tree(LEAVES)
    for new in range(1, MOST + 1, 3):
        for old in range(1, new + 1):
            proof = theirs.prove_consistency(old, new)
            pymerkle.verify_consistency(ALL_ROOTS[old], ALL_ROOTS[new], proof,
                                        prior_size=old, later_size=new)  # fmt: skip
            assert as_the_rfc_writes_it(proof) == ours.consistency(old, new)
