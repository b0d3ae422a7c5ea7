"""Ends a study, in an order that survives a crash at any point.

What holds keep is set aside first, then the ending is recorded (from then on no lease is granted),
then everything is destroyed, then it is certified.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from casescope.actions.gate.gate import Permit, commit
from casescope.actions.gate.where import check_apart_from
from casescope.governance.stages import ENDED
from casescope.kernel import durable
from casescope.kernel.errors import Busy, VaultRefused
from casescope.kernel.progress import Progress
from casescope.register import open_register
from casescope.vault.keys import WINGS, KeyRing

if TYPE_CHECKING:  # Django must be set up before its models are imported
    from casescope.actions.ending.certificate import Issued
    from casescope.register.store import Register
    from casescope.vault.held import Kept
    from casescope.vault.layers import Vault


def end_study(permit: Permit, progress: Progress, *, attested: str = "") -> "Issued":
    """Record the ending, destroy keys and layer files, certify and record that this was done.

    A crash leaves the study ended with its keys not known to be gone; the stages then let the same
    action be done again, which goes on from here. `attested` is what the actor states besides.
    """
    from casescope.actions.ending.certificate import (  # these load DuckDB, as little else
        check_attestation,
        check_writable,
        first_version,
        recorded,
    )
    from casescope.vault.layers import Vault

    check_attestation(attested)
    check_apart_from(permit.home)
    check_writable(permit.study_id)  # or the certificate would fail once everything is gone
    keys = KeyRing.default()
    vault = Vault(permit.home, permit.study_id, keys)
    with vault.writing():  # refuses while a step is writing
        _check_nobody_else(permit)
        if permit.stage not in ENDED:
            _record_ending(permit, vault, attested, progress)
        progress.start("destroying")
        _destroy(vault)
        progress.finish("keys and layers gone")
        progress.start("certificate")
        made = first_version(permit)
        progress.finish("version 1")
        commit(
            permit,
            detail={"keys": "destroyed", "layers": len(permit.layers), **recorded(made)},
            change=lambda register: register.mark_keys_destroyed(permit.study_id, permit.today),
        )
    return made


def _check_nobody_else(permit: Permit) -> None:
    """Refuse to go on from a study that another process changed before this one had its place."""
    record = open_register().study(permit.study_id)
    files = {name: row.file for name, row in record.layers.items()}
    known = {name: layer.file for name, layer in permit.layers.items()}
    if record.keys_destroyed_on or record.stage is not permit.stage or files != known:
        raise Busy(
            "The study was changed or ended by another command meanwhile.",
            "See how it stands (casescope study show HOME); then run the command again.",
        )


def _destroy(vault: "Vault") -> None:
    """Destroy every key to the study's data but those of holds that keep something; then the data.

    Done again after a crash, it finishes.
    """
    from casescope.actions.ending._holds import forget_others  # as above

    for path in exchange_keys(vault.keys, vault.study_id):
        durable.destroy(path)
    vault.keys.shred(vault.study_id)
    vault.sweep(keep=())
    forget_others(vault, vault.study_id)
    _check_destroyed(vault.keys, vault.study_id)


def exchange_keys(keys: KeyRing, study_id: str) -> list[Path]:
    """Return every key that a package, or what a partner sent, opens with."""
    from casescope.actions.gate.exchange_keys import FOLDER  # loads what seals and opens

    folder = keys.folder(study_id) / FOLDER
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _record_ending(permit: Permit, vault: "Vault", attested: str, progress: Progress) -> None:
    """Set aside what holds keep, and record the ending."""
    from casescope.actions.ending._holds import keep_for_holds  # as above

    held = {one.hold.hold_id: one.kept for one in keep_for_holds(permit, vault, progress)}
    commit(
        permit,
        detail={
            "keys": "to be destroyed",
            "exchange_keys": len(exchange_keys(vault.keys, permit.study_id)),
            "holds": [*held],
            "attested": attested.strip(),
        },
        drop=tuple(permit.layers),
        change=lambda register: _keep(register, permit, held),
    )


def _keep(register: "Register", permit: Permit, held: Mapping[str, "Kept"]) -> None:
    from casescope.actions.ending._holds import check_still_held  # as above

    check_still_held(register, permit, held)
    for hold_id, one in held.items():
        register.keep_hold(permit.study_id, hold_id, rows=one.rows, sha256=one.sha256)


def _check_destroyed(keys: KeyRing, study_id: str) -> None:
    """Refuse to certify what is not so."""
    of_wings = [keys.folder(study_id) / f"{wing}.key" for wing in WINGS]
    left = [*exchange_keys(keys, study_id), *(path for path in of_wings if path.exists())]
    if left:
        raise VaultRefused(
            f"{left[0]} is still there.", "Make its folder writable and run the command again."
        )
