"""What a session can be asked; each takes the open session, which is behind the gate already.

Every answer is sealed in the record of what was told before anybody sees it.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from casescope.actions.partner._report import PartnerReport, partner_findings, partner_report
from casescope.disclosure.queries import counted
from casescope.disclosure.released import ReleasedTable
from casescope.exchange.form.shape import as_json
from casescope.exchange.package.manifest import ColumnTold, TableTold
from casescope.exchange.workspace import standing
from casescope.exchange.workspace.replying import reply
from casescope.exchange.workspace.session import Session
from casescope.findings.query import facts, vetted
from casescope.kernel import durable
from casescope.kernel.canonical import Json
from casescope.kernel.errors import NotAllowed, NotFound
from casescope.kernel.progress import Progress, Silent
from casescope.report.face import Face

LONGEST_NOTE = 100_000
"""Characters; a note is words, not a file."""

_SILENT = Silent()


def tables(session: Session) -> list[dict[str, Json]]:
    """Return what the dataset holds: tables, rows, columns with meanings."""
    session.check()
    return [as_json(table) for table in session.manifest.tables]


def findings(session: Session) -> dict[str, Any]:
    """Return the findings of the dataset that passed disclosure control."""
    found = partner_findings(session.check(), _rules(session)).to_json()
    _tell(session, {"kind": "findings", "asked": "findings"})
    return found


def report(
    session: Session, folder: Path | None = None, *, progress: Progress = _SILENT
) -> list[Path]:
    """Write the report of the released findings, in plain; return its paths."""
    made = _report(session, tuple(face.value for face in Face), progress)
    _tell(session, {"kind": "report", "asked": "report"})
    to = folder or session.workspace.place.report
    return [_written(to, Face(face), files) for face, files in made.files.items()]


def query(session: Session, sql: str) -> dict[str, Any]:
    """Return the answer to SQL as the rules let it be seen, held against all that was told."""
    data = session.check()
    asked = vetted(sql, data)
    if asked.is_of_facts:
        found = facts(asked, data)
        return {"kind": "facts", "columns": list(found.columns),
                "rows": [list(row) for row in found.rows]}  # fmt: skip
    if before := _told_before(session, sql):
        return before
    answer = counted(asked, data, _rules(session), session.told.content)
    session.check()
    turn = session.told.replace(answer.told)
    table = _plain(answer.table)
    _tell(
        session,
        {"kind": "counts", "asked": sql.strip(), "package": session.manifest.package,
         "table": table},
        turn=turn,
    )  # fmt: skip
    return {"kind": "counts", "number": len(session.log.lines), **table}


def _told_before(session: Session, sql: str) -> dict[str, Any] | None:
    """Return the answer that the same question got of the same package: it is told as it was."""
    for number, line in enumerate(session.log.lines, 1):
        if (line.get("package"), line.get("asked")) == (session.manifest.package, sql.strip()):
            return {"kind": "counts", "number": number, **line["table"]}
    return None


def note(session: Session, text: str) -> int:
    """Keep a note, sealed; return its number."""
    session.check()
    if not 0 < len(text.strip()) <= LONGEST_NOTE:
        raise NotAllowed(
            f"A note has from 1 to {LONGEST_NOTE:,} characters.", "Say it as: note TEXT"
        )
    session.keep(standing.NOTE, {"kind": "note", "text": text.strip()})
    return len(session.log.lines)


def notes(session: Session) -> list[dict[str, Any]]:
    """Return the notes, each with its number."""
    return [line for line in _lines(session) if line["kind"] == "note"]


def told(session: Session) -> list[dict[str, Any]]:
    """Return every question that was answered, with its answer where it was counts."""
    return [line for line in _lines(session) if line["kind"] != "note"]


def send(session: Session, numbers: Sequence[int] = (), outbox: Path | None = None) -> Path:
    """Seal the released findings for the council, with the notes and answers of these numbers."""
    lines = {line["number"]: line for line in _lines(session)}
    for number in numbers:
        if number not in lines:
            raise NotFound(f"There is no note or answer {number}.", "notes and told number them.")
    made = _report(session, (Face.JSON.value, Face.CSV.value), _SILENT)
    chosen = [lines[number] for number in dict.fromkeys(numbers)]
    files = {_portable(name): content for face in made.files.values()
             for name, content in face.items()}  # fmt: skip
    files["chosen.json"] = json.dumps(chosen, ensure_ascii=False, indent=1).encode("utf-8")
    to = outbox or session.outbox or session.workspace.place.outbox
    return reply(session, files, [_told(table) for table in made.released.tables], to)


def _lines(session: Session) -> list[dict[str, Any]]:
    session.check()
    return [{"number": number, **line} for number, line in enumerate(session.log.lines, start=1)]


def _tell(session: Session, line: Mapping[str, Json], **detail: Json) -> None:
    """Seal what was asked and told, if the lease still holds; nobody sees an answer before."""
    session.check()
    session.keep(standing.TELL, dict(line), **detail)


def _rules(session: Session) -> str:
    """Return the rule pack that the package came under."""
    disclosure = session.manifest.disclosure
    if disclosure is None:
        raise NotAllowed("The package does not say under which rules its results may be told.")
    return disclosure.rules


def _report(session: Session, faces: Sequence[str], progress: Progress) -> PartnerReport:
    data = session.check()
    made = partner_report(
        data, _facts(session), _rules(session), session.workspace.now().date(), faces=faces,
        progress=progress,
    )  # fmt: skip
    session.check()
    return made


def _facts(session: Session) -> dict[str, str]:
    """Return what the report says of the package, in words."""
    told, disclosure = session.manifest, session.manifest.disclosure
    measured = {
        "linkage": disclosure.linkage, "floor": str(disclosure.k), "women": str(disclosure.women),
        "left_out": f"at most {disclosure.left_out}" if disclosure.left_out else "none",
    } if disclosure else {}  # fmt: skip
    return {
        **measured,
        "package": told.package,
        "version": str(told.version),
        "study": told.name,
        "authority": told.authority,
        "partner": session.workspace.standing.name,
        "purpose": told.purpose,
        "lawful_basis": told.lawful_basis,
        "agreement": told.agreement,
        "made_on": told.made_on.isoformat(),
        "ends_on": told.ends_on.isoformat(),
        "casescope": session.workspace.version,
        "undertaking": told.undertaking,
    }


def _written(folder: Path, face: Face, files: Mapping[str, bytes]) -> Path:
    place = folder / face.file if face is Face.CSV else folder
    for name, content in files.items():
        durable.write(place / name, content)
    return folder / face.file


def _portable(name: str) -> str:
    """Return the name of a file as a package may hold it."""
    return name.lower().replace("-", "_")


def _plain(table: ReleasedTable) -> dict[str, Json]:
    """Return a released table as values that can be sealed and shown."""
    return {
        "columns": [*table.dimensions, *table.columns],
        "rows": [[*row.labels, *(cell.shown for cell in row.cells)] for row in table.rows],
        "caveats": list(table.caveats),
    }


def _told(table: ReleasedTable) -> TableTold:
    columns = tuple(ColumnTold(one, "text", one) for one in (*table.dimensions, *table.columns))
    return TableTold(table.id, table.title, len(table.rows), columns)
