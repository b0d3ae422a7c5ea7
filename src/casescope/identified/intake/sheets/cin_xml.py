"""The CIN census in XML, as tables of the extract: assessments, factors, plans, pre-proceedings.

Source: the DfE's CIN census schemas 2017 to 2026, and `PreProceedingsandFGDM` of 2026-27. A
child's LAchildID stands where the tables have the case system's id; ADR 14 says why no person is
made of it.
"""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from casescope.identified.intake.sheets.returns_xml import ReturnSheet, Row, Rows, sheets_in
from casescope.identified.intake.sheets.source import Source
from casescope.identified.intake.sheets.xml_events import Event, Started

ROOT = "MESSAGE"

_HEADERS = {
    "assessment": (
        "cina_assessment_id", "cina_person_id", "cina_assessment_start_date",
        "cina_assessment_auth_date",
    ),
    "assessment_factor": ("cinf_assessment_id", "cinf_assessment_factors_json"),
    "cp_plan": (
        "cppl_person_id", "cppl_cp_plan_start_date", "cppl_cp_plan_end_date",
        "cppl_cp_plan_initial_category", "cppl_cp_plan_latest_category",
    ),
    "pre_proceedings": (
        "prep_person_id", "prep_pre_pro_decision_date", "prep_agree_stepdown_issue_date",
        "prep_court_application_date",
    ),
}  # fmt: skip

_PARTS = ("ASSESSMENTS", "CHILDPROTECTIONPLANS", "PREPROCEEDINGSANDFGDM")
_FACTOR = "ASSESSMENTFACTORS"


def sheets(source: Source) -> list[ReturnSheet]:
    """Return a sheet for each table that the census has rows of."""
    return sheets_in(source, _HEADERS, _rows)


@dataclass
class _Part:
    """An assessment, a plan or pre-proceedings."""

    kind: str
    held: dict[str, str] = field(default_factory=dict)
    factors: list[str] = field(default_factory=list)

    def rows(self, child_id: str, numbers: Counter[str]) -> Rows:
        held = self.held
        if self.kind == "ASSESSMENTS":
            yield from self._assessment(child_id, numbers)
        elif self.kind == "CHILDPROTECTIONPLANS":
            yield (
                "cp_plan",
                {
                    "cppl_person_id": child_id,
                    "cppl_cp_plan_start_date": held.get("CPPSTARTDATE", ""),
                    "cppl_cp_plan_end_date": held.get("CPPENDDATE", ""),
                    "cppl_cp_plan_initial_category": held.get("INITIALCATEGORYOFABUSE", ""),
                    "cppl_cp_plan_latest_category": held.get("LATESTCATEGORYOFABUSE", ""),
                },
            )
        else:
            yield (
                "pre_proceedings",
                {
                    "prep_person_id": child_id,
                    "prep_pre_pro_decision_date": held.get("PPSTARTDATE", ""),
                    "prep_agree_stepdown_issue_date": held.get("STEPDECISIONDATE", ""),
                    "prep_court_application_date": held.get("COURTAPPDATE", ""),
                },
            )

    def _assessment(self, child_id: str, numbers: Counter[str]) -> Rows:
        """Give it the id that the same assessment has in another year's census."""
        start = self.held.get("ASSESSMENTACTUALSTARTDATE", "")
        numbers[start] += 1
        own_id = f"CIN {child_id} {start} {numbers[start]}"
        row: Row = {
            "cina_assessment_id": own_id,
            "cina_person_id": child_id,
            "cina_assessment_start_date": start,
            "cina_assessment_auth_date": self.held.get("ASSESSMENTAUTHORISATIONDATE", ""),
        }
        yield "assessment", row
        if self.factors:
            yield (
                "assessment_factor",
                {
                    "cinf_assessment_id": own_id,
                    "cinf_assessment_factors_json": json.dumps(self.factors),
                },
            )


def _rows(events: Iterator[Event]) -> Rows:
    """Yield the rows of each child when it ends."""
    child = _Child()
    for event in events:
        name = event.name.upper()
        if isinstance(event, Started):
            child.start(name)
        elif name == "CHILD":
            yield from child.rows()
            child = _Child()
        else:
            child.note(name, event.text)


@dataclass
class _Child:
    """One child of the census: the id, and the parts that the extract has tables for."""

    child_id: str = ""
    parts: list[_Part] = field(default_factory=list)
    inside: bool = False

    def start(self, name: str) -> None:
        if name in _PARTS:
            self.parts.append(_Part(name))
            self.inside = True

    def note(self, name: str, text: str) -> None:
        if name == "LACHILDID":
            self.child_id = text
        elif name in _PARTS:
            self.inside = False
        elif self.inside and name == _FACTOR:
            self.parts[-1].factors += [text] if text else []
        elif self.inside:
            self.parts[-1].held[name] = text

    def rows(self) -> Rows:
        numbers: Counter[str] = Counter()
        for part in self.parts:
            yield from part.rows(self.child_id, numbers)
