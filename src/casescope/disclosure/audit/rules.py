"""What the auditor holds a publication to."""

from dataclasses import dataclass


@dataclass(frozen=True)
class AuditRules:
    """When a range that a reader can work out is too narrow.

    A protected count fails when it can be only one value, or when it lies wholly within 1 to
    `threshold` and its ends lie fewer than `least_width` apart. `full_cells`: it fails, too, when
    figures of different tables prove that all of a group are in one category. `zeros`: a 0 that is
    shown or proved is a failure. `implied`: groups that nobody printed, a printed whole without a
    printed part or several, are held to the same.
    """

    name: str = "as printed"
    threshold: int = 7
    least_width: int = 3
    full_cells: bool = True
    zeros: bool = False
    implied: bool = True
