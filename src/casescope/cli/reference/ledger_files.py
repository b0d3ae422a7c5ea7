"""The page of ledger files: entries, checkpoints, exports, and what a message shows of a ledger."""

from collections.abc import Mapping

from casescope.cli.reference.markdown import code, page, table
from casescope.governance.record.checkpoint import partner_origin, study_origin
from casescope.governance.record.export import EXPORT, FORMAT

ENTRY_HOLDS: dict[str, str] = {
    "study": "the study's id",
    "number": "1 for the first entry, and so on without gaps",
    "on": "the study's day",
    "at": "the machine's clock, UTC",
    "actor": "user name",
    "action": "what was done or refused",
    "detail": "ids of things, counts and reasons",
    "salt": "16 random bytes, in hex; empty in entries from before there were salts, whose hash "
    "was taken without this line",
    "previous": "hash of the entry before, 64 noughts in the first",
    "hash": "SHA-256 of the other lines as canonical JSON",
}
"""What each line of an entry means."""

EXPORT_HOLDS: dict[str, str] = {
    "format": f"`{FORMAT}`",
    "origin": f"whose ledger: `{study_origin('ID')}` or `{partner_origin('FINGERPRINT')}`",
    "study": "the study's id",
    "on": "the day of the export",
    "checkpoint": "the newest checkpoint, signed with the key that signs the export",
    "seen": "checkpoints of this ledger that others countersigned: `by` (their ledger's origin), "
    "`key` (theirs, base64), `note`",
    "entries": "every entry, oldest first; none without details",
    "hashes": "without details: every entry's hash, in order",
}
"""What each line of an export means."""

GROWTH_HOLDS: dict[str, str] = {
    "checkpoint": "the sender's newest checkpoint",
    "proofs": "by old size, in digits: hashes (base64) of RFC 6962's proof of consistency from it, "
    "for every size sent since the last one that the receiver countersigned",
    "countersigned": "the receiver's newest checkpoint with the sender's signature beneath, or "
    "nothing",
}
"""What each line of a message's `ledger` means."""

_CHECK = """
import base64, hashlib, json, sys

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


def canonical(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def tree(leaves):  # pairs, and a last one alone goes up as it is
    while len(leaves) > 1:
        pairs = [leaves[at : at + 2] for at in range(0, len(leaves), 2)]
        leaves = [hashlib.sha256(b"\\x01" + b"".join(pair)).digest() if len(pair) == 2 else pair[0]
                  for pair in pairs]
    return leaves[0] if leaves else hashlib.sha256(b"").digest()


signed = json.load(open(sys.argv[1], encoding="utf-8"))
said, key = signed["statement"], signed["key"]
content = {"casescope": signed["kind"], "statement": said, "key": key}
public = Ed25519PublicKey.from_public_bytes(base64.b64decode(key))
public.verify(base64.b64decode(signed["signature"]), canonical(content))

hashes, previous = said["hashes"], "0" * 64
for number, entry in enumerate(said["entries"], 1):
    lines = {name: value for name, value in entry.items() if name != "hash"}
    if not lines["salt"]:
        del lines["salt"]
    assert hashlib.sha256(canonical(lines)).hexdigest() == entry["hash"], number
    assert (entry["number"], entry["previous"]) == (number, previous), number
    previous = entry["hash"]
    hashes = [*hashes, previous]

text, _, lines = said["checkpoint"].partition("\\n\\n")
origin, size, root = text.split("\\n")
dash, name, raw = lines.split("\\n")[0].split(" ")
public.verify(base64.b64decode(raw)[4:], (text + "\\n").encode())
leaves = [hashlib.sha256(b"\\x00" + bytes.fromhex(each)).digest() for each in hashes]
assert (origin, int(size)) == (said["origin"], len(leaves))
assert base64.b64decode(root) == tree(leaves)
print(origin, size, "entries, sound")
"""

_NOTE = """
casescope.study/6f2c9a41-6f0e-4a3b-9d55-0c6f1f7b2e10
12
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— casescope.study/6f2c9a41-6f0e-4a3b-9d55-0c6f1f7b2e10 Az3grlgtzPICa5OS…
— casescope.partner/1f3c-77aa-… jWbPPwAAAABkGFDLEZMHwSRa…
"""


def ledger_files() -> str:
    """Return the page of ledger files."""
    return page(
        "Files of a ledger",
        "An entry's hash is a commitment: whoever has it alone learns nothing, because of the "
        "salt; whoever has the entry can check it. Hashes are chained, and are what the leaves of "
        "a tree hold. Its root stands for all entries, in their order. The council and each "
        "partner keep a ledger of this form.",
        "## Entry",
        _holds(ENTRY_HOLDS),
        "Canonical JSON: keys sorted, no blanks, UTF-8, nothing escaped that need not be. The tree "
        "is [RFC 6962](https://www.rfc-editor.org/rfc/rfc6962)'s: a leaf is SHA-256 of a byte 0 "
        "and the 32 bytes of the entry's hash, a node is SHA-256 of a byte 1 and the two "
        "below.",
        "## Checkpoint",
        "How many entries there are and the tree's root, as a "
        "[tlog-checkpoint](https://c2sp.org/tlog-checkpoint) of C2SP: a "
        "[signed note](https://c2sp.org/signed-note) under Ed25519 (kind `0x01`), the key named "
        "by the ledger's origin. The other side countersigns it as a "
        "[tlog-cosignature](https://c2sp.org/tlog-cosignature) (`cosignature/v1`, kind `0x04`, "
        "with the second by its clock), the key named by its own ledger's origin: it saw the "
        "ledger with those entries, grown from what it saw before.",
        code(_NOTE),
        f"## {EXPORT[:1].upper()}{EXPORT[1:]}",
        f"One line of canonical JSON and a line feed: `kind` (`{EXPORT}`), `statement`, `key` and "
        "`signature`, signed like the [files of a release](release-files.md). `casescope ledger "
        "verify` checks it and holds it against an earlier checkpoint or export (`--against`). "
        "Without one, it can't be told whether entries were cut off at the end and the rest signed "
        "again. This checks an export without casescope:",
        _holds(EXPORT_HOLDS),
        code(_CHECK, "python"),
        "## What each message shows",
        "Every message between council and partner holds `ledger`:",
        _holds(GROWTH_HOLDS),
        "The receiver refuses a message whose ledger does not begin with what it saw before "
        "(exit code 40), keeps the checkpoint, and countersigns it in its next message.",
        "## Kept with the keys",
        "`ledger-head` in the study's key folder: `number` and `hash` of the newest entry, `peaks` "
        "(the roots, in hex, of the perfect trees that the tree is made of, largest first) and "
        "`checkpoint`, empty until the study has a key to sign with.",
    )


def _holds(meanings: Mapping[str, str]) -> str:
    return table(("line", "holds"), [(f"`{name}`", about) for name, about in meanings.items()])
