"""The page of signed files: what a request, an answer and a record hold, and how to check one."""

from collections.abc import Mapping

from casescope.cli.reference.markdown import code, page, table
from casescope.governance.release.release import ANSWER, RECORD, REQUEST

REQUEST_HOLDS: dict[str, str] = {
    "release": "`R1` for the study's first request, and so on",
    "study": "the study's id",
    "name": "what study.toml calls it",
    "authority": "the council",
    "author": "user name of whoever asked",
    "on": "the day",
    "context": "what it is for and who will read it, in the author's words",
    "files": "SHA-256 of each file of the draft edition, by its place",
    "figures": "digest of `rules`, `facts`, `tables` and `curves` of its report.json",
    "findings": "digest of everything released to make it, what the edition leaves out included",
    "made_from": "digest of the keys of layers, study.toml, restrictions and version behind it",
    "made": "moment, day and ledger head that the edition itself states",
    "rules": "the rule pack: name, version, date, what it does",
    "record": "figures shown and hidden in each table, and the audit",
    "reviewers": "fingerprint of each approved reviewer other than the author, by user name",
    "seal_to": "the X25519 key that answers are sealed to",
    "earlier": "what came of earlier requests",
    "version": "the version of casescope",
}
"""What each line of a request means."""

ANSWER_HOLDS: dict[str, str] = {
    "request": "digest of the signed request",
    "release": "its name",
    "study": "the study's id",
    "reviewer": "user name",
    "on": "the day, by the reviewer's machine",
    "commitment": "SHA-256 of `opening`, a line feed and the opening as canonical JSON",
}
"""What each line of the signed part of an answer means."""

OPENING_HOLDS: dict[str, str] = {
    "outcome": "`accept` or `return`",
    "reason": "SHA-256 of `words`, a line feed and the reason with a number of its own",
    "nonce": "a random number, so that nobody can guess the outcome from the commitment",
}
"""What an answer is a commitment to; published with a release."""

RECORD_HOLDS: dict[str, str] = {
    "file": "name, SHA-256 and size of the file, and the SHA-256 of its draft",
    "files": "SHA-256 of every file of the release",
    "release": "its name",
    "study": "id, name and authority",
    "released_on": "the day",
    "released_by": "user name",
    "rules": "as in the request",
    "figures": "the two digests of the request",
    "disclosure": "the request's `record`",
    "approvals": "the signed request, both signed answers, both openings",
    "casescope": "the version",
    "ledger": "number and hash of the study's newest ledger entry before the release",
    "withdrawn": "nothing, or the day on which the release was withdrawn",
}
"""What each line of a record means."""

_CHECK = """
import base64, json, sys
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

signed = json.load(open(sys.argv[1], encoding="utf-8"))
content = {"casescope": signed["kind"], "statement": signed["statement"], "key": signed["key"]}
text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
key = Ed25519PublicKey.from_public_bytes(base64.b64decode(signed["key"]))
key.verify(base64.b64decode(signed["signature"]), text.encode())
"""


def release_files() -> str:
    """Return the page of signed files."""
    return page(
        "Files of a release",
        "A signed file is JSON with `kind`, `statement`, `key` (Ed25519, base64) and `signature`. "
        "Signed is the canonical JSON (keys sorted, no blanks, UTF-8) of kind, statement and key; "
        "its SHA-256 is the digest by which others refer to it. A fingerprint is the first 128 "
        "bits of the SHA-256 of a public key. `casescope release verify` checks all of it; this "
        "checks one signature without casescope:",
        code(_CHECK, "python"),
        f"## {REQUEST}",
        "A zip: `request.json`, signed with the study's release key, and the draft's files in "
        "`files/`.",
        _holds(REQUEST_HOLDS),
        f"## {ANSWER}",
        "`answer`, signed with the reviewer's own key, and `sealed`: opening and reason under HPKE "
        "(RFC 9180: X25519, HKDF-SHA256, AES-256-GCM; the request's digest as info), padded to "
        "one length.",
        _holds(ANSWER_HOLDS),
        "The opening:",
        _holds(OPENING_HOLDS),
        f"## {RECORD}",
        "Beside each released file, its name with `.release.json` after it, signed with the "
        "study's release key.",
        _holds(RECORD_HOLDS),
    )


def _holds(meanings: Mapping[str, str]) -> str:
    return table(("line", "holds"), [(f"`{name}`", about) for name, about in meanings.items()])
