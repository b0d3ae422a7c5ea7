"""The file of a certificate, signed; read only if its words and its proofs agree."""

from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from casescope.exchange.ending.certificate import CERTIFICATE, PDF, Certificate
from casescope.exchange.ending.proof import proof_of
from casescope.exchange.form.message import as_file, signed_by_anyone
from casescope.exchange.form.shape import as_json, shaped
from casescope.governance.record.signing import Signed, sign
from casescope.kernel.errors import SignatureRefused

_DO_NOT_RELY = "Do not rely on it; ask the council for the certificate as it was made."


def signed_certificate(certificate: Certificate, private: Ed25519PrivateKey) -> bytes:
    """Return the file of a certificate under the study's signature."""
    return as_file(sign(CERTIFICATE, as_json(certificate), private).as_dict())


def read_certificate(raw: bytes, called: str) -> tuple[Certificate, Signed]:
    """Return the certificate in a file; refuses one that was changed, or that belies its proofs."""
    signed = signed_by_anyone(raw, CERTIFICATE, called)
    certificate = shaped(Certificate, signed.statement, called)
    if certificate.consistent != proof_of(certificate, signed.key).is_consistent:
        raise SignatureRefused(f"{called} says of its proofs what they do not show.", _DO_NOT_RELY)
    return certificate, signed


def check_beside(certificate: Certificate, name: str, content: bytes, called: str) -> None:
    """Refuse a file that is not the one that the certificate vouches for under this name."""
    if certificate.files.get(name) != sha256(content).hexdigest():
        raise SignatureRefused(
            f"{called} is not the file that the certificate vouches for.", _DO_NOT_RELY
        )


def check_pdf(certificate: Certificate, pdf: bytes, called: str) -> None:
    """Refuse a PDF that is not this certificate's."""
    check_beside(certificate, PDF, pdf, called)
