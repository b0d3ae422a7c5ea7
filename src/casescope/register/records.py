"""What the store hands out: plain values, so that nobody outside the register meets the ORM."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from casescope.governance.approval import Approval, Extension
from casescope.governance.link_decisions import LinkDecision
from casescope.governance.restrictions import Restriction
from casescope.governance.stages import Stage
from casescope.governance.study_file.study import Study
from casescope.kernel.canonical import Json


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


@dataclass(frozen=True)
class Told:
    """One edition of a report that was written or released, with everything that it told.

    `figures` is canonical JSON (rules, facts, tables and curves as in report.json), `digest` its
    SHA-256, `made_from` what it was made from.
    """

    study_id: str
    on: date
    edition: str
    audience: str
    rules: str
    figures: str
    digest: str
    made_from: Mapping[str, Json]


@dataclass(frozen=True)
class AnswerRow:
    """One answer on a release as it is kept; `opening` is None until both are in."""

    reviewer: str
    fingerprint: str
    document: Mapping[str, Json]
    sealed: str
    opening: Mapping[str, Json] | None
    taken_on: date
    taken_by: str


@dataclass(frozen=True)
class RequestRow:
    """One request for release as it is kept, with its answers in the order they were taken in."""

    release: str
    digest: str
    document: Mapping[str, Json]
    author: str
    on: date
    ended_on: date | None = None
    ended_as: str = ""
    released_on: date | None = None
    released_by: str = ""
    files: Mapping[str, str] = field(default_factory=dict)
    ledger: Mapping[str, Json] = field(default_factory=dict)
    withdrawn_on: date | None = None
    withdrawn_by: str = ""
    withdrawn_reason: str = ""
    answers: tuple[AnswerRow, ...] = ()

    @property
    def is_open(self) -> bool:
        """Say whether it still waits for answers or for being published."""
        return self.ended_on is None and self.released_on is None
