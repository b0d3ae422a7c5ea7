"""Ends a study, in an order that survives a crash at any point.

What holds keep is set aside first, then the ending is recorded, then everything is destroyed.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from casescope.actions._gate import Permit, commit
from casescope.governance.stages import ENDED
from casescope.kernel import durable
from casescope.vault.keys import KeyRing

if TYPE_CHECKING:  # Django must be set up before its models are imported
    from casescope.register.store import Register
    from casescope.vault.held import Kept
    from casescope.vault.layers import Vault

EXCHANGE = "exchange"
"""The folder under a study's keys that holds what opens packages and what partners send."""


def destroy_data(permit: Permit, *, attested: str = "") -> None:
    """Record the ending, destroy keys and layer files, record that this was done.

    From the record on no lease is granted. A crash after it leaves the study ended with its keys
    still there; the stages then let the same action be done again, which goes on from here.
    """
    from casescope.vault.layers import Vault  # loads DuckDB, which most commands don't need

    keys = KeyRing.default()
    vault = Vault(permit.home, permit.study_id, keys)
    with vault.writing():  # refuses while a step is writing
        if permit.stage not in ENDED:
            _record_ending(permit, vault, attested)
        destroy_exchange_keys(keys, permit.study_id)
        keys.shred(permit.study_id)
        vault.sweep(keep=())
    commit(
        permit,
        detail={"keys": "destroyed", "layers": len(permit.layers)},
        change=lambda register: register.mark_keys_destroyed(permit.study_id, permit.today),
    )


def _record_ending(permit: Permit, vault: "Vault", attested: str) -> None:
    from casescope.actions._holds import keep_for_holds  # as above

    kept = keep_for_holds(permit, vault)
    held = {one.hold.hold_id: one.kept for one in kept}
    commit(
        permit,
        detail={
            "keys": "to be destroyed",
            "holds": {name: one.rows for name, one in held.items()},
            "attested": attested.strip(),
        },
        drop=tuple(permit.layers),
        change=lambda register: _keep(register, permit.study_id, held),
    )


def _keep(register: "Register", study_id: str, held: Mapping[str, "Kept"]) -> None:
    for hold_id, one in held.items():
        register.keep_hold(study_id, hold_id, rows=one.rows, sha256=one.sha256)


def destroy_exchange_keys(keys: KeyRing, study_id: str) -> None:
    """Destroy every key that a package, or what a partner sent, opens with; none there is well."""
    folder = keys.folder(study_id) / EXCHANGE
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        durable.destroy(path)
