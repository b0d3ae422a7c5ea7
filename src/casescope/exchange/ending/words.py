"""A certificate in plain English: what is proved, what people attest, what nobody can know."""

from collections.abc import Sequence
from dataclasses import dataclass

from casescope.exchange.ending.certificate import Certificate, CopySeen, HeldRows
from casescope.exchange.ending.proof import PartnerProof, Proof
from casescope.exchange.ending.receipt_proof import in_words
from casescope.exchange.messages.receipt import CANNOT_KNOW
from casescope.kernel.counting import counted
from casescope.kernel.dates import long_date

GONE, THERE = "gone from where it was", "still there, unchanged"
"""Two of the states of a copy, as the certificate has them."""

_ALWAYS = (
    "Whether a backup, a snapshot or a copy of the key folder was made before the keys were "
    "destroyed. With such a copy and a copy of the study folder the data could be read again.",
    "Whether plain copies are kept elsewhere than where they were known to be: of extracts, of "
    "lists, of anything that a person saved, sent or printed.",
    "Whether anybody took a screenshot or a photograph, or remembers.",
    "Whether memory was kept: in a swap file, by a hibernated or suspended machine, by a virtual "
    "machine that was paused or copied, in a crash dump.",
    "Whether the disk kept what was overwritten (wear levelling, snapshots).",
    "Where a disk, a backup or the person at the screen was. casescope makes no network "
    "connection and refuses places that are known to lie elsewhere; it cannot see where a disk "
    "stands.",
    "Whether the software that recorded all this, at either side, was altered, and whether a clock "
    "was right.",
)


@dataclass(frozen=True)
class Words:
    """What a certificate says: the three sentences of the first page, then each part in full."""

    first: tuple[str, str, str]
    proved: tuple[str, ...]
    not_proved: tuple[str, ...]
    attested: tuple[str, ...]
    unknowable: tuple[str, ...]


def words_of(certificate: Certificate, proof: Proof) -> Words:
    """Return the certificate in words; they follow from its evidence alone."""
    return Words(
        first=(
            _proved(certificate, proof),
            _attested(certificate, proof),
            _unknowable(certificate),
        ),
        proved=proof.shown,
        not_proved=(*proof.faults, *proof.open),
        attested=_statements(certificate, proof),
        unknowable=(*_of_screens(certificate), *_ALWAYS, *_of_partners(proof)),
    )


def _proved(certificate: Certificate, proof: Proof) -> str:
    """Return the first sentence: what the proofs show, or first of all that they contradict."""
    if proof.faults:
        return f"NOT CONSISTENT: {proof.faults[0]} Rely on nothing here before this is explained."
    when = in_words(certificate.ending.at)
    sent = [one for one in certificate.partners if one.sent]
    if not sent:
        return (
            f"The council’s ledger is unbroken, and nothing is sent by it after the study ended at "
            f"{when}; before that, the council states, nothing was sent to anybody either."
        )
    waiting = [one.name for one in sent if not one.receipt]
    if waiting:
        whose = _and(waiting)
        return (
            f"The council’s ledger is unbroken and records no lease after the study ended at {when}"
            f"; no receipt of {whose} has come yet, so {_their(waiting)} known only in part."
        )
    if partly := [one.name for one in proof.partners if one.receipt and not one.whole]:
        return (
            f"The council’s ledger is unbroken and records no lease after the study ended at {when}"
            f"; the receipt of {_and(partly)} came without its ledger’s entries, so what was done "
            "there is its word alone."
        )
    return (
        f"The ledgers of the council and of {_and([one.name for one in sent])} are unbroken and "
        f"agree, and neither records a lease or a session begun after the study ended at {when}."
    )


def _their(names: Sequence[str]) -> str:
    return "its ledger is" if len(names) == 1 else "their ledgers are"


def _attested(certificate: Certificate, proof: Proof) -> str:
    """Return the second sentence: what each side states that it destroyed."""
    ending = certificate.ending
    parts = [
        f"{certificate.authority} ({ending.by}) states that every key to the study’s data was "
        f"destroyed{_but_held(certificate)}, and {_copies_in_short(certificate.copies)}"
    ]
    parts += [
        f"{one.name} states that it destroyed what it held{_strays_in_short(one)}"
        for one in proof.partners if one.receipt is not None
    ]  # fmt: skip
    return "; ".join(parts) + "."


def _but_held(certificate: Certificate) -> str:
    kept = sum(one.keeps for one in certificate.holds)
    if not kept:
        return ""
    return f", but for what {'one hold keeps' if kept == 1 else f'{kept} holds keep'}"


