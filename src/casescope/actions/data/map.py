"""Propose a mapping for an extract folder; it touches no study, and shows no value of a row."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from casescope.identified.intake.folders import given_files
from casescope.identified.intake.load import sheets_of
from casescope.identified.intake.proposal_text import as_figures, as_toml
from casescope.identified.intake.propose import propose
from casescope.identified.intake.refusals import Refusals


@dataclass(frozen=True)
class Proposed:
    """A proposal: the text of a mapping.toml, the same as figures, and what could not be read."""

    text: str
    figures: Sequence[dict[str, Any]]
    not_read: Sequence[str]


def propose_mapping(folder: Path) -> Proposed:
    """Return what the folder's columns and values seem to be in casescope's words.

    Files that cannot be read don't stand in the way, unless nothing is proposed for the others.
    """
    refusals = Refusals()
    found = propose(sheets_of(given_files([folder])), refusals)
    if not found:
        refusals.check()
    return Proposed(as_toml(found) if found else "", as_figures(found), refusals.told())
