"""Take in what a partner sends: acknowledgements, findings and receipts, each once."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from casescope.actions.gate import exchange_keys as keys
from casescope.actions.gate.gate import Permit, commit, open_gate, refusals_recorded
from casescope.actions.gate.place import write_bytes
from casescope.actions.gate.release_key import release_key
from casescope.actions.sharing import _outbox as box
from casescope.actions.sharing._contradiction import contradictions_kept
from casescope.actions.sharing._exchange_ledger import Seen, incoming_row, seen_from
from casescope.actions.sharing._plain_files import check_no_formula, check_plain
from casescope.actions.sharing.partners import card_of, partner_that_signed, read_given
from casescope.actions.work.copies import folder_written
from casescope.exchange.form.message import as_file, growth_of, kind_of, signed_by_anyone
from casescope.exchange.messages.acknowledgement import ACKNOWLEDGEMENT, acknowledgement_of
from casescope.exchange.messages.lease import REQUEST
from casescope.exchange.messages.receipt import RECEIPT, receipt_of
from casescope.exchange.package import package as packages
from casescope.exchange.package.manifest import FINDINGS
from casescope.exchange.package.package import Package
from casescope.governance.record.growth import Growth
from casescope.governance.record.signing import Signed
from casescope.governance.roles import Actor
from casescope.governance.stages import ENDED, Action
from casescope.kernel.canonical import Json
from casescope.kernel.commands import command
from casescope.kernel.errors import NotAllowed, SignatureRefused
from casescope.register import open_register
from casescope.register.exchange_records import CONTRADICTS, MessageRow, PackageRow, PartnerRow

if TYPE_CHECKING:
    from casescope.register.store import Register

FROM_PARTNERS = "partner"
"""The folder of a study in which what partners found is put."""


@dataclass(frozen=True)
class _Taken:
    """A partner's message whose signature is right: whose, what kind, and what it says."""

    partner: PartnerRow
    kind: str
    digest: str
    document: Mapping[str, Json]
    growth: Growth
    about: str = ""
    says: Mapping[str, Json] = field(default_factory=dict)


def receive(
    home: Path, file: Path, *, to: Path | None = None, actor: Actor, today: date
) -> dict[str, Json]:
    """Take in any message of a partner; return what it is and says.

    Findings are opened and their files put into `to`, else into the study's folder. A file that
    was taken in before is refused, but for findings whose files are no longer there.
    """
    permit = open_gate(home, Action.RECEIVE, actor=actor, today=today)
    with refusals_recorded(permit):
        box.finish(permit)
        if packages.is_package(file):
            return _take_findings(permit, packages.read(file), to)
        taken = _read(permit, read_given(file), file.name)
        _check_new(permit, taken)
        _commit(permit, taken)
    return _told(taken) | _certified(permit)


def _read(permit: Permit, raw: bytes, called: str) -> _Taken:
    """Return what a message says, or refuse one of a kind that is not taken in."""
    kind = kind_of(raw, called)
    if kind == REQUEST:
        raise NotAllowed(
            f"{called} asks for a lease.", command("lease", "grant", "HOME", Path(called))
        )
    reader = _READERS.get(kind)
    if reader is None:
        raise SignatureRefused(
            f"{called} is no message that a partner sends.",
            "An acknowledgement, findings or a receipt is taken in.",
        )
    signed = signed_by_anyone(raw, kind, called)
    partner = partner_that_signed(permit, signed.fingerprint, called)
    about, says = reader(permit, partner, signed, called)
    return _Taken(
        partner, kind, signed.digest, signed.as_dict(), growth_of(signed), about, says
    )  # fmt: skip


def _acknowledgement(
    permit: Permit, partner: PartnerRow, signed: Signed, called: str
) -> tuple[str, dict[str, Json]]:
    said = acknowledgement_of(signed, called)
    row = _package_of(permit, partner, said.package)
    sent = hashlib.sha256(as_file(row.document)).hexdigest() if row else ""
    if row is None or (said.study, said.manifest) != (permit.study_id, sent):
        raise SignatureRefused(
            f"{called} acknowledges a package that was not sent to this partner.",
            "Ask the partner what they took in, and from whom.",
        )
    return said.package, {
        "package": said.package,
        "version": said.version,
        "taken_in_at": said.taken_in_at.isoformat(),
        "destroyed": len(said.destroyed),
    }


def _receipt(
    permit: Permit, partner: PartnerRow, signed: Signed, called: str
) -> tuple[str, dict[str, Json]]:
    said = receipt_of(signed, called)
    ours = release_key(permit.study_id).fingerprint
    if (said.study, said.partner, said.authority) != (permit.study_id, partner.fingerprint, ours):
        raise SignatureRefused(
            f"{called} is a receipt of another study or for another authority.",
            "Ask the partner for the receipt of this study.",
        )
    return "", {
        "receipt": said.receipt,
        "packages": len(said.packages),
        "destroyed": len(said.destroyed),
        "strays": sum(len(one.found) for one in said.searched[-1:]),
        "finished_at": said.finished_at.isoformat(),
    }


_READERS = {ACKNOWLEDGEMENT: _acknowledgement, RECEIPT: _receipt}


