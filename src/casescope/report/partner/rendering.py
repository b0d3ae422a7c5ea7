"""Makes the files of the partner's edition in memory, by the makers of the report's faces."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from casescope.disclosure.record import record
from casescope.disclosure.released import Released
from casescope.report.document import Document
from casescope.report.face import Face
from casescope.report.faces.drawings import Drawings
from casescope.report.partner.edition import document
from casescope.report.partner.package_facts import PackageFacts
from casescope.report.rendering import files_of

EDITION = "partner"


def rendered(
    released: Released, package: PackageFacts, faces: Sequence[Face], *, today: date
) -> dict[Face, dict[str, bytes]]:
    """Return the files of each face by name."""
    one, drawings = document(released, package, today=today), Drawings()
    data = _data(released, package, one) if Face.JSON in faces else {}
    return {face: files_of(face, one, released, data, drawings) for face in faces}


def _data(released: Released, package: PackageFacts, one: Document) -> dict[str, Any]:
    package_said = asdict(package) | {
        "steps": {name: told for name, _, told in package.steps},
    }
    return {
        **released.to_json(),
        "edition": {"name": EDITION, "mark": one.mark},
        "package": package_said,
        "provenance": {
            "made_at": one.made_at.isoformat(),
            "disclosure": record(released) | {"audit": dict(released.audit)},
        },
    }
