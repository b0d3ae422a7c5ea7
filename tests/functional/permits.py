"""A permit as an action gets it, for tests that look behind the gate."""

from casescope.actions.gate.gate import Permit, open_gate
from casescope.governance.stages import Action
from tests.functional.place import ME, TODAY, Place


def permit_of(place: Place, action: Action = Action.FINDINGS) -> Permit:
    return open_gate(place.home, action, actor=ME, today=TODAY)
