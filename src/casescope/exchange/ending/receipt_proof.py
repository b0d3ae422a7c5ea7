"""What a partner's receipt says, held against its own ledger and the leases that were granted.

What a receipt lists is a statement; only what its ledger tells too is more than that.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from casescope.exchange.ending.certificate import Certificate, Partner
from casescope.exchange.messages.receipt import Receipt
from casescope.governance.record.growth import Kept
from casescope.governance.record.ledger import Entry
from casescope.kernel.dates import long_date

_OPEN, _END = "open", "end"
"""What a partner's ledger calls the two ends of a session."""


def in_words(at: datetime) -> str:
    """Return a moment as a sentence has it."""
    return f"{at:%H:%M} UTC on {long_date(at)}"


def told_apart(name: str, receipt: Receipt, entries: Sequence[Entry]) -> list[str]:
    """Say whether a receipt lists other sessions than the ledger in it tells of."""
    said = [(one.lease, _written(one.opened_at), _written(one.ended_at))
            for one in receipt.sessions]  # fmt: skip
    if said == list(_sessions(entries)):
        return []
    return [f"The receipt of {name} lists other sessions than its own ledger tells of."]


def _written(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _sessions(entries: Sequence[Entry]) -> Iterator[tuple[object, str, str | None]]:
    """Yield lease, beginning and end of each session; nothing an entry holds is trusted."""
    ends = [(_detail(one).get("opened"), one.at) for one in entries if one.action == _END]
    for one in entries:
        if one.action == _OPEN:
            own = [at for opened, at in ends if opened == one.number]
            yield _detail(one).get("lease"), one.at, own[-1] if own else None


def _detail(entry: Entry) -> Mapping[str, object]:
    return entry.detail if isinstance(entry.detail, Mapping) else {}


def late(partner: Partner, receipt: Receipt, certificate: Certificate) -> list[str]:
    """Return sessions after the ending, and those under leases that the council never granted."""
    granted = {one.lease for one in partner.leases}
    faults = []
    for one in receipt.sessions:
        if one.opened_at > certificate.ending.at:
            faults.append(f"{partner.name} tells of a session opened at {in_words(one.opened_at)}, "
                          "after the study had ended.")  # fmt: skip
        if one.lease not in granted:
            faults.append(f"{partner.name} tells of a session under a lease that the council "
                          "never recorded.")  # fmt: skip
    return faults


def shown(
    partner: Partner, receipt: Receipt, now: Kept, kept: int, *, whole: bool
) -> tuple[str, ...]:
    """Return what a sound receipt shows; what its ledger does not tell is put as its statement."""
    grown = (
        f"grew from each of the {kept} checkpoints" if kept > 1 else "agrees with the checkpoint"
    )
    sessions = len(receipt.sessions)
    used = {0: "no session", 1: "one session, opened"}.get(sessions, f"{sessions} sessions, opened")
    under = (
        ""
        if not sessions
        else (
            " before the study ended, under "
            f"{'a lease' if sessions == 1 else 'leases'} that the council’s ledger knows"
        )
    )
    who = "It" if whole else "The receipt, not that ledger,"
    return (
        f"The ledger of {partner.name}, {now.size:,} entries, {grown} that the council had kept of "
        "it before.",
        f"{who} tells of {used}{under}.",
    )


def left_open(
    partner: Partner, receipt: Receipt, certificate: Certificate, *, whole: bool
) -> tuple[str, ...]:
    """Return what a receipt that contradicts nothing leaves unsaid."""
    called = f"The receipt of {partner.name}"
    missing = [one for one in partner.sent
               if one.package not in {held.package for held in receipt.packages}]  # fmt: skip
    lines = [f"{called} does not account for version {one.version}, sent on "
             f"{one.sent_on.isoformat()}." for one in missing]  # fmt: skip
    if not whole:
        lines.append(f"{called} names its ledger by hashes alone.")
    return (*lines, *_of_leases(called, partner, receipt),
            *_of_ends(called, receipt, certificate))  # fmt: skip


def _of_leases(called: str, partner: Partner, receipt: Receipt) -> list[str]:
    used = {one.lease for one in receipt.sessions}
    unused, granted = sum(one.lease not in used for one in partner.leases), len(partner.leases)
    if not unused:
        return []
    return [f"{called} tells of no session under {unused} of {granted} "
            f"{'lease' if granted == 1 else 'leases'} that were granted: not opened, or not "
            "told."]  # fmt: skip


def _of_ends(called: str, receipt: Receipt, certificate: Certificate) -> list[str]:
    """Return sessions that went on after the ending, or whose end nothing tells."""
    ends = [one.ended_at for one in receipt.sessions]
    lines = [f"{called} tells of a session that went on until {in_words(end)}, after the study had "
             "ended." for end in ends if end and end > certificate.ending.at]  # fmt: skip
    if cut_off := ends.count(None):
        lines.append(f"{called} tells of no end of {cut_off} "
                     f"{'session' if cut_off == 1 else 'sessions'}: as long as a lease may "
                     "last.")  # fmt: skip
    return lines
