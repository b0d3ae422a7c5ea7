"""Makes the files of a report in memory: every face of every edition that is asked for."""

import json
from collections.abc import Mapping, Sequence, Set
from dataclasses import fields
from datetime import date
from typing import Any, TypeAlias, assert_never

from casescope.disclosure.record import record
from casescope.disclosure.released import Released
from casescope.governance.release.release import FIGURES
from casescope.report.build import document, released_only
from casescope.report.document import Document
from casescope.report.edition import Edition
from casescope.report.face import Face
from casescope.report.faces.drawings import Drawings
from casescope.report.html import page
from casescope.report.model import Model, modelled, value_json
from casescope.report.study import StudyFacts
from casescope.report.walking import findings

Made: TypeAlias = dict[Edition, dict[Face, dict[str, bytes]]]
"""A report in memory: the files of each face of each edition, by name."""


def render_html(
    released: Released, *, study: StudyFacts, edition: Edition = Edition.WORKING
) -> str:
    """Return the report as one self-contained web page; the same inputs give the same text.

    Raises `TypeError` for anything that did not come through disclosure control.
    """
    return page(document(released, study, edition), Drawings())


def rendered(
    released: Released,
    study: StudyFacts,
    editions: Sequence[Edition],
    faces: Sequence[Face],
    to_staff: Released | None = None,
) -> Made:
    """Return the files of each face of each edition by name.

    Charts are drawn once for all, and the value model is run once for the same figures. The working
    edition shows `to_staff` in place of `released` where it is given.
    """
    drawings, models = Drawings(), [(released, modelled(released_only(released), study))]
    if to_staff is not None:
        models.append((to_staff, modelled(released_only(to_staff), study)))
    made: Made = {}
    for edition in editions:
        figures, model = models[-1 if edition is Edition.WORKING else 0]
        one = document(figures, study, edition, model)
        data = _data(figures, study, edition, one, model) if Face.JSON in faces else {}
        made[edition] = {face: files_of(face, one, figures, data, drawings) for face in faces}
    return made


def files_of(
    face: Face, one: Document, released: Released, data: dict[str, Any], drawings: Drawings
) -> dict[str, bytes]:
    """Return the files of one face; its maker is imported only when it is wanted."""
    match face:
        case Face.HTML:
            return {face.file: page(one, drawings).encode()}
        case Face.JSON:
            text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
            return {face.file: text.encode()}
        case Face.PDF:
            from casescope.report.faces.pdf import pdf

            return {face.file: pdf(one, drawings)}
        case Face.DOCX:
            from casescope.report.faces.word import word

            return {face.file: word(one, drawings)}
        case Face.XLSX:
            from casescope.report.faces.workbook import workbook

            return {face.file: workbook(one)}
        case Face.CSV:
            from casescope.report.faces.sheets import csv_files

            return csv_files(one, released)
        case _:
            assert_never(face)


def as_json(
    released: Released, study: StudyFacts, edition: Edition = Edition.WORKING
) -> dict[str, Any]:
    """Return what `report.json` holds; only `provenance` may differ between two fresh runs.

    The public edition's holds the tables that it shows, and none of the council's references.
    """
    model = modelled(released_only(released), study)
    return _data(released, study, edition, document(released, study, edition, model), model)


def _data(
    released: Released, study: StudyFacts, edition: Edition, one: Document, model: Model
) -> dict[str, Any]:
    data, public = released.to_json(), edition is Edition.PUBLIC
    if public:
        shown = findings(one)
        data["tables"] = [table for table in data["tables"] if table["id"] in shown]
    return {
        **data,
        "edition": {"name": edition.value, "mark": one.mark},
        "study": _study(study),
        "value": value_json(model),
        "provenance": {
            "made_at": study.made_at.isoformat(),
            "today": study.today.isoformat(),
            "objection_ends": _iso(study.objection_ends),
            "references": {} if public else dict(study.references),
            "versions": dict(study.versions),
            "ledger_head": study.ledger_head,
            "small_counts": "" if public else study.small_counts,
            "disclosure": _disclosure(released, {table["id"] for table in data["tables"]}),
        },
    }


def _disclosure(released: Released, tables: Set[str]) -> dict[str, Any]:
    """Return which rule each figure in the file went through, and why it is hidden."""
    found = record(released) | {"audit": dict(released.audit)}
    lines = (line for line in found.pop("figures") if line.get("table", "") in {"", *tables})
    return {**found, "figures": list(lines)}


def told(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the released figures of a `report.json`, without who they are for and when."""
    return {name: data[name] for name in FIGURES}


def _study(study: StudyFacts) -> dict[str, Any]:
    parameters = {f.name: getattr(study.parameters, f.name) for f in fields(study.parameters)}
    return {
        "name": study.name,
        "authority": study.authority,
        "partner": study.partner,
        "reference_date": study.reference_date.isoformat(),
        "purpose": study.purpose,
        "lawful_basis": study.lawful_basis,
        "extract_first": _iso(study.extract_first),
        "extract_last": _iso(study.extract_last),
        "linkage": study.linkage,
        "wide_inputs": study.wide_inputs,
        "parameters": {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in parameters.items()
        },
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