def _take_findings(permit: Permit, held: Package, to: Path | None) -> dict[str, Json]:
    """Open what a partner found, record it, and put its files where they can be read."""
    taken = _findings(permit, held)
    before = _taken_before(permit, taken)
    folder = to or permit.home / FROM_PARTNERS / held.manifest.package
    if before is not None and _lie_in(folder, held):
        raise _again(before, f"Its files are in {folder}.")
    reply = keys.reply_identity(permit.study_id)
    files = packages.opened_findings(held, reply.secret)
    check_no_formula(files, held.path.name)
    _check_vacant(folder, files)
    _commit(permit, taken, again=before is not None, copies=_copies(folder, files))
    for name, content in files.items():
        write_bytes(folder / name, content)
    return _told(taken) | {"folder": str(folder), "files": sorted(files)}


def _check_vacant(folder: Path, files: Mapping[str, bytes]) -> None:
    """Refuse a folder that holds something else under a name that the partner chose."""
    for name, content in files.items():
        path = folder / name
        if path.exists() and not (path.is_file() and path.read_bytes() == content):
            raise NotAllowed(
                f"{path} is there already; nothing is written over.", "Name a new folder with --to."
            )


def _findings(permit: Permit, held: Package) -> _Taken:
    manifest, called = held.manifest, held.path.name
    if manifest.kind != FINDINGS:
        raise SignatureRefused(
            f"{called} is a package that a council sends, not what a partner found.",
            "Give the findings that the partner sent.",
        )
    check_plain(manifest, called)
    partner = partner_that_signed(permit, held.fingerprint, called)
    if (manifest.study, manifest.partner) != (permit.study_id, partner.fingerprint):
        raise SignatureRefused(
            f"{called} is of another study.", "Receive it in the study that it names."
        )
    return _Taken(
        partner, FINDINGS, held.digest, manifest.as_json(), manifest.growth, manifest.package,
        {"package": manifest.package, "made_on": manifest.made_on},
    )  # fmt: skip


def _lie_in(folder: Path, held: Package) -> bool:
    return all(
        (folder / name).is_file()
        and hashlib.sha256((folder / name).read_bytes()).hexdigest() == told.sha256
        for name, told in held.manifest.files.items()
    )


def _taken_before(permit: Permit, taken: _Taken) -> MessageRow | None:
    rows = open_register().messages(permit.study_id, taken.partner.fingerprint)
    return next(
        (row for row in rows
         if row.incoming and row.digest == taken.digest and row.kind != CONTRADICTS), None
    )  # fmt: skip


def _check_new(permit: Permit, taken: _Taken) -> None:
    if before := _taken_before(permit, taken):
        raise _again(before, "casescope exchange HOME shows what came of it.")


def _again(before: MessageRow, remedy: str) -> NotAllowed:
    return NotAllowed(f"This file was taken in already, on {before.on.isoformat()}.", remedy)


def _copies(folder: Path, files: Mapping[str, bytes]) -> list[Json]:
    return [folder_written("partner findings", folder, files)]


def _certified(permit: Permit) -> dict[str, Json]:
    """Make a new certificate of an ended study, in which what came is told."""
    if permit.stage not in ENDED:
        return {}
    from casescope.actions.ending.certificate import renew_certificate  # loads the typesetter

    made = renew_certificate(permit)
    return {"certificate": str(made.folder)} if made else {}


def _commit(
    permit: Permit, taken: _Taken, *, again: bool = False, copies: Sequence[Json] = ()
) -> None:
    """Record a message, with what it proved of both ledgers; only once, however often opened."""
    detail: dict[str, Json] = {
        "kind": taken.kind, "partner": taken.partner.fingerprint, "message": taken.digest,
        "says": dict(taken.says), "again": again, "copies": copies,
    }  # fmt: skip
    if again:
        commit(permit, detail=detail)
        return
    key, called = release_key(permit.study_id), f"The {taken.kind}"
    with contradictions_kept(
        permit, taken.partner.fingerprint,
        kind=taken.kind, digest=taken.digest, document=taken.document,
    ):  # fmt: skip
        seen = seen_from(permit, card_of(taken.partner), taken.growth, key, called)
    commit(
        permit, detail=detail, change=lambda register: _record(register, permit, taken, seen)
    )  # fmt: skip


def _record(register: "Register", permit: Permit, taken: _Taken, seen: Seen) -> None:
    row = incoming_row(
        permit, taken.partner.fingerprint, seen, kind=taken.kind, digest=taken.digest,
        document=taken.document, about=taken.about,
    )  # fmt: skip
    register.keep_message(permit.study_id, row)
    if taken.kind == ACKNOWLEDGEMENT:
        register.acknowledge(permit.study_id, taken.about, on=permit.today)


def _package_of(permit: Permit, partner: PartnerRow, package: str) -> PackageRow | None:
    for row in open_register().packages(permit.study_id):
        if (row.package, row.partner) == (package, partner.fingerprint):
            return row
    return None


def _told(taken: _Taken) -> dict[str, Json]:
    return {"kind": taken.kind, "partner": taken.partner.name, **taken.says}
