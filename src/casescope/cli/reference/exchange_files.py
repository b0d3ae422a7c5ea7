"""The pages of what council and partner exchange: cards, packages, messages, receipts."""

from collections.abc import Mapping

from casescope.cli.reference.markdown import code, page, table, ticked
from casescope.exchange.form.names import SUFFIXES
from casescope.exchange.messages.acknowledgement import ACKNOWLEDGEMENT
from casescope.exchange.messages.card import CARD
from casescope.exchange.messages.lease import ANSWERED_WITHIN, LEASE, REQUEST
from casescope.exchange.messages.receipt import CANNOT_KNOW, RECEIPT
from casescope.exchange.package.manifest import FINDINGS, MOST_CANARIES, SHARED_DATASET, UNDERTAKING
from casescope.governance.study_file.exchange_lines import LONGEST_HOURS

_ID = "a random id, 32 hexadecimal digits"
_STUDY = "the study's id"
_PARTNER = "fingerprint of the partner's card"
_VERSION = "the version of casescope"
_PACKAGE = "the package's id"

CARD_HOLDS: dict[str, str] = {
    "name": "the partner's name",
    "contact": "where a person is reached who answers for data there",
    "recipient": "the X25519 recipient of age (`age1…`) that packages are sealed to",
    "key": "the Ed25519 public key (base64) that the partner signs with, the card included",
    "on": "the day on which the card was made",
}
"""What each line of a card means."""

MANIFEST_HOLDS: dict[str, str] = {
    "package": _ID,
    "kind": f"`{SHARED_DATASET}` or `{FINDINGS}`",
    "study": _STUDY,
    "version": "1 for the first package of a study to a partner, and so on",
    "replaces": "id of the package that this one replaces, or nothing",
    "name": "what study.toml calls the study",
    "authority": "the council",
    "partner": _PARTNER,
    "purpose": "what the data may be used for",
    "lawful_basis": "on what legal ground they are shared",
    "agreement": "reference of the agreement between the two",
    "made_on": "the day on which it was sealed",
    "ends_on": "the study's last day when it was sealed",
    "tables": "each table inside: name, meaning, rows, and name, type and meaning of its columns",
    "disclosure": "what sharing the rows gives away; nothing in findings",
    "authority_key": "the study's public key (Ed25519, base64)",
    "reply_to": "the recipient of age to whom the partner's findings are sealed",
    "lease": "`mode` and most `hours` of its leases; nothing in findings",
    "canaries": f"SHA-256 of up to {MOST_CANARIES} tokens that occur in rows, by which copies are "
    "told",
    "ledger": "how the sender's ledger stands: checkpoint, proofs, countersigned",
    "casescope": _VERSION,
    "undertaking": "what whoever opens it undertakes",
    "format": "1",
    "signed_by": "the public key that signs: the authority's, or in findings the partner's",
    "files": "SHA-256 and bytes of each file inside data.age",
    "data": "SHA-256 and bytes of data.age",
    "share": "SHA-256 and bytes of share.age; nothing in findings",
}
"""What each line of a manifest means."""

DISCLOSURE_HOLDS: dict[str, str] = {
    "k": "women in the smallest class of women alike in every quasi-identifier",
    "l": "the fewest answers in a class to a sensitive column",
    "t": "how far a class's answers lie from everybody's, at most",
    "uniques": "women alone in their class: whom nobody is like in every quasi-identifier",
    "women": "women in the dataset",
    "left_out": "women left out at most, in whole tens, so that the others are like enough others",
    "rules": "the rule pack that the partner's own results pass",
    "linkage": "who is taken for one woman",
    "recoding": "the step of each quasi-identifier",
}
"""What each line of a manifest's disclosure means."""

REQUEST_HOLDS: dict[str, str] = {
    "request": _ID,
    "study": _STUDY,
    "package": _PACKAGE,
    "version": "its version",
    "partner": _PARTNER,
    "session": "the recipient of age that this one session made, and whose secret it alone holds",
    "mode": "`session` or `week`",
    "hours": "for how long",
    "asked_at": "when, in UTC",
    "casescope": _VERSION,
}
"""What each line of a lease request means."""

