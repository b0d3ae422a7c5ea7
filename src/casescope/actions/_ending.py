"""Destroys a study's data, in an order that survives a crash at any point."""

from casescope.actions._gate import Permit, commit
from casescope.governance.stages import ENDED
from casescope.vault.keys import KeyRing


def destroy_data(permit: Permit) -> None:
    """Record the ending, destroy keys and layer files, record that this was done.

    A crash after the first record leaves the study ended with its keys still there; the stages
    then let the same action be done again, which goes on from here.
    """
    from casescope.vault.layers import Vault  # loads DuckDB, which most commands don't need

    keys = KeyRing.default()
    vault = Vault(permit.home, permit.study_id, keys)
    with vault.writing():  # refuses while a step is writing
        if permit.stage not in ENDED:
            commit(permit, detail={"keys": "to be destroyed"}, drop=tuple(permit.layers))
        keys.shred(permit.study_id)
        vault.sweep(keep=())
    commit(
        permit,
        detail={"keys": "destroyed", "layers": len(permit.layers)},
        change=lambda register: register.mark_keys_destroyed(permit.study_id, permit.today),
    )
