"""Load what a council gives into the study, whole or not at all: folders, a database, or both."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from casescope.actions.gate.gate import Permit, commit, open_gate
from casescope.actions.gate.place import write_whole
from casescope.actions.work.copies import folder_copies
from casescope.actions.work.steps import writing
from casescope.governance.roles import Actor
from casescope.governance.stages import Action
from casescope.identified.intake.content import content_digest
from casescope.identified.intake.database import Address, address_of, reading
from casescope.identified.intake.folders import check_entered, given_files
from casescope.identified.intake.load import in_folders, load_sheets
from casescope.identified.intake.mapping_in_use import MappingInUse
from casescope.identified.intake.mapping_reading import read_mapping
from casescope.identified.intake.one_sheet import FileRead
from casescope.identified.intake.sheet import LeftOut, Part, Sheet
from casescope.identified.intake.sheets.source import Gauge
from casescope.identified.intake.sheets.source import reading as readable
from casescope.kernel.canonical import Json, digest
from casescope.kernel.errors import InputRefused
from casescope.kernel.notices import tell
from casescope.kernel.progress import Progress, Silent
from casescope.kernel.text_file import read_text
from casescope.vault.layers import drafting, file_sha256
from casescope.vault.steps import source_digest

_SILENT = Silent()
_KEPT = "mapping.toml"


@dataclass(frozen=True)
class FromDatabase:
    """A database to read the tables of; `ask` is called for a password that the URL has not."""

    url: str = field(repr=False)
    schema: str = ""
    ask: Callable[[], str] = field(default=str, repr=False)


@dataclass(frozen=True)
class _Given:
    """Everything a load reads from: files by hash, an address, the mapping with its text."""

    hashes: Mapping[Path, str]
    folders: Sequence[Path]
    address: Address | None
    mapping: MappingInUse | None
    text: str


def load(
    home: Path,
    folders: Sequence[Path],
    *,
    actor: Actor,
    today: date,
    progress: Progress = _SILENT,
    mapping: Path | None = None,
    database: FromDatabase | None = None,
) -> list[FileRead]:
    """Read every table that is given into a new extract layer; return what became of each.

    The previous extract stays in force if anything refuses, and is replaced if nothing does. A
    `mapping` is kept with the study, and later loads use it without being told.
    """
    before = open_gate(home, Action.LOAD, actor=actor, today=today)
    _check_apart(before.home, folders)
    given = _given(before.home, folders, mapping, database)
    key = _key(before, given)
    with writing(before) as (permit, vault), _opened(given) as (sheets, tables, gauge):
        with drafting(
            vault, name="extract", wing="identified", step_key=digest(key), inputs={},
            incoming=None if given.address else gauge.total,
        ) as draft:  # fmt: skip
            files = load_sheets(
                draft.connection,
                sheets,
                tables=tables,
                reference_date=permit.study.reference_date,
                progress=progress,
                mapping=given.mapping.applied_to if given.mapping else None,
                share=gauge.share,
            )
            if given.address:  # a database has no files to tell whether anything has changed
                key["content"] = content_digest(draft.connection)
        layer = replace(draft.published(), step_key=digest(key))
        commit(permit, detail=_detail(given, len(files), layer.tables), layers=[layer])
        if given.text:
            write_whole(permit.home / _KEPT, given.text)
        _tell_of_the_mapping(given)
        superseded = permit.layers.get("extract")
        vault.sweep(
            [layer.file, *(one.file for one in permit.layers.values() if one is not superseded)]
        )
    return files


def _given(
    home: Path, folders: Sequence[Path], mapping: Path | None, database: FromDatabase | None
) -> _Given:
    """Return what a load reads from; whatever of it cannot be understood is refused here."""
    kept = home / _KEPT
    path = mapping or (kept if kept.is_file() else None)
    text = read_text(path) if path else ""
    return _Given(
        _hashes(folders),
        folders,
        address_of(database.url, schema=database.schema, ask=database.ask) if database else None,
        MappingInUse(read_mapping(text, path.name)) if path else None,
        text if mapping else "",
    )


def _check_apart(home: Path, folders: Sequence[Path]) -> None:
    """Refuse a folder that holds the study: its reports and lists are no extract."""
    for folder in folders:
        if home.is_relative_to(folder.resolve()):
            raise InputRefused(
                f"The study itself lies in {folder}, so that is no folder of an extract.",
                "Name the folder that holds the extract's files alone.",
            )


def _hashes(folders: Sequence[Path]) -> dict[Path, str]:
    """Return the hash of every file in folders; one that cannot be read is refused by its name."""
    files = given_files(folders)
    check_entered(folders)
    hashes = {}
    for file in files:
        with readable(file.label):
            hashes[file.path] = file_sha256(file.path)
    return hashes


def _key(permit: Permit, given: _Given) -> dict[str, Json]:
    key: dict[str, Json] = {
        "files": [*given.hashes.values()],
        "pivot": permit.study.reference_date.year,
        "sources": source_digest("casescope.identified.intake"),
    }
    return key | ({"mapping": given.mapping.digest} if given.mapping else {})


@contextmanager
def _opened(
    given: _Given,
) -> Iterator[tuple[Iterator[Part], Sequence[Sheet | LeftOut], Gauge]]:
    """Yield the sheets of files, the tables of the database, and the gauge of how far it is."""
    sheets, gauge = in_folders(given.folders)
    if given.address is None:
        yield sheets, (), gauge
        return
    with reading(given.address) as database:
        yield sheets, (*database.sheets, *database.missing), Gauge()


def _tell_of_the_mapping(given: _Given) -> None:
    """Tell of a mapping that was used unasked, and of lines in it that did nothing."""
    if given.mapping is None:
        return
    if not given.text:
        tell(f"Columns were read by the {_KEPT} kept with the study.")
    for table, theirs in given.mapping.idle():
        tell(
            f"The mapping of {table} names a column {theirs} that no file of it has; see how it "
            "is spelt there."
        )


def _detail(given: _Given, files: int, tables: dict[str, int]) -> dict[str, Json]:
    detail: dict[str, Json] = {"files": files, "tables": tables}
    detail |= folder_copies(given.folders, given.hashes)
    if given.address:
        detail["from"] = given.address.shown
    if given.mapping:
        detail["mapping"] = given.mapping.digest
    return detail
