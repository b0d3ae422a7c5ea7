"""Propose a mapping for an extract folder; it touches no study, and shows no value of a row."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from casescope.identified.intake.folders import given_files
from casescope.identified.intake.load import sheets_of
from casescope.identified.intake.proposal_text import as_figures, as_toml
from casescope.identified.intake.propose import propose


@dataclass(frozen=True)
class Proposed:
    """A proposal: the text of a mapping.toml, and the same as figures; both empty if none."""

    text: str
    figures: Sequence[dict[str, Any]]


def propose_mapping(folder: Path) -> Proposed:
    """Return what the folder's columns and values seem to be in casescope's words."""
    found = propose(sheets_of(given_files([folder])))
    return Proposed(as_toml(found) if found else "", as_figures(found))
