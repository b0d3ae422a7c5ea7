"""What the report says about the study itself: who asked, on what ground, with which parameters."""

from dataclasses import dataclass, field, fields
from datetime import date, datetime

from casescope.governance.study_file.parameters import (
    PARAMETERS,
    Parameters,
    differing_from_default,
)
from casescope.governance.study_file.value import CostLines, ValueLines
from casescope.report.look import Look
from casescope.report.prose import long_date


@dataclass(frozen=True)
class StudyFacts:
    """Facts about one study that carry no figure about anyone.

    `versions` are (name, version) pairs; `ledger_head` is the hash of the newest ledger entry;
    `linkage` names the linkage that leads; `made_at` carries a time zone. `today` decides whether
    the objection window is still open.
    """

    name: str
    authority: str
    partner: str
    reference_date: date
    purpose: str
    lawful_basis: str
    today: date
    made_at: datetime
    parameters: Parameters = field(default_factory=Parameters)
    extract_first: date | None = None
    extract_last: date | None = None
    objection_ends: date | None = None
    wide_inputs: bool = False
    linkage: str = "lenient"
    versions: tuple[tuple[str, str], ...] = ()
    ledger_head: str = ""
    value: ValueLines = field(default_factory=ValueLines)
    costs: CostLines = field(default_factory=CostLines)
    references: tuple[tuple[str, str], ...] = ()
    """Governance references by name: impact assessment, agreement, privacy notice, approval."""
    small_counts: str = ""
    """The data protection officer's leave to show small counts in the working edition, if any."""
    look: Look = field(default_factory=Look)

    @property
    def objections_open(self) -> bool:
        """Whether women can still object before results are used."""
        return self.objection_ends is not None and self.today <= self.objection_ends


@dataclass(frozen=True)
class ParameterLine:
    """One parameter as the report prints it."""

    name: str
    meaning: str
    value: str
    default: str
    differs: bool


_START = "the date from which records can be relied on (blank: worked out from the extract)"


def parameter_lines(parameters: Parameters) -> tuple[ParameterLine, ...]:
    """Return every parameter with its meaning, its value here and its default."""
    default, different = Parameters(), differing_from_default(parameters)
    return tuple(
        ParameterLine(
            name=one.name,
            meaning=PARAMETERS[one.name].meaning if one.name in PARAMETERS else _START,
            value=_shown(getattr(parameters, one.name)),
            default=_shown(getattr(default, one.name)),
            differs=one.name in different,
        )
        for one in fields(parameters)
    )


def _shown(value: object) -> str:
    if value is None:
        return "worked out"
    return long_date(value) if isinstance(value, date) else str(value)
