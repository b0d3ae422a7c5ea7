"""What the register keeps of each report: its figures, for whoever audits the next one."""

import json
from collections.abc import Mapping
from importlib import metadata
from typing import Any

from casescope.actions._gate import Permit
from casescope.disclosure import Released
from casescope.kernel.canonical import Json, canonical_bytes, digest
from casescope.register.records import Told
from casescope.report import Edition, Face, Made, StudyFacts, as_json, told


def made_from(permit: Permit) -> dict[str, Json]:
    """Return all that a report depends on, as keys and digests: layers, study, restrictions."""
    return {
        "layers": {name: layer.step_key for name, layer in sorted(permit.layers.items())},
        "study": digest(permit.study.as_tables()),
        "restrictions": digest(sorted(one.subject_id for one in permit.restrictions)),
        "casescope": metadata.version("casescope"),
    }


def telling(permit: Permit, released: Released, facts: StudyFacts, made: Made) -> list[Told]:
    """Return what each edition is about to tell."""
    rules = f"{released.rules.name} {released.rules.version} of {released.rules.dated}"
    return [
        _told(permit, edition, _data(released, facts, edition, faces), rules)
        for edition, faces in made.items()
    ]


def _data(
    released: Released, facts: StudyFacts, edition: Edition, faces: Mapping[Face, dict[str, bytes]]
) -> dict[str, Any]:
    """Return what report.json holds, from the file where it was made."""
    if Face.JSON in faces:
        data: dict[str, Any] = json.loads(faces[Face.JSON][Face.JSON.file])
        return data
    return as_json(released, facts, edition)


def _told(permit: Permit, edition: Edition, data: Mapping[str, Any], rules: str) -> Told:
    figures = told(data)
    return Told(
        study_id=permit.study_id, on=permit.today, edition=edition.value,
        audience=data["audience"], rules=rules, figures=canonical_bytes(figures).decode(),
        digest=digest(figures), made_from=made_from(permit),
    )  # fmt: skip
