"""What the register keeps of each report: its figures, for whoever audits the next one."""

from collections.abc import Iterable, Mapping
from importlib import metadata
from typing import Any

from casescope.actions._gate import Permit
from casescope.disclosure import Released
from casescope.kernel.canonical import Json, canonical_bytes, digest
from casescope.register.records import Told
from casescope.report import Edition, StudyFacts, as_json, told


def made_from(permit: Permit) -> dict[str, Json]:
    """Return all that a report depends on, as keys and digests: layers, study, restrictions."""
    return {
        "layers": {name: layer.step_key for name, layer in sorted(permit.layers.items())},
        "study": digest(permit.study.as_tables()),
        "restrictions": digest(sorted(one.subject_id for one in permit.restrictions)),
        "casescope": metadata.version("casescope"),
    }


def telling(
    permit: Permit, released: Released, facts: StudyFacts, editions: Iterable[Edition]
) -> list[Told]:
    """Return what each edition is about to tell."""
    rules = f"{released.rules.name} {released.rules.version} of {released.rules.dated}"
    return [
        _told(permit, edition, as_json(released, facts, edition), rules) for edition in editions
    ]


def _told(permit: Permit, edition: Edition, data: Mapping[str, Any], rules: str) -> Told:
    figures = told(data)
    return Told(
        study_id=permit.study_id, on=permit.today, edition=edition.value,
        audience=data["audience"], rules=rules, figures=canonical_bytes(figures).decode(),
        digest=digest(figures), made_from=made_from(permit),
    )  # fmt: skip
