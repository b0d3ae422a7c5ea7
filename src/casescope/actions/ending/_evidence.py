"""What the certificate of ending rests on, gathered from register, ledger, messages and disk."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import cast

from casescope.actions.gate.gate import Permit
from casescope.actions.gate.release_key import ReleaseKey
from casescope.actions.gate.verdict import verdict_on
from casescope.actions.gate.where import archive_root
from casescope.actions.work.copies import WHAT, Seen, known_copies, look_for
from casescope.exchange.ending.certificate import (
    Attestation,
    CopySeen,
    Countersigned,
    Ending,
    Granted,
    HeldRows,
    KeptNote,
    OwnLedger,
    Partner,
    Sent,
    Shown,
)
from casescope.exchange.form.message import as_file
from casescope.exchange.form.shape import moment, one_line
from casescope.exchange.messages.receipt import RECEIPT
from casescope.governance.holds import Hold
from casescope.governance.record.checkpoint import Checkpoint, signed_note, study_origin
from casescope.governance.record.growth import kept_from
from casescope.governance.record.ledger import Entry, leaves_of
from casescope.governance.record.merkle import root
from casescope.governance.stages import ENDED
from casescope.kernel.canonical import Json, canonical_bytes
from casescope.kernel.dates import long_date
from casescope.register import open_register
from casescope.register.exchange_records import (
    CONTRADICTS,
    LeaseRow,
    MessageRow,
    PackageRow,
    PartnerRow,
)

_ENDS = {stage.value for stage in ENDED}


@dataclass(frozen=True)
class Evidence:
    """Everything but the words: what the certificate of one study holds today."""

    ending: Ending
    destroyed: tuple[str, ...]
    ledger: OwnLedger
    partners: tuple[Partner, ...]
    attested: tuple[Attestation, ...]
    copies: tuple[CopySeen, ...]
    holds: tuple[HeldRows, ...]
    shown: Shown
    remains: tuple[str, ...]


def gathered(permit: Permit, key: ReleaseKey, destroyed_on: date) -> Evidence:
    """Return what is known of an ended study now; its copies are looked for where they were."""
    register = open_register()
    entries, study_id = register.entries(permit.study_id), permit.study_id
    ended = next(one for one in entries if detail_of(one).get("stage") in _ENDS)
    messages = register.messages(study_id)
    holds = register.holds(study_id)
    return Evidence(
        ending=Ending(str(detail_of(ended)["stage"]), ended.on, _time(ended.at),
                      one_line(ended.actor), ended.number),
        destroyed=_destroyed(ended, destroyed_on),
        ledger=_ledger(study_id, entries, ended, key, messages),
        partners=_partners(study_id, messages),
        attested=(*where_it_was(permit), *_attested(entries)),
        copies=tuple(_copy(look_for(one)) for one in known_copies(entries)),
        holds=tuple(_held(one, permit.today) for one in holds),
        shown=_shown(entries),
        remains=_remains(permit, holds),
    )  # fmt: skip


def detail_of(entry: Entry) -> Mapping[str, Json]:
    """Return the detail of an entry as a mapping, empty where it is none."""
    return entry.detail if isinstance(entry.detail, Mapping) else {}


def did(entry: Entry) -> Mapping[str, Json]:
    """Return what was done, as the action told it; empty for what was refused."""
    told = detail_of(entry).get("did")
    return told if isinstance(told, Mapping) else {}


def _time(text: str) -> datetime:
    return moment(datetime.fromisoformat(text))


def _destroyed(ended: Entry, on: date) -> tuple[str, ...]:
    layers = cast("Sequence[Json]", detail_of(ended).get("dropped", ()))
    keys = did(ended).get("exchange_keys", 0)
    day = long_date(on)
    data = f", which is in {len(layers)} encrypted layers," if layers else ", of which it had none,"
    lines = [f"the keys of the study’s data{data} on {day}"]
    if keys:
        lines.append(f"the council’s {keys} keys to packages and to what partners sent, on {day}")
    return tuple(lines)


def _ledger(
    study_id: str,
    entries: Sequence[Entry],
    ended: Entry,
    key: ReleaseKey,
    messages: Sequence[MessageRow],
) -> OwnLedger:
    leaves = leaves_of(entries)
    stood = Checkpoint(study_origin(study_id), len(leaves), root(leaves))
    notes = dict.fromkeys(
        Countersigned(one.partner, one.countersigned_note)
        for one in messages if one.countersigned_note
    )  # fmt: skip
    return OwnLedger(
        note=signed_note(stood, key.signing),
        hashes=tuple(one.hash for one in entries),
        ending=exported(entries[ended.number - 1 :]),
        countersigned=tuple(notes),
        faults=tuple(map(one_line, verdict_on(study_id).faults)),
    )


def exported(entries: Sequence[Entry]) -> str:
    """Return entries as text, a line each."""
    return "".join(canonical_bytes(dict(vars(one))).decode() + "\n" for one in entries)


def _partners(study_id: str, messages: Sequence[MessageRow]) -> tuple[Partner, ...]:
    register = open_register()
    packages, leases = register.packages(study_id), register.leases(study_id)
    return tuple(
        _partner(
            row,
            [one for one in packages if one.partner == row.fingerprint],
            [one for one in leases if one.partner == row.fingerprint],
            [one for one in messages if one.partner == row.fingerprint and one.incoming],
        )
        for row in register.partners(study_id)
    )


def _partner(
    row: PartnerRow,
    packages: Sequence[PackageRow],
    leases: Sequence[LeaseRow],
    messages: Sequence[MessageRow],
) -> Partner:
    receipts = [one.document for one in messages if one.kind == RECEIPT and one.document]
    return Partner(
        name=one_line(row.name),
        card=as_file(row.card).decode(),
        sent=tuple(Sent(one.package, one.version, one.sent_on, one.acknowledged_on)
                   for one in packages),
        leases=tuple(Granted(one.lease, _time(one.granted_at)) for one in leases),
        kept=tuple(_kept(one.kept) for one in messages if one.kept),
        receipt=as_file(receipts[-1]).decode() if receipts else "",
        contradicts=tuple(as_file(one.document).decode() for one in messages
                          if one.kind == CONTRADICTS),
    )  # fmt: skip


def _kept(raw: Mapping[str, Json]) -> KeptNote:
    kept = kept_from(raw)
    proofs = {size: tuple(proof) for size, proof in kept.proofs.items()}
    return KeptNote(kept.size, kept.root, kept.note, proofs)


_LONGEST = 2000
"""Characters of a statement; whoever lists a hundred places has the rest in the record beside."""


def where_it_was(permit: Permit) -> tuple[Attestation, ...]:
    """Return where the approved study.toml says that the data lay: the approver's word."""
    said, approval = permit.study.storage, permit.approval
    if approval is None or not said.is_stated:
        return ()
    places = (*said.stored_in, *said.storage_urls, *said.declared_places)
    text = (
        f"The data is stored in {', '.join(places)} and worked on in "
        f"{', '.join(said.processed_in)}: all of it in the United Kingdom, as study.toml states."
    )
    return (Attestation(one_line(approval.by), approval.on, one_line(text)[:_LONGEST]),)