LEASE_HOLDS: dict[str, str] = {
    "lease": _ID,
    "answers": "digest of the signed request",
    "study": _STUDY,
    "package": _PACKAGE,
    "partner": _PARTNER,
    "session": "the recipient of the session that asked",
    "mode": "as asked",
    "hours": "hours from opening, no more than the study had left when it was granted",
    "last_day": "the study's last day, after which it holds no more",
    "granted_at": "when, in UTC",
    "sealed": "under age for `session`, base64: lease, package, authority identity and the secret "
    "of the partner's workspace",
    "casescope": _VERSION,
}
"""What each line of a lease means."""

ACKNOWLEDGEMENT_HOLDS: dict[str, str] = {
    "acknowledgement": _ID,
    "study": _STUDY,
    "partner": _PARTNER,
    "package": "id of the package that was taken in",
    "version": "its version",
    "manifest": "SHA-256 of its manifest",
    "replaces": "id of the package that it replaces, or nothing",
    "taken_in_at": "when, in UTC",
    "destroyed": "what of the old one was destroyed: `what`, `how`, `at`",
    "casescope": _VERSION,
}
"""What each line of an acknowledgement means."""

RECEIPT_HOLDS: dict[str, str] = {
    "receipt": _ID,
    "study": _STUDY,
    "partner": _PARTNER,
    "authority": "fingerprint of the study's key",
    "packages": "each package that was held: id, version, SHA-256 of manifest, data and share",
    "destroyed": "each thing that was destroyed: `what`, `how`, `at`",
    "sessions": "each session: its lease and package, from when to when (`ended_at` is nothing "
    "where it was cut off)",
    "searched": "each search for copies: `folders`, how many `files`, how many could not be read, "
    "how many canaries it knew, and what was `found`: path, by `hash` or `canary`, what became "
    "of it",
    "confirmed": "when somebody typed in the authority's fingerprint as heard over the telephone, "
    "or nothing",
    "cannot_know": "what the partner's software cannot know",
    "ledger_export": "the partner's ledger as JSON lines, or nothing where it lies beside",
    "ledger_sha256": "its SHA-256",
    "finished_at": "when, in UTC",
    "casescope": _VERSION,
}
"""What each line of a receipt means."""

OPENING = """
tar -xf package.casepkg
age -d -i partner.key share.age | age -d -i authority.key > data.key
age -d -i data.key data.age | tar -xf -
"""
"""Three lines that open a package without casescope."""

CHECKING = r"""
KEY=$(sed -n 's/^ "signed_by": "\(.*\)",*$/\1/p' manifest.json)
{ printf '0*0\005\006\003+ep\003!\000'; printf %s "$KEY" | base64 -d; } > signer.der
openssl pkeyutl -verify -pubin -inkey signer.der -rawin -in manifest.json -sigfile manifest.sig
"""
"""Three lines that check a manifest's signature without casescope."""

_FINGERPRINT = """
printf %s "$KEY" | base64 -d | sha256sum | cut -c 1-32 | sed 's/..../&-/g; s/-$//'
"""

_SIGNED = (
    "Signed as [files of a release](release-files.md) are: JSON with `kind`, `statement`, `key` "
    "and `signature`. It is written in one way only (keys sorted, one blank of indent, UTF-8, a "
    "line feed at the end), so that no byte can change unseen. Moments are in UTC to the second."
)
_LEDGER = (
    "Besides the lines below, the statement has `ledger`: the sender's newest checkpoint, proofs "
    "that its ledger only ever grew, and the receiver's newest checkpoint countersigned."
)


def partner_card() -> str:
    """Return the page of cards."""
    return page(
        "A partner's card",
        f"`*{SUFFIXES[CARD]}` says who a partner is, what to seal to and what it signs with. "
        "It is signed with the partner's own key, so it proves only that nobody changed it. Whose "
        "it is stands in its fingerprint: the first 128 bits of the SHA-256 of `key`, read over "
        "the telephone and typed in once.",
        _SIGNED,
        _holds(CARD_HOLDS),
    )


