"""Makes the certificate of ending, version by version: written whole, then recorded.

What a crash left written and unrecorded is recorded as it lies: no version is told in two ways.
"""

import hashlib
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from importlib import metadata
from pathlib import Path

from casescope.actions.ending._evidence import Evidence, did, ending_folder, gathered
from casescope.actions.ending._governance_record import governance_record
from casescope.actions.gate.gate import Permit, commit
from casescope.actions.gate.release_key import ReleaseKey, release_key
from casescope.actions.gate.study_key import study_key
from casescope.actions.gate.where import archive_root
from casescope.exchange.ending.certificate import PDF, RECORD, Certificate
from casescope.exchange.ending.certificate_file import (
    check_beside,
    read_certificate,
    signed_certificate,
)
from casescope.exchange.ending.proof import proof_of
from casescope.exchange.ending.words import words_of
from casescope.exchange.form.shape import moment, one_line
from casescope.governance.study_file.study import Study
from casescope.kernel import durable
from casescope.kernel.canonical import Json
from casescope.kernel.errors import NotAllowed, NotFound, SignatureRefused, VaultRefused
from casescope.register import open_register

FILE = "certificate.json"
LONGEST_STATEMENT = 2_000
_EVIDENCE = ("ending", "destroyed", "partners", "attested", "copies", "holds", "shown", "remains")
"""What a new version must differ in; the ledger grows with every look."""


@dataclass(frozen=True)
class Issued:
    """A version of the certificate that is in the archive, and whether it was made just now."""

    folder: Path
    certificate: Certificate
    is_new: bool


def check_attestation(text: str) -> None:
    """Refuse a statement that is too long for a certificate."""
    if len(text) > LONGEST_STATEMENT:
        raise NotAllowed(
            f"A statement in the certificate has at most {LONGEST_STATEMENT:,} characters.",
            "Say it in a few sentences; name no woman and no child.",
        )


def check_writable(study_id: str) -> None:
    """Refuse an archive in which no certificate can be put."""
    try:
        ending_folder(study_id).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable() from error


def first_version(permit: Permit) -> Issued:
    """Return the first version, written into the archive; it is issued once it is recorded."""
    return _waiting(permit.study_id, 1) or _written(permit, 1, None, permit.today)


def renew_certificate(permit: Permit, *, attested: str = "") -> Issued | None:
    """Make a further version of an ended study's certificate where something has changed.

    Returns the newest version; None while the study's keys are still to be destroyed: then the
    command that ended it comes first. `attested` is what the actor states besides.
    """
    record = open_register().study(permit.study_id)
    if record.keys_destroyed_on is None:
        return None
    if attested.strip():
        check_attestation(attested)
        commit(permit, detail={"attested": attested.strip()})
    newest = _newest(permit.study_id)
    number = newest.certificate.version + 1 if newest else 1
    made = _waiting(permit.study_id, number)
    if made is None:
        made = _written(permit, number, newest, record.keys_destroyed_on)
    if made is newest:
        return newest
    commit(permit, detail=recorded(made))
    return made


def recorded(made: Issued) -> dict[str, Json]:
    """Return what the ledger keeps of a version."""
    told: dict[str, Json] = {**made.certificate.files}
    told |= {"version": made.certificate.version, "sha256": _sha256(made.folder / FILE)}
    return {"certificate": told}


def newest_version(study_id: str) -> Issued:
    """Return the newest version that is recorded, or refuse where there is none."""
    found = _newest(study_id)
    if found is None:
        raise NotFound("This study has no certificate yet.", "casescope study close HOME makes it.")
    return found


def _newest(study_id: str) -> Issued | None:
    recorded = [told for one in open_register().entries(study_id)
                if isinstance(told := did(one).get("certificate"), Mapping)]  # fmt: skip
    if not recorded:
        return None
    number = recorded[-1]["version"]
    found = _read(study_id, _folder(study_id, int(str(number))))
    if found is None or _sha256(found.folder / FILE) != recorded[-1]["sha256"]:
        raise SignatureRefused(
            f"Version {number} of the certificate in {archive_root()} is not the one that was "
            "recorded.",
            "Put it back, or point CASESCOPE_ARCHIVE at the folder that holds it.",
        )
    return found