def _attested(entries: Sequence[Entry]) -> list[Attestation]:
    return [
        Attestation(one_line(one.actor), one.on, one_line(str(text)))
        for one in entries if (text := did(one).get("attested"))
    ]  # fmt: skip


def _copy(seen: Seen) -> CopySeen:
    one = seen.copy
    return CopySeen(
        what=WHAT.get(one.what, one_line(one.what)),
        path=one_line(str(one.path)),
        made_on=date.fromisoformat(one.made_on),
        made_by=one_line(one.made_by),
        files=one.files,
        bytes=one.bytes,
        sha256=one.sha256,
        state=seen.state.value,
        left=seen.left,
    )


def _held(one: Hold, today: date) -> HeldRows:
    state = "ended" if not one.is_open else "kept" if one.until >= today else "past its day"
    return HeldRows(
        hold=one.hold_id,
        ground=one.ground.words,
        by=one_line(one.by),
        on=one.on,
        until=one.until,
        state=state,
        keeps=one.keeps,
        ended_on=one.ended_on,
    )


def _shown(entries: Sequence[Entry]) -> Shown:
    """Count how often personal data was on a screen without a file that is known."""
    told = [(one.action, did(one)) for one in entries]
    return Shown(
        cohort_lists=sum(name == "cohort" and "women" in what and "copies" not in what
                         for name, what in told),
        exact_findings=sum(name == "findings" and bool(what.get("exact")) for name, what in told),
        pairs=sum(name == "review" and "pairs" in what for name, what in told),
    )  # fmt: skip


def _remains(permit: Permit, holds: Sequence[Hold]) -> tuple[str, ...]:
    lines = [
        "The governance record, beside this certificate: who did what, when and why, who approved "
        "and who released. It holds no row and no id of a woman or child.",
        "The council’s register and ledger, with random ids of people who were restricted or "
        "reviewed. What the ids stood for is destroyed.",
        "The study’s signing key. It signs later versions of this certificate and opens no data.",
    ]
    if (permit.home / "report").is_dir():
        lines.append("The report: figures about groups that passed disclosure control.")
    released = [one.release for one in open_register().requests(permit.study_id)
                if one.released_on is not None]  # fmt: skip
    if released:
        lines.append(f"Released editions in the archive: {', '.join(released)}.")
    if (permit.home / "outbox").is_dir():
        lines.append("Sealed packages in the outbox, which open for nobody now.")
    lines += [f"The rows of hold {one.hold_id}, under a key of their own, until it is ended."
              for one in holds if one.keeps]  # fmt: skip
    return tuple(lines)


def ending_folder(study_id: str) -> Path:
    """Return where the versions of a study's certificate lie."""
    return archive_root() / study_id / "ending"
