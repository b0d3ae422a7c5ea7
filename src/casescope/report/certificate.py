"""The certificate of ending as a document: the first page says it, the others bear it out."""

from casescope.exchange.ending.certificate import PDF, Certificate, Partner
from casescope.exchange.ending.proof import Proof, proof_of
from casescope.exchange.ending.receipt_proof import in_words
from casescope.exchange.ending.words import GONE, Words, held_in_words, words_of
from casescope.governance.record.signing import fingerprint
from casescope.kernel.dates import long_date
from casescope.report.document import (
    Callout,
    Definitions,
    Document,
    Paragraph,
    Points,
    Section,
    Shelf,
    Table,
    TableRow,
    Term,
)
from casescope.report.faces.drawings import Drawings

_HOW = {"closed": "It was closed", "withdrawn": "It was withdrawn"}


def certificate_document(
    certificate: Certificate, proof: Proof, words: Words, key: str
) -> Document:
    """Return the certificate as a document; `key` (base64) is the study's, which signs it."""
    return Document(
        title=f"Certificate of ending: {certificate.name}",
        sentence=f"What became of the personal data that {certificate.authority} brought together "
        "for this study, and how sure anybody can be of it.",
        byline=(
            Term("Ended", long_date(certificate.ending.on)),
            Term("Version", f"{certificate.version}, {long_date(certificate.made_at.date())}"),
            Term("Ended by", certificate.ending.by),
        ),
        sections=(
            _first(certificate, words),
            Section("proved", "What is proved", _listed(
                "Anybody can work this out again from the certificate’s file, without a network "
                "and without trust in the council.", words.proved, words.not_proved)),
            Section("attested", "What people attest", _listed(
                "These are statements, signed and kept. They are worth what the word of those who "
                "make them is worth.", words.attested, ())),
            Section("unknowable", "What nobody can know", _listed(
                "No software can show that a copy does not exist.", words.unknowable, ())),
            _remains(certificate),
            _checking(certificate, key),
        ),
        author=certificate.authority,
        made_at=certificate.made_at,
        mark="" if proof.is_consistent else "NOT CONSISTENT: see the first page.",
        stamp="" if proof.is_consistent else "not consistent",
    )  # fmt: skip


def certificate_pdf(certificate: Certificate, key: str) -> bytes:
    """Return the certificate on paper; the same certificate always gives the same bytes."""
    from casescope.report.faces.pdf import pdf  # loads the typesetter

    proof = proof_of(certificate, key)
    words = words_of(certificate, proof)
    return pdf(certificate_document(certificate, proof, words, key), Drawings())


def _first(certificate: Certificate, words: Words) -> Section:
    proved, attested, unknowable = words.first
    titles = ("Proved", "Attested", "Unknowable")
    if not certificate.consistent:
        titles = ("Not proved", *titles[1:])
    shelf = Shelf()
    for title, sentence in zip(titles, (proved, attested, unknowable), strict=True):
        shelf.put(Callout(title, (Paragraph(sentence),)))
    shelf.put(_partners(certificate), _copies(certificate), _holds(certificate))
    return Section("first", "In three sentences", shelf.all())


def _partners(certificate: Certificate) -> Table | None:
    if not certificate.partners:
        return None
    return Table(
        id="table-partners",
        caption="What was sent, and the receipts for it",
        head=("Partner", "Versions sent", "Leases", "Last lease", "Receipt"),
        rows=tuple(TableRow(_partner(one)) for one in certificate.partners),
        numeric=False,
    )


def _partner(one: Partner) -> tuple[str, ...]:
    last = max((lease.granted_at for lease in one.leases), default=None)
    receipt = "in" if one.receipt else "not yet in" if one.sent else "not needed"
    return (
        one.name, str(len(one.sent)), str(len(one.leases)), in_words(last) if last else "none",
        receipt,
    )  # fmt: skip


def _copies(certificate: Certificate) -> Table | None:
    if not certificate.copies:
        return None
    rows = sorted(certificate.copies, key=lambda one: (one.state == GONE, one.path))
    return Table(
        id="table-copies",
        caption="Copies at the council that its ledger knows of, looked for where they were",
        head=("What", "Where it was", "By", "Now"),
        rows=tuple(
            TableRow((one.what, one.path, f"{one.made_by}, {one.made_on.isoformat()}",
                      one.state if one.state == GONE else one.state.upper()))
            for one in rows
        ),
        numeric=False,
    )  # fmt: skip


def _holds(certificate: Certificate) -> Callout | None:
    if not certificate.holds:
        return None
    items = tuple(Paragraph(held_in_words(one)) for one in certificate.holds)
    return Callout("Rows that were held back", (Points(items),))


def _listed(
    opening: str, lines: tuple[str, ...], against: tuple[str, ...]
) -> tuple[Paragraph | Points | Callout, ...]:
    shelf: list[Paragraph | Points | Callout] = [Paragraph(opening)]
    if against:
        missing = Points(tuple(Paragraph(line) for line in against))
        shelf.append(Callout("Not proved", (missing,)))
    if lines:
        shelf.append(Points(tuple(Paragraph(line) for line in lines)))
    return tuple(shelf)


def _remains(certificate: Certificate) -> Section:
    items = tuple(Paragraph(line) for line in certificate.remains)
    return Section("remains", "What remains", (Points(items),))


def _checking(certificate: Certificate, key: str) -> Section:
    ending = certificate.ending
    facts = (
        Term("Study", certificate.study),
        Term("Authority", certificate.authority),
        Term("How it ended", f"{_HOW[ending.how]} by {ending.by} at {in_words(ending.at)}, entry "
             f"{ending.entry} of the council’s ledger."),
        Term("Fingerprint of the study’s key", fingerprint(key)),
        *(Term(f"Fingerprint of {one.name}", _fingerprint(one)) for one in certificate.partners),
        *((Term("Takes the place of", certificate.replaces),) if certificate.replaces else ()),
    )  # fmt: skip
    return Section(
        "checking",
        "How to check this",
        (
            Paragraph(
                "Keep this page with the file certificate.json, which was made with it: the file "
                f"is signed, holds every proof, and knows this page by its hash ({PDF}). On any "
                "computer with casescope, offline: casescope verify certificate.json. A changed "
                "letter in either is found. Whose the keys are, the fingerprints say: compare them "
                "with those that council and partner read to each other."
            ),
            Definitions(facts),
        ),
    )


def _fingerprint(one: Partner) -> str:
    from casescope.exchange.messages.card import read_card

    return read_card(one.card.encode(), f"The card of {one.name}").fingerprint
