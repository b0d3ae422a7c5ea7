"""What decides on the rows of a package, as one digest: where it changes, a new version is due."""

from casescope.actions.gate.gate import Permit
from casescope.actions.work.steps import expected_keys
from casescope.exchange.messages.lease import Terms
from casescope.kernel.canonical import digest


def due(permit: Permit) -> str:
    """Return what a package would be made from now.

    A restriction, a correction, a load, a decision on a link, another floor: each changes it, and
    at once, for it is worked out from what the steps would do and not from what they last did.
    """
    return made_from(permit, expected_keys(permit)["dataset"])


def made_from(permit: Permit, dataset: str) -> str:
    """Return the digest of all that decides on what a package holds and how it may be opened.

    `dataset` is the step key of the dataset that it is made from.
    """
    study = permit.study
    return digest(
        {
            "dataset": dataset,
            "linkage": study.linkage,
            "risk_floor": study.risk_floor,
            "lease": vars(terms(permit)),
        }
    )


def terms(permit: Permit) -> Terms:
    """Return what the study allows of a lease."""
    return Terms(permit.study.exchange.lease_mode, permit.study.exchange.lease_hours)
