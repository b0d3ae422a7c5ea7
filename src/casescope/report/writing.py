"""Puts a report's files where they belong: whole, or not at all."""

import json
import os
import tempfile
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

from casescope.disclosure.released import Released
from casescope.report.build import document, released_only
from casescope.report.html import page
from casescope.report.model import modelled, value_json
from casescope.report.study import StudyFacts


def render_html(released: Released, *, study: StudyFacts) -> str:
    """Return the report as one self-contained web page; the same inputs give the same text.

    Raises `TypeError` for anything that did not come through disclosure control.
    """
    return page(document(released, study))


def as_json(released: Released, study: StudyFacts) -> dict[str, Any]:
    """Return what `report.json` holds; only `provenance` may differ between two fresh runs."""
    return {
        **released_only(released).to_json(),
        "study": _study(study),
        "value": value_json(modelled(released, study)),
        "provenance": {
            "made_at": study.made_at.isoformat(),
            "today": study.today.isoformat(),
            "objection_ends": study.objection_ends.isoformat() if study.objection_ends else None,
            "references": dict(study.references),
            "versions": dict(study.versions),
            "ledger_head": study.ledger_head,
        },
    }


def write(folder: Path, released: Released, study: StudyFacts) -> list[Path]:
    """Write `report.html` and `report.json` into `folder`; each is replaced in one step.

    Both are made before either is written, so a fault leaves the earlier report as it was.
    """
    text = json.dumps(as_json(released, study), ensure_ascii=False, indent=1) + "\n"
    files = {"report.html": render_html(released, study=study), "report.json": text}
    folder.mkdir(parents=True, exist_ok=True)
    return [_replaced(folder / name, content.encode()) for name, content in files.items()]


def remove(folder: Path) -> None:
    """Remove a report that somebody has since left; what was handed out is beyond reach."""
    for name in ("report.html", "report.json"):
        (folder / name).unlink(missing_ok=True)


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


def _replaced(path: Path, content: bytes) -> Path:
    """Write beside the file, flush to the disk, then rename over it."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    return path
