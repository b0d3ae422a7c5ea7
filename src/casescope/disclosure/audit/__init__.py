"""The auditor: what a reader who adds and subtracts can learn from everything ever published."""

from casescope.disclosure.audit.audit import Audit, Bound, Failure, Proof, Ranged, Target
from casescope.disclosure.audit.figures import (
    Cell,
    Figure,
    Groups,
    Place,
    count,
    difference,
    hidden,
    printed,
    ratio,
)
from casescope.disclosure.audit.rules import AuditRules
from casescope.disclosure.audit.run import audit

__all__ = [
    "Audit",
    "AuditRules",
    "Bound",
    "Cell",
    "Failure",
    "Figure",
    "Groups",
    "Place",
    "Proof",
    "Ranged",
    "Target",
    "audit",
    "count",
    "difference",
    "hidden",
    "printed",
    "ratio",
]
