"""The partner's findings and report on a shared dataset, released under the rules it came with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from casescope.dataset.sharing.opening import read_only
from casescope.dataset.sharing.quasi import QUASI
from casescope.disclosure import Released, release
from casescope.findings import shared_dataset
from casescope.kernel.progress import Progress, Silent
from casescope.report.face import Face
from casescope.report.partner import package_facts, rendered

if TYPE_CHECKING:
    import duckdb

_SILENT = Silent()


@dataclass(frozen=True)
class PartnerReport:
    """Released figures, and the files of each face by the face's word and the file's name."""

    released: Released
    files: Mapping[str, Mapping[str, bytes]]


def partner_findings(connection: "duckdb.DuckDBPyConnection", pack: str) -> Released:
    """Return the findings of a shared dataset as a rule pack lets them be seen."""
    with read_only(connection):
        found = shared_dataset.compute(connection)
    return release(found, pack=pack)


def partner_report(
    connection: "duckdb.DuckDBPyConnection",
    manifest_facts: Mapping[str, str],
    pack: str,
    today: date,
    *,
    faces: Sequence[str] = (),
    progress: Progress = _SILENT,
) -> PartnerReport:
    """Return the partner's edition: all faces, or those named.

    `manifest_facts` are words of the manifest by the names of `PackageFacts`; others are left.
    """
    progress.start("findings")
    released = partner_findings(connection, pack)
    progress.finish(f"{len(released.tables)} tables")
    progress.start("report")
    about = dict(connection.execute("SELECT name, value FROM shared_about").fetchall())
    steps = tuple(
        (one.name, one.meaning, about.get(f"step of {one.name}", "not stated")) for one in QUASI
    )
    package = package_facts(manifest_facts, steps, about.get("reference_period", ""))
    wanted = [face for face in Face if not faces or face.value in faces]
    made = rendered(released, package, wanted, today=today)
    progress.finish(f"{len(made)} faces")
    return PartnerReport(released, {face.value: files for face, files in made.items()})
