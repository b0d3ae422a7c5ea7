"""Verify any file that casescope made: what it is, what it proves and what not; offline, no study.

Each kind is read by the room that makes it; here is only which one that is.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from casescope.actions.ledger.ledger_file import read_given
from casescope.actions.report.answer import verify as read_released
from casescope.exchange.ending.certificate import CERTIFICATE, PDF, RECORD
from casescope.exchange.ending.certificate_file import check_beside, check_pdf, read_certificate
from casescope.exchange.ending.proof import proof_of
from casescope.exchange.ending.receipt_proof import in_words
from casescope.exchange.ending.words import words_of
from casescope.exchange.form.message import kind_of
from casescope.exchange.package.package import is_package
from casescope.exchange.reading import CLOCK, READERS, TRUE, WHOSE, Reading, reading
from casescope.governance.record.export import EXPORT, ExportVerdict, verify_export
from casescope.governance.release.record import SUFFIX
from casescope.kernel.counting import counted
from casescope.kernel.errors import NotFound, SignatureRefused

_ENDING = "certificate.json"
_UNCHANGED = "It is as it was signed; not a byte was changed."


def verify(file: Path) -> Reading:
    """Return what a file proves by itself, or refuse where it was changed or is none of ours."""
    if is_package(file):
        return reading(file)
    raw = read_given(file)
    if _is_pdf_of_an_ending(file, raw):
        return _pdf(file, raw)
    return _reader(file, raw)(file)


def _reader(file: Path, raw: bytes) -> Callable[[Path], Reading]:
    if file.with_name(file.name + SUFFIX).is_file():
        return _released
    try:
        kind = kind_of(raw, file.name)
    except SignatureRefused:
        return _released  # which says in one sentence that it is no file of ours
    ours: Mapping[str, Callable[[Path], Reading]] = {EXPORT: _export, CERTIFICATE: _certificate}
    return ours.get(kind) or (reading if kind in READERS else _released)


def _is_pdf_of_an_ending(file: Path, raw: bytes) -> bool:
    return raw.startswith(b"%PDF") and file.with_name(_ENDING).is_file()


def _certificate(file: Path) -> Reading:
    """Return what a certificate proves, its evidence worked out anew; and what lies beside it."""
    certificate, signed = read_certificate(read_given(file), file.name)
    proof = proof_of(certificate, signed.key)
    words = words_of(certificate, proof)
    beside = [name for name in (PDF, RECORD) if file.with_name(name).is_file()]
    for name in beside:
        check_beside(certificate, name, read_given(file.with_name(name)), name)
    return Reading(
        CERTIFICATE,
        f"Version {certificate.version}: how “{certificate.name}” of {certificate.authority} "
        f"ended, on {in_words(certificate.ending.at)}.",
        (*(("attested", line) for line in words.attested), *(("beside it", name)
           for name in beside)),
        (_UNCHANGED, *words.proved),
        (WHOSE, *words.not_proved, *words.unknowable),
        {"the study": signed.fingerprint},
        faults=proof.faults,
    )  # fmt: skip


def _pdf(file: Path, raw: bytes) -> Reading:
    """Return what a certificate's PDF proves, by the signed certificate beside it."""
    beside = file.with_name(_ENDING)
    certificate, _ = read_certificate(read_given(beside), beside.name)
    check_pdf(certificate, raw, file.name)
    return replace(_certificate(beside), kind=f"{CERTIFICATE}, on paper")


def _export(file: Path) -> Reading:
    """Return what a ledger export proves."""
    found = verify_export(read_given(file), file.name)
    held = found.export
    return Reading(
        EXPORT,
        f"The ledger {held.origin} as it was on {held.on.isoformat()}, "
        f"{counted(len(held.hashes), 'entry', 'entries')}.",
        tuple(("countersigned", f"{one.by}, its first {counted(one.size, 'entry', 'entries')}, "
                                f"{in_words(one.at)}")
              for one in found.witnesses),
        (_UNCHANGED, *_proved(found)),
        (WHOSE, CLOCK, TRUE,
         "That nothing was cut off at its end and the rest signed again: for that hold it against "
         "an earlier checkpoint (casescope ledger verify FILE --against EARLIER)."),
        {"signed by": held.fingerprint},
        faults=found.faults,
    )  # fmt: skip


def _proved(found: ExportVerdict) -> tuple[str, ...]:
    if found.faults:
        return ()
    if found.export.hashes and not found.export.entries:
        return ("All hashes stand under the signed checkpoint. Of what they are is not shown.",)
    return ("Each entry follows from the one before, and all stand under the signed checkpoint.",)


def _released(file: Path) -> Reading:
    """Return what a released file, its record, a request for release or an answer proves."""
    try:
        found = read_released(file)
    except SignatureRefused as refusal:
        raise _clearer(file, refusal) from None
    return Reading(
        found.kind,
        found.says[0],
        tuple(("says", line) for line in found.says[1:]),
        (_UNCHANGED,),
        (WHOSE, TRUE),
        found.fingerprints,
    )


def _clearer(file: Path, refusal: SignatureRefused) -> SignatureRefused | NotFound:
    """Return the refusal; of a file that is nothing of ours, with the kinds that there are."""
    none_of_ours = ("is no request, answer or record", "is not a file of casescope")
    if not any(words in refusal.sentence for words in none_of_ours):
        return refusal
    if file.suffix.lower() == ".pdf":
        return SignatureRefused(
            f"{file.name} proves nothing by itself.",
            "Put certificate.json, or the file’s release record, into the same folder.",
        )
    return SignatureRefused(
        f"{file.name} is nothing that casescope can verify.",
        "It verifies packages, cards, lease requests, leases, acknowledgements, receipts, "
        "certificates, ledger exports, and released files with their records beside them.",
    )