def _waiting(study_id: str, number: int) -> Issued | None:
    """Return a version that was written whole but not recorded before a crash."""
    shutil.rmtree(_part(study_id, number), ignore_errors=True)
    return _read(study_id, _folder(study_id, number))


def _read(study_id: str, folder: Path) -> Issued | None:
    try:
        certificate, signed = read_certificate((folder / FILE).read_bytes(), FILE)
        if (certificate.study, signed.key) != (study_id, release_key(study_id).signs_as):
            raise SignatureRefused(
                f"{folder / FILE} is not this study’s certificate.",
                "Move it away; ask whose it is.",
            )
        for name in certificate.files:
            check_beside(certificate, name, (folder / name).read_bytes(), name)
    except OSError:
        return None
    return Issued(folder, certificate, is_new=False)


def _written(permit: Permit, number: int, before: Issued | None, destroyed_on: date) -> Issued:
    """Write a version into the archive; the one before is returned where nothing has changed."""
    key = study_key(open_register(), permit.study_id)
    evidence = gathered(permit, key, destroyed_on)
    if before and all(getattr(before.certificate, one) == getattr(evidence, one)
                      for one in _EVIDENCE):  # fmt: skip
        return before
    certificate, files = _made(permit, number, before, evidence, key)
    folder = _put(permit.study_id, number, files)
    return Issued(folder, certificate, is_new=True)


def _made(
    permit: Permit, number: int, before: Issued | None, evidence: Evidence, key: ReleaseKey
) -> tuple[Certificate, dict[str, bytes]]:
    """Return the certificate and its files by name."""
    draft = _draft(permit, number, before, evidence)
    proof = proof_of(draft, key.signs_as)
    draft = replace(draft, consistent=proof.is_consistent)
    words = words_of(draft, proof)
    draft = replace(draft, first=words.first)
    beside = {PDF: _pdf(draft, key.signs_as), RECORD: governance_record(permit)}
    hashes = {name: hashlib.sha256(content).hexdigest() for name, content in beside.items()}
    certificate = replace(draft, files=hashes)
    return certificate, {**beside, FILE: signed_certificate(certificate, key.signing)}


def _draft(permit: Permit, number: int, before: Issued | None, evidence: Evidence) -> Certificate:
    study: Study = permit.study
    return Certificate(
        version=number,
        replaces=_sha256(before.folder / FILE) if before else "",
        study=permit.study_id,
        name=one_line(study.name),
        authority=one_line(study.authority),
        consistent=True,
        first=(),
        files={},
        made_at=moment(datetime.now(UTC)),
        made_by=one_line(permit.actor.name),
        casescope=metadata.version("casescope"),
        **{name: getattr(evidence, name) for name in (*_EVIDENCE, "ledger")},
    )


def _pdf(certificate: Certificate, key: str) -> bytes:
    from casescope.report.certificate import certificate_pdf  # loads the typesetter

    return certificate_pdf(certificate, key)


def _put(study_id: str, number: int, files: Mapping[str, bytes]) -> Path:
    """Write a version's files into a folder that then gets its name: whole, or not there."""
    part, folder = _part(study_id, number), _folder(study_id, number)
    try:
        for name, content in files.items():
            durable.create(part / name, content)
        durable.move(part, folder)
    except OSError as error:
        raise _unwritable() from error
    return folder


def _unwritable() -> VaultRefused:
    return VaultRefused(
        f"The archive {archive_root()} cannot be written.",
        "Point CASESCOPE_ARCHIVE at a folder of yours, and run the command again.",
    )


def _folder(study_id: str, number: int) -> Path:
    return ending_folder(study_id) / f"v{number}"


def _part(study_id: str, number: int) -> Path:
    return ending_folder(study_id) / f".v{number}.part"


def _sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
