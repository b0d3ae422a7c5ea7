"""Send a partner its package: the shared dataset, sealed so that it opens by leave alone.

What lies in the outbox under its own name is in the register, and the reverse; a package that
replaces another ends it, and no lease can be given for that one any more.
"""

from datetime import date, datetime
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from casescope.actions.data.reading import open_for_reading
from casescope.actions.gate import exchange_keys as keys
from casescope.actions.gate.gate import Permit, commit, refusals_recorded
from casescope.actions.gate.release_key import ReleaseKey
from casescope.actions.gate.study_key import study_key
from casescope.actions.sharing import _outbox as box
from casescope.actions.sharing._exchange_ledger import shown_to
from casescope.actions.sharing._made_from import made_from, terms
from casescope.actions.sharing._packing import Shared, check_nothing_leaks, shared_for
from casescope.actions.sharing.partners import card_of, check_not_suspended, partner_to
from casescope.actions.work.steps import stale_steps, writing
from casescope.exchange.form.shape import one_line
from casescope.exchange.package import package
from casescope.exchange.package.manifest import FORMAT, SHARED_DATASET, UNDERTAKING, Manifest
from casescope.governance.record.signing import fingerprint
from casescope.governance.roles import Actor
from casescope.governance.stages import Action
from casescope.kernel.canonical import Json
from casescope.kernel.counting import counted
from casescope.kernel.errors import Busy, NotAllowed, VaultRefused
from casescope.kernel.progress import Progress, Silent
from casescope.register import open_register
from casescope.register.exchange_records import MessageRow, PackageRow, PartnerRow
from casescope.vault.layers import file_sha256

if TYPE_CHECKING:
    from casescope.register.store import Register

_SILENT = Silent()
_SHORT = 8


def send(
    home: Path,
    *,
    to: str,
    recoding: str = "",
    actor: Actor,
    today: date,
    now: datetime,
    progress: Progress = _SILENT,
) -> dict[str, Json]:
    """Make the next package for a partner, and return what was sent and where it lies.

    `to` is the file of a card, a name or a fingerprint; `recoding` a proposal of the risk panel.
    """
    before = open_for_reading(home, Action.SEND, actor=actor, today=today, progress=progress)
    with writing(before) as (permit, vault), refusals_recorded(permit):
        partner = _partner(permit, to)
        box.finish(permit)
        box.clear(permit)
        shared = shared_for(permit, vault, partner.fingerprint, recoding=recoding,
                            progress=progress)  # fmt: skip
        manifest, key, size = _manifest(permit, partner, shared, now=now)
        progress.start("leak gate")
        check_nothing_leaks(permit, vault, shared, manifest)
        progress.finish("nothing by which anybody is known")
        progress.start("package")
        manifest = _sealed(permit, partner, manifest, shared, key)
        row = _row(permit, manifest)
        commit(
            permit,
            detail=_detail(row, manifest, shared),
            layers=shared.layers,
            change=lambda register: _record(register, permit, row, size),
        )
        path = box.settle(permit.home, row)
        box.finish(permit)  # ends the one that was replaced
        now_in_force = dict(permit.layers) | {one.name: one for one in shared.layers}
        vault.sweep(one.file for one in now_in_force.values())
    progress.finish(f"{counted(row.size, 'byte')}")
    return _told(row, manifest, shared) | {"partner": partner.name, "path": str(path)}


def _partner(permit: Permit, to: str) -> PartnerRow:
    """Return whom to send to; refuse while something else changed what would be sent."""
    partner = partner_to(permit, to)
    check_not_suspended(partner)
    if stale_steps(permit):
        raise Busy("The study changed while this began.", "Run the command again.")
    if permit.ends_on is None or permit.approval is None:
        raise NotAllowed("A study that has not begun has nothing to send.")
    return partner