def _copies_in_short(copies: Sequence[CopySeen]) -> str:
    if not copies:
        return "no copy outside the study’s folder is known to its ledger"
    left = [one for one in copies if one.state != GONE]
    if not left:
        return (
            f"{_all_of(len(copies))} gone from where it was"
            if not copies[1:]
            else (f"{_all_of(len(copies))} gone from where they were")
        )
    if len(copies) == 1:
        return "its one known copy is NOT gone"
    return (
        f"of {counted(len(copies), 'known copy', 'known copies')} of its own {len(left)} "
        f"{'is' if len(left) == 1 else 'are'} NOT gone"
    )


def _all_of(number: int) -> str:
    return "its one known copy is" if number == 1 else f"all {number} known copies of its own are"


def _strays_in_short(one: PartnerProof) -> str:
    if one.receipt is None:
        return ""
    found = sum(len(search.found) for search in one.receipt.searched[-1:])
    if not one.receipt.searched:
        return ", without a search for copies"
    return ", and its search for copies found " + (counted(found, "copy", "copies") if found else
                                                   "none")  # fmt: skip


def _unknowable(certificate: Certificate) -> str:
    screens = certificate.shown
    seen = screens.cohort_lists + screens.exact_findings + screens.pairs
    more = f" {counted(seen, 'time')} data was shown on a screen at the council." if seen else ""
    return (
        "Nobody can know whether a copy was kept that casescope never saw: in a backup, in another "
        f"file, as a picture of a screen, in a machine’s memory.{more}"
    )


def _statements(certificate: Certificate, proof: Proof) -> tuple[str, ...]:
    ending = certificate.ending
    lines = [f"{ending.by}, for {certificate.authority}, destroyed with casescope: {one}."
             for one in certificate.destroyed]  # fmt: skip
    lines.append(_all_that_was_sent(certificate))
    lines += [f"{one.by} states on {long_date(one.on)}: “{one.text}”"
              for one in certificate.attested]  # fmt: skip
    for one in proof.partners:
        lines += _of_receipt(one)
    return tuple(lines)


def _all_that_was_sent(certificate: Certificate) -> str:
    """Return what the council states of the time before the end, of which hashes alone are here."""
    sent = sum(len(one.sent) for one in certificate.partners)
    leases = sum(len(one.leases) for one in certificate.partners)
    partners = counted(len(certificate.partners), "partner")
    besides = (
        f"nothing but {counted(sent, 'package')} to {partners}, with {counted(leases, 'lease')},"
        if sent
        else "nothing"
    )
    return (
        f"{certificate.authority} states that {besides} was ever sent from this study. The entries "
        "of its ledger before the end are here as hashes alone."
    )


def _of_receipt(one: PartnerProof) -> list[str]:
    if one.receipt is None:
        return []
    lines = [f"{one.name} destroyed {gone.what}: {gone.how}, {in_words(gone.at)}."
             for gone in one.receipt.destroyed]  # fmt: skip
    for search in one.receipt.searched[-1:]:
        unread = f", {search.unread:,} of them could not be read" if search.unread else ""
        lines.append(
            f"{one.name} looked for copies in {counted(len(search.folders), 'folder')}: "
            f"{counted(search.files, 'file')}{unread}; "
            f"{counted(len(search.found), 'copy', 'copies')} found."
        )
        lines += [f"{one.name}, of the copy {stray.path}: {stray.outcome}."
                  for stray in search.found]  # fmt: skip
    return lines


def _of_screens(certificate: Certificate) -> tuple[str, ...]:
    shown = certificate.shown
    screens = (
        (shown.cohort_lists, "the list of women was shown without a file being written"),
        (shown.pairs, "records were shown side by side for the review of links"),
        (shown.exact_findings, "exact findings were shown"),
    )
    return tuple(
        f"Whether anybody kept what was on the screen when {what}: {counted(times, 'time')}."
        for times, what in screens if times
    )  # fmt: skip


def _of_partners(proof: Proof) -> tuple[str, ...]:
    """Return what a receipt says that it cannot know, besides what is always said."""
    own = dict.fromkeys(
        line for one in proof.partners if one.receipt for line in one.receipt.cannot_know
    )
    return tuple(f"At the partner: {line}" for line in own if line not in CANNOT_KNOW[1:])


def held_in_words(one: HeldRows) -> str:
    """Return one hold as a sentence, which names nobody whose rows it keeps."""
    ended = {
        "kept": f"her rows are kept until {long_date(one.until)}",
        "ended": f"it was ended on {long_date(one.ended_on)} and what it kept destroyed"
        if one.ended_on else "it was ended",
        "past its day": f"its day, {long_date(one.until)}, has passed"
        + (", and what it keeps waits to be destroyed" if one.keeps else ", and it keeps nothing"),
    }[one.state]  # fmt: skip
    return f"{one.hold}, for {one.ground}, by {one.by} on {long_date(one.on)}: {ended}."


def _and(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
