"""What each message shows of its sender's ledger: where it stands and that it only ever grew.

The receiver holds it against what it saw before, keeps it, and countersigns it in its next message.
So neither side can rewrite, cut off or fork a ledger of which the other has seen the beginning.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from casescope.governance.record.checkpoint import (
    Checkpoint,
    cosigned,
    is_cosigned,
    read_note,
    signed_note,
)
from casescope.governance.record.merkle import Tree, is_consistent
from casescope.governance.record.signing import decoded, encoded
from casescope.kernel.canonical import Json
from casescope.kernel.errors import LedgerBroken, LedgerUnshown, SignatureRefused

MOST_PROOFS = 1000
"""No message needs more: one for each that the receiver has not yet answered."""

_TELL = "Do not rely on it; tell the data protection officer, and ask the other side why."


@dataclass(frozen=True)
class Growth:
    """The sender's newest checkpoint, and proofs that it grew from earlier ones.

    `proofs` maps an old size, in digits, to hashes in base64, for every size sent since the last
    one that the receiver countersigned; `countersigned` is the receiver's newest checkpoint with
    the sender's signature beneath, empty where it has none yet.
    """

    checkpoint: str
    proofs: Mapping[str, Sequence[str]]
    countersigned: str = ""

    def as_dict(self) -> dict[str, Json]:
        """Return it as JSON values; `growth_from` takes them back."""
        return {
            "checkpoint": self.checkpoint,
            "proofs": {size: list(proof) for size, proof in self.proofs.items()},
            "countersigned": self.countersigned,
        }


@dataclass(frozen=True)
class Kept:
    """A checkpoint of the other side that one keeps: its size, root (base64), note and proofs.

    The proofs let a message be checked that was overtaken by a later one.
    """

    size: int
    root: str
    note: str
    proofs: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Json]:
        """Return it as JSON values; `kept_from` takes them back."""
        proofs = {size: list(proof) for size, proof in self.proofs.items()}
        return {"size": self.size, "root": self.root, "note": self.note, "proofs": proofs}


def grown(
    leaves: Sequence[bytes],
    *,
    origin: str,
    private: Ed25519PrivateKey,
    sent: Sequence[int],
    countersigned: str = "",
) -> Growth:
    """Return what a message shows of one's own ledger, whose leaf hashes are `leaves`.

    `sent`: sizes told to the receiver since the last one that it countersigned, that one included.
    One that the ledger no longer has means that it was cut off: LedgerBroken.
    """
    tree = Tree(leaves)
    if max(sent, default=0) > tree.size:
        raise LedgerBroken(
            f"The other side was told of {max(sent)} entries; this ledger has {tree.size}.",
            "This ledger was cut off. Tell the data protection officer.",
        )
    proofs = {
        str(size): [encoded(step) for step in tree.consistency(size, tree.size)]
        for size in sorted(set(sent))
    }
    note = signed_note(Checkpoint(origin, tree.size, tree.root()), private)
    return Growth(note, proofs, countersigned)


def growth_from(raw: object, called: str) -> Growth:
    """Return what parsed JSON holds as a growth, or refuse."""
    given = raw if isinstance(raw, Mapping) else {}
    checkpoint, countersigned = given.get("checkpoint"), given.get("countersigned")
    proofs = _proofs_from(given.get("proofs"))
    if isinstance(checkpoint, str) and isinstance(countersigned, str) and proofs is not None:
        return Growth(checkpoint, proofs, countersigned)
    raise SignatureRefused(
        f"{called} does not say how its sender's ledger stands.", "Ask the sender for it again."
    )


def kept_from(raw: Mapping[str, Json]) -> Kept:
    """Return a kept checkpoint from what `as_dict` made of it."""
    size, proofs = raw["size"], _proofs_from(raw.get("proofs", {}))
    if not isinstance(size, int) or proofs is None:
        raise LedgerBroken("A kept checkpoint of the other side is damaged.", _TELL)
    return Kept(size, str(raw["root"]), str(raw["note"]), proofs)


def check_growth(
    growth: Growth, kept: Sequence[Kept], *, key: str, origin: str, called: str
) -> Kept:
    """Refuse a ledger that did not grow from what was seen of it before; return what to keep now.

    `kept` is everything kept of this origin. A message that was overtaken by a later one is held
    against the proofs of that later one.
    """
    checkpoint = read_note(growth.checkpoint, key, called)
    if checkpoint.origin != origin:
        raise LedgerBroken(f"{called} tells of another ledger than its sender's.", _TELL)
    now = Kept(checkpoint.size, encoded(checkpoint.root), growth.checkpoint, dict(growth.proofs))
    before = [each for each in kept if each.size <= now.size]
    if before:
        _check_step(max(before, key=_size), now, called)
    is_new = all(each.size != now.size for each in before)
    if is_new and len(before) < len(kept):
        _check_overtaken(now, [each for each in kept if each.size > now.size], called)
    return now


def countersign(kept: Kept, *, name: str, private: Ed25519PrivateKey, at: datetime) -> str:
    """Return the other side's checkpoint with one's own signature beneath, to be sent back.

    `name` is the origin of one's own ledger.
    """
    return cosigned(kept.note, private, name, at)


def acknowledged(
    growth: Growth,
    leaves: Sequence[bytes],
    *,
    origin: str,
    key: str,
    by: str,
    by_key: str,
    called: str,
) -> int:
    """Return up to which size the sender has countersigned one's own ledger, 0 if not at all.

    `origin` and `key` are one's own, `by` and `by_key` the sender's. A checkpoint that the ledger
    as it is now does not begin with means that one's own past was changed: LedgerBroken.
    """
    if not growth.countersigned:
        return 0
    seen = read_note(growth.countersigned, key, called)
    if seen.origin != origin or not is_cosigned(growth.countersigned, by_key, by):
        raise SignatureRefused(
            f"{called} countersigns no checkpoint of this ledger.", "Ask the sender for it again."
        )
    if seen.size > len(leaves) or Tree(leaves[: seen.size]).root() != seen.root:
        raise LedgerBroken(
            f"{called} countersigns {seen.size} entries that this ledger does not begin with.",
            "This ledger was cut off or rewritten. Tell the data protection officer.",
        )
    return seen.size


def _check_step(old: Kept, new: Kept, called: str) -> None:
    """Refuse where `new` does not show that it begins with `old`."""
    try:
        proof = [decoded(step) for step in new.proofs.get(str(old.size), ())]
        roots = decoded(old.root), decoded(new.root)
    except ValueError:
        raise SignatureRefused(f"{called} holds no sound proof.", _TELL) from None
    if is_consistent(old.size, roots[0], new.size, roots[1], proof):
        return
    if old.size == new.size:
        sentence = f"shows another ledger of {new.size} entries than the one seen before"
    elif str(old.size) not in new.proofs:
        raise LedgerUnshown(
            f"{called} does not show that the {old.size} entries seen before are still in the "
            "ledger.",
            _TELL,
        )
    else:
        sentence = f"shows a ledger that does not begin with the {old.size} entries seen before"
    raise LedgerBroken(f"{called} {sentence}.", _TELL)


def _check_overtaken(now: Kept, after: Sequence[Kept], called: str) -> None:
    """Refuse a smaller ledger than was seen, unless a later message proved that it began so."""
    proved = [each for each in after if str(now.size) in each.proofs]
    if not proved:
        most = max(each.size for each in after)
        raise LedgerUnshown(
            f"{called} shows a ledger of {now.size} entries, but {most} were seen before.", _TELL
        )
    for later in proved:
        _check_step(now, later, called)


def _size(kept: Kept) -> int:
    return kept.size


def _proofs_from(raw: object) -> dict[str, list[str]] | None:
    """Return proofs as they are written in JSON, None for anything else."""
    if not isinstance(raw, Mapping) or len(raw) > MOST_PROOFS:
        return None
    if all(isinstance(proof, list) and all(isinstance(step, str) for step in proof)
           for proof in raw.values()):  # fmt: skip
        return {str(size): list(proof) for size, proof in raw.items()}
    return None