def _manifest(
    permit: Permit, partner: PartnerRow, shared: Shared, *, now: datetime
) -> tuple[Manifest, ReleaseKey, int]:
    """Return what the package says of itself, the key that signs it, and our ledger's size."""
    study, study_id = permit.study, permit.study_id
    key = study_key(open_register(), study_id)
    growth, size = shown_to(permit, partner.fingerprint, key, now=now)
    last = _last(study_id, partner)
    told = Manifest(
        format=FORMAT,
        package=package.new_id(),
        kind=SHARED_DATASET,
        study=study_id,
        version=last.version + 1 if last else 1,
        replaces=last.package if last else None,
        name=one_line(study.name),
        authority=one_line(study.authority),
        partner=partner.fingerprint,
        purpose=one_line(study.purpose),
        lawful_basis=one_line(study.lawful_basis),
        agreement=one_line(permit.approval.agreement if permit.approval else ""),
        made_on=permit.today,
        ends_on=permit.ends_on or permit.today,
        tables=shared.tables,
        disclosure=shared.disclosure,
        authority_key=key.signs_as,
        signed_by=key.signs_as,
        reply_to=keys.reply_identity(study_id, make=True).recipient,
        lease=terms(permit),
        canaries=shared.canaries,
        undertaking=UNDERTAKING,
        ledger=growth.as_dict(),
        casescope=metadata.version("casescope"),
        files={},
    )
    return told, key, size


def _sealed(
    permit: Permit, partner: PartnerRow, manifest: Manifest, shared: Shared, key: ReleaseKey
) -> Manifest:
    """Write the package beside where it will lie; return its manifest with all hashes.

    The council's halves are made first: a package whose half is not kept would open for nobody.
    """
    keys.workspace_secret(permit.study_id, partner.fingerprint, make=True)
    authority = keys.make_authority_identity(permit.study_id, manifest.package)
    path = box.staged(permit.home, manifest.package)
    try:
        return package.write(
            path, manifest, shared.files, private=key.signing,
            partner_recipient=card_of(partner).recipient, authority_recipient=authority.recipient,
        )  # fmt: skip
    except OSError as error:
        raise VaultRefused(
            f"{path.parent} cannot be written.",
            "Make it writable, or check that the disk is not full, and run the command again.",
        ) from error


def _row(permit: Permit, manifest: Manifest) -> PackageRow:
    path = box.staged(permit.home, manifest.package)
    partner = manifest.partner.replace("-", "")[:_SHORT]
    name = f"{permit.study_id[:_SHORT]}-{partner}-v{manifest.version}.casepkg"
    return PackageRow(
        partner=manifest.partner,
        package=manifest.package,
        version=manifest.version,
        replaces=manifest.replaces or "",
        document=manifest.as_json(),
        file=name,
        sha256=file_sha256(path),
        size=path.stat().st_size,
        made_from=made_from(permit, permit.layers["dataset"].step_key),
        sent_on=permit.today,
        sent_by=permit.actor.name,
    )


def _record(register: "Register", permit: Permit, row: PackageRow, size: int) -> None:
    register.send(permit.study_id, row)
    message = MessageRow(
        row.partner, incoming=False, kind=SHARED_DATASET, digest=row.sha256, on=permit.today,
        by=permit.actor.name, about=row.package, sent_size=size,
    )  # fmt: skip
    register.keep_message(permit.study_id, message)


def _last(study_id: str, partner: PartnerRow) -> PackageRow | None:
    rows = [row for row in open_register().packages(study_id)
            if row.partner == partner.fingerprint]  # fmt: skip
    return rows[-1] if rows else None


def _detail(row: PackageRow, manifest: Manifest, shared: Shared) -> dict[str, Json]:
    told = shared.disclosure
    return {
        "package": row.package,
        "partner": row.partner,
        "version": row.version,
        "replaces": row.replaces,
        "sha256": row.sha256,
        "women": told.women,
        "left_out": shared.left_out,
        "k": told.k,
        "recoding": shared.recoding,
        "worth_it": "yes" if shared.verdict.person_level else "no, by the panel's rule",
        "ends_on": manifest.ends_on,
    }


def _told(row: PackageRow, manifest: Manifest, shared: Shared) -> dict[str, Json]:
    told = shared.disclosure
    return {
        "package": row.package,
        "version": row.version,
        "replaces": row.replaces or None,
        "fingerprint": fingerprint(manifest.signed_by),
        "sha256": row.sha256,
        "recoding": shared.recoding,
        "disclosure": {**vars(told), "recoding": dict(told.recoding)},
        "left_out": shared.left_out,
        "worth_it": shared.verdict.person_level,
        "verdict": shared.verdict.sentence,
        "lease": vars(manifest.lease) if manifest.lease else None,
        "ends_on": manifest.ends_on,
    }
