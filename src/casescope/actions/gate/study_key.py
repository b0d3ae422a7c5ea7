"""The study's own key at its first use, and never a second one in its place."""

from typing import TYPE_CHECKING

from casescope.actions.gate.head import read_head
from casescope.actions.gate.release_key import ReleaseKey, release_key

if TYPE_CHECKING:  # Django must be set up before its models are imported
    from casescope.register.store import Register


def study_key(register: "Register", study_id: str) -> ReleaseKey:
    """Return a study's key, made at its first use; refuse where one was in use and is gone."""
    kept = read_head(study_id)
    used = (
        bool(kept and kept.note)
        or bool(register.requests(study_id))
        or bool(register.packages(study_id))
    )
    return release_key(study_id, make=not used)
