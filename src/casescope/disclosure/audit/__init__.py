"""The auditor: what a reader who adds and subtracts can learn from everything ever published."""

from casescope.disclosure.audit.audit import Audit, Bound, Component, Failure, Ranged, Target
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

__all__ = [
    "Audit",
    "AuditRules",
    "Bound",
    "Cell",
    "Component",
    "Failure",
    "Figure",
    "Groups",
    "Place",
    "Ranged",
    "Target",
    "count",
    "difference",
    "hidden",
    "printed",
    "ratio",
]
