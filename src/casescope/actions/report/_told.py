"""What the register keeps of each report: its figures, for whoever audits the next one."""

import json
from collections.abc import Mapping
from importlib import metadata
from typing import Any

from casescope.actions.gate.gate import Permit
from casescope.identified.pseudonymise.partner_tokens import is_of_partner
from casescope.kernel.canonical import Json, canonical_bytes, digest
from casescope.register.records import Told
from casescope.report import Edition, Face, Made, told


def made_from(permit: Permit) -> dict[str, Json]:
    """Return all that a report depends on, as keys and digests: layers, study, restrictions."""
    return {
        "layers": {
            name: layer.step_key
            for name, layer in sorted(permit.layers.items())
            if not is_of_partner(name)  # what partners call women is in no report
        },
        "study": digest(permit.study.as_tables()),
        "restrictions": digest(sorted(one.subject_id for one in permit.restrictions)),
        "casescope": metadata.version("casescope"),
    }


def telling(permit: Permit, made: Made) -> list[Told]:
    """Return what each edition, made with its report.json, is about to tell.

    A working edition with small counts is left out: it stays with those who hold the records, and
    the register, which outlives the study, keeps no small count.
    """
    files = {edition: faces[Face.JSON][Face.JSON.file] for edition, faces in made.items()}
    told_of = {edition: json.loads(raw) for edition, raw in files.items()}
    return [
        _told(permit, edition, data)
        for edition, data in told_of.items()
        if data["rules"]["publishable"]
    ]


def _told(permit: Permit, edition: Edition, data: Mapping[str, Any]) -> Told:
    figures, rules = told(data), data["rules"]
    return Told(
        study_id=permit.study_id, on=permit.today, edition=edition.value,
        audience=data["audience"],
        rules=f"{rules['name']} {rules['version']} of {rules['dated']}",
        figures=canonical_bytes(figures).decode(), digest=digest(figures),
        made_from=made_from(permit),
    )  # fmt: skip
