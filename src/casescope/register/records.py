"""What the store hands out: plain values, so that nobody outside the register meets the ORM."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from casescope.governance.approval import Approval, Extension
from casescope.governance.link_decisions import LinkDecision
from casescope.governance.restrictions import Restriction
from casescope.governance.stages import Stage
from casescope.governance.study import Study


@dataclass(frozen=True)
class LayerRow:
    """One layer in force; `tables` maps table to rows, `made_at` is ISO 8601 in UTC."""

    name: str
    wing: str
    file: str
    step_key: str
    sha256: str
    size: int
    tables: Mapping[str, int]
    made_at: str


@dataclass(frozen=True)
class StudyRecord:
    """All that the register knows of one study, at one moment.

    `started` is the day of the first load; `extensions`, `restrictions` and `decisions` in order,
    lifted restrictions included, decisions only those in force.
    """

    study_id: str
    home: Path
    declared: Study
    created_on: date
    created_by: str
    stage: Stage
    started: date | None
    approval: Approval | None
    extensions: tuple[Extension, ...]
    layers: Mapping[str, LayerRow]
    restrictions: tuple[Restriction, ...]
    keys_destroyed_on: date | None
    decisions: tuple[LinkDecision, ...] = ()
