"""Several people of one study on one machine: what one of them makes is open to the others."""

from pathlib import Path

from casescope.actions.gate.where import places_of
from casescope.governance.release.release import OWN_KEY
from casescope.kernel.group_folder import open_up


def open_to_group(home: Path) -> None:
    """Let a study's other people go on with what was made, where its folders were opened.

    A reviewer's key stays the reviewer's: whoever reads it answers for a release in that name.
    """
    for _, path in places_of(home.resolve()):
        open_up(path, but=(OWN_KEY,))