def package_file() -> str:
    """Return the page of packages."""
    members = table(
        ("member", "holds"),
        [
            ("`manifest.json`", "what the package says of itself, in the clear"),
            ("`manifest.sig`", "the raw Ed25519 signature (64 bytes) over the manifest's bytes"),
            ("`share.age`", "the secret of K, under the authority identity, and that under the "
                            "partner's card; not in findings"),
            ("`data.age`", "a tar of the files, sealed to K; in findings to `reply_to`"),
        ],
    )  # fmt: skip
    return page(
        "A package",
        f"`*{SUFFIXES['package']}` is a tar (plain ustar) of exactly these members in this order. "
        "Headers have mode 0644, owner 0 and time 0. Any other member, order, link, name, size or "
        "byte after the end is refused.",
        members,
        "K is a fresh X25519 identity of age v1. The authority identity is made for one package "
        "and never leaves the council except inside a lease, sealed to one session. So it takes "
        f"both sides to open a package. Findings (`{FINDINGS}`) travel the other way: signed by "
        "the partner, sealed to the council alone.",
        "## Opening one without casescope",
        "With the program [age](https://age-encryption.org), the partner's key and the authority "
        "identity:",
        code(OPENING, "sh"),
        "## Checking one without casescope",
        "In the folder where it was unpacked, with openssl 3:",
        code(CHECKING, "sh"),
        "The key is the authority's if its fingerprint is what was read over the telephone:",
        code(_FINGERPRINT, "sh"),
        "Then the hashes in the manifest must be those of `share.age` and `data.age`.",
        "## manifest.json",
        "Sorted keys, one blank of indent, UTF-8, a line feed at the end. A line more or less is "
        "refused.",
        _holds(MANIFEST_HOLDS),
        "### disclosure",
        _holds(DISCLOSURE_HOLDS),
        "### undertaking",
        UNDERTAKING,
    )


def messages() -> str:
    """Return the page of messages."""
    modes = ", ".join(f"`{mode}` at most {hours} hours" for mode, hours in LONGEST_HOURS.items())
    return page(
        "Messages between council and partner",
        _SIGNED,
        _LEDGER,
        f"## {REQUEST}",
        f"`*{SUFFIXES[REQUEST]}`, signed by the partner. A running session makes it and waits. "
        f"The council answers within {ANSWERED_WITHIN.days} days or not at all, and a request "
        "once.",
        _holds(REQUEST_HOLDS),
        f"## {LEASE}",
        f"`*{SUFFIXES[LEASE]}`, signed with the study's key. Modes: {modes}. Hours count from "
        "opening, by the steady clock or the wall clock, whichever says more. A lease of mode "
        "`session` ends with the session; one of mode `week` is refused after a restart if the "
        "clock was set back. Kept, it opens nothing: only the session that asked has the secret "
        "that it is sealed to.",
        _holds(LEASE_HOLDS),
        f"## {ACKNOWLEDGEMENT}",
        f"`*{SUFFIXES[ACKNOWLEDGEMENT]}`, signed by the partner who took in a new version.",
        _holds(ACKNOWLEDGEMENT_HOLDS),
    )


def receipt_file() -> str:
    """Return the page of receipts."""
    return page(
        "A receipt",
        f"`*{SUFFIXES[RECEIPT]}`, signed by the partner, is its statement of what it held, used "
        "and destroyed. It proves who stated it, not that it is true.",
        _SIGNED,
        _LEDGER,
        _holds(RECEIPT_HOLDS),
        "## What it cannot know",
        "\n".join(f"- {one}" for one in CANNOT_KNOW),
        f"Names of files: {ticked(f'*{suffix}' for suffix in SUFFIXES.values())}.",
    )


def _holds(meanings: Mapping[str, str]) -> str:
    return table(("line", "holds"), [(f"`{name}`", about) for name, about in meanings.items()])
