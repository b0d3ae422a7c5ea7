"""The public edition made again, byte for byte, so that what is released is what was looked at."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from casescope.actions.gate.gate import Permit
from casescope.actions.report.findings import computed, released
from casescope.actions.report.report import study_facts
from casescope.disclosure import Released
from casescope.kernel.errors import NotAllowed
from casescope.report import Edition, Face, Made, StudyFacts, folder_of, rendered

_REMEDY = "Write the report again (casescope report HOME), look at it, then ask for its release."


@dataclass(frozen=True)
class Figures:
    """What the public edition is made from today: released figures and facts of the study."""

    released: Released
    facts: StudyFacts


def figures_now(permit: Permit, made: Mapping[str, str]) -> Figures:
    """Return today's figures, and the facts with the moment at which a report was made."""
    found, about = computed(permit)
    facts = replace(
        study_facts(permit, about),
        made_at=datetime.fromisoformat(made["made_at"]),
        today=date.fromisoformat(made["today"]),
        ledger_head=made["ledger_head"],
    )
    return Figures(released(permit, found), facts)


def made_of(figures: Figures, faces: list[Face]) -> Made:
    """Return the public edition in memory."""
    return rendered(figures.released, figures.facts, [Edition.PUBLIC], faces)


def by_place(made: Made) -> dict[str, bytes]:
    """Return the files of a made public edition by their place in it."""
    return {
        (f"{face.file}/{name}" if face is Face.CSV else name): content
        for face, files in made[Edition.PUBLIC].items()
        for name, content in files.items()
    }


def faces_in(places: Mapping[str, object]) -> list[Face]:
    """Return the faces that these files are of."""
    folders = {place.split("/")[0] for place in places}
    return [face for face in Face if face.file in folders]


def files_on_disk(home: Path) -> dict[str, bytes]:
    """Return the files of HOME's public edition by their place in it, or refuse where none is."""
    folder = folder_of(home / "report", Edition.PUBLIC)
    found = {face.file: folder / face.file for face in Face if face is not Face.CSV}
    tables = folder / Face.CSV.file
    found |= {f"{Face.CSV.file}/{path.name}": path for path in sorted(tables.glob("*.csv"))}
    files = {place: path.read_bytes() for place, path in found.items() if path.is_file()}
    if Face.JSON.file not in files:
        raise NotAllowed("There is no public edition with its report.json to release.", _REMEDY)
    return files


def made_in(files: Mapping[str, bytes]) -> dict[str, str]:
    """Return when the edition on the disk says it was made, or refuse what does not say so."""
    try:
        told = json.loads(files[Face.JSON.file])["provenance"]
        made = {name: str(told[name]) for name in ("made_at", "today", "ledger_head")}
        datetime.fromisoformat(made["made_at"])
        date.fromisoformat(made["today"])
    except (ValueError, KeyError, TypeError):
        raise NotAllowed(
            "report.json of the public edition is not as casescope wrote it.", _REMEDY
        ) from None
    return made


def check_same(files: Mapping[str, bytes], again: Mapping[str, bytes]) -> None:
    """Refuse files that are not what casescope makes of today's figures; name one of them."""
    for place in sorted({*files, *again}):
        if files.get(place) != again.get(place):
            raise NotAllowed(
                f"{place} of the public edition is not what casescope makes of the study now.",
                _REMEDY,
            )


def hashes(files: Mapping[str, bytes]) -> dict[str, str]:
    """Return the SHA-256 of each file by its place."""
    return {place: hashlib.sha256(content).hexdigest() for place, content in files.items()}
