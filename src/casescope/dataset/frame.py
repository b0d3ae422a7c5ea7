"""The coding frame: the issues women live with, as the definitions list them by default."""

from dataclasses import dataclass
from itertools import product


@dataclass(frozen=True)
class Issue:
    """One issue: id, the words a reader sees, and the structured sources that can record it."""

    id: str
    label: str
    structured: str = ""


FRAME: tuple[Issue, ...] = (
    Issue("domestic_abuse", "Domestic abuse", "assessment factor 3B (whether as victim or "
          "perpetrator is not said)"),
    Issue("mental_health", "Mental ill-health", "assessment factor 4B"),
    Issue("alcohol", "Alcohol", "assessment factor 1B"),
    Issue("drugs", "Drugs", "assessment factor 2B"),
    Issue("learning_disability", "Learning disability or difficulty", "assessment factor 5B"),
    Issue("physical_health", "Physical ill-health or disability", "assessment factor 6B"),
    Issue("care_experienced", "Care-experienced", "care leaver table, her own periods of care, "
          "MOTHER flag of SSDA903"),
    Issue("childhood_abuse", "Childhood abuse (her own)"),
    Issue("housing", "Homelessness or unstable housing"),
    Issue("offending", "Offending or custody"),
    Issue("sexual_exploitation", "Sexual exploitation or sex work"),
    Issue("poverty", "Debt or poverty", "CIN need N7 (low income) of her child"),
    Issue("immigration", "Immigration status or no recourse to public funds"),
    Issue("bereavement", "Bereavement or loss, including the loss of children"),
    Issue("no_contact", "No contact with services"),
)  # fmt: skip

ISSUE = {issue.id: issue for issue in FRAME}

GROUPED = ("Domestic abuse", "Mental ill-health", "Alcohol or drugs")
"""Three groups of issues that are told together, in the order of the combinations' members."""

COMBINATIONS: tuple[tuple[bool, ...], ...] = tuple(
    sorted(product((True, False), repeat=3), key=lambda members: (-sum(members), *members))
)
"""Every way to have the three groups or not: all three first, none last."""
