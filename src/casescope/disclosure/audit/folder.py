"""A folder of anybody's published tables, as figures."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from casescope.disclosure.audit.figures import Cell, Figure, Groups, Place, Standing, count
from casescope.disclosure.audit.marks import (
    KNOWN_MARKS,
    AsPrinted,
    ByPack,
    NotACount,
    Read,
    Reading,
    printed_number,
    read,
)
from casescope.disclosure.audit.names import check_names
from casescope.disclosure.audit.rules import AuditRules
from casescope.disclosure.audit.sheet import Line, Sheet, read_sheet
from casescope.disclosure.audit.unions import GROUPS, read_unions
from casescope.disclosure.pack import RulePack
from casescope.kernel.errors import InputRefused, NotFound

KNOWN = "known.csv"
POPULATION = "population"
"""A column of this name says whom a table counts, where tables of a folder count different ones."""

_PEOPLE = "people"
_MOST_FILES = 1_000
_MOST_ROWS = 200_000


@dataclass(frozen=True)
class Folder:
    """What was read: figures, unions of categories, categories nobody published, file hashes."""

    figures: tuple[Figure, ...]
    groups: Groups
    more: Mapping[str, frozenset[str]]
    sha256: Mapping[str, str]
    tables: int


def rules_of(pack: RulePack | None) -> AuditRules:
    """Return what an audit by a rule pack holds tables to; without one, as printed."""
    if pack is None:
        return AuditRules()
    return AuditRules(
        f"{pack.rules.name} {pack.rules.version}", pack.threshold, pack.least_width,
        full_cells=pack.full != "shown", zeros=not pack.zero_shown,
    )  # fmt: skip


def read_folder(path: Path, known: Path | None = None, pack: RulePack | None = None) -> Folder:
    """Read every table of a folder and its subfolders; nothing is written.

    Raises NotFound where there is no table, InputRefused with file and row where one is amiss.
    """
    files = _files(path)
    sheets = [read_sheet(file, file.relative_to(path).as_posix()) for file in files]
    publics = [read_sheet(file, file.name) for file in [path / KNOWN, known]
               if file is not None and file.is_file()]  # fmt: skip
    if sum(len(sheet.lines) for sheet in sheets) > _MOST_ROWS:
        raise InputRefused(f"The tables have more than {_MOST_ROWS:,} rows.",
                           "Audit fewer of them at a time.")  # fmt: skip
    check_names([*sheets, *publics])
    _check_known_dimensions(sheets, publics)
    unions = read_unions(path / GROUPS)
    reading: Reading = AsPrinted() if pack is None else ByPack(pack)
    figures = [one for sheet in sheets for one in _figures(sheet, reading, pack)]
    figures += [one for sheet in publics for one in _known(sheet)]
    hashes = {**{sheet.name: sheet.sha256 for sheet in [*sheets, *publics]}, **unions.sha256}
    return Folder(tuple(figures), unions.groups, unions.more, hashes, len(sheets))


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        raise NotFound(f"There is no folder {path.name}.", "Name a folder of CSV tables.")
    files = sorted(
        file for file in path.rglob("*")
        if file.is_file() and file.suffix.casefold() == ".csv"
        and file.name not in (GROUPS, KNOWN) and not file.name.startswith(".")
    )  # fmt: skip
    if not files:
        raise NotFound(f"There is no table in {path.name}.",
                       "Put each table there as a CSV: dimension columns, then count.")  # fmt: skip
    if len(files) > _MOST_FILES:
        raise InputRefused(f"There are more than {_MOST_FILES:,} tables in {path.name}.",
                           "Audit fewer of them at a time.")  # fmt: skip
    return files


def _check_known_dimensions(sheets: Sequence[Sheet], publics: Sequence[Sheet]) -> None:
    ours = {name for sheet in sheets for name in sheet.dimensions}
    for sheet in publics:
        for line in sheet.lines:
            for name in line.categories:
                if name not in ours:
                    raise InputRefused(
                        f"{sheet.name}, row {line.number} is of {name}, which no table has.",
                        "Leave out what no table has, or leave the column empty for its total.",
                    )


def _figures(sheet: Sheet, reading: Reading, pack: RulePack | None) -> Iterator[Figure]:
    """Yield what one table says; totals that only add up what is shown say nothing more."""
    met: dict[Cell, int] = {}
    derived = _derived(sheet) if pack is not None and pack.totals == "shown" else set()
    for line in sheet.lines:
        cell = _cell(line, sheet)
        if cell in met:
            raise InputRefused(f"{sheet.name}, rows {met[cell]} and {line.number} are one cell.",
                               "Keep one of them.")  # fmt: skip
        met[cell] = line.number
        if line.number not in derived:
            found = _read(line, sheet, reading)
            yield _figure(line, sheet, cell, found, found.standing)


def _known(sheet: Sheet) -> Iterator[Figure]:
    """Yield what is public: numbers, and ranges of which the end is told."""
    for line in sheet.lines:
        found = _read(line, sheet, AsPrinted())
        if found.standing == "shown" or found.most is not None:
            yield _figure(line, sheet, _cell(line, sheet), found, "known")


def _cell(line: Line, sheet: Sheet) -> Cell:
    categories = dict(line.categories)
    universe = categories.pop(POPULATION, _PEOPLE if POPULATION not in sheet.dimensions else "")
    if not universe:
        raise InputRefused(f"{sheet.name}, row {line.number} names no population.",
                           "Say in every row whom it counts.")  # fmt: skip
    return Cell.of(universe, categories)


def _read(line: Line, sheet: Sheet, reading: Reading) -> Read:
    try:
        return read(line.text, reading)
    except NotACount as why:
        raise InputRefused(
            f"{sheet.name}, row {line.number} has {why} under count.",
            f"Counts are whole numbers, or one of: {KNOWN_MARKS}.",
        ) from None


def _figure(line: Line, sheet: Sheet, cell: Cell, found: Read, standing: Standing) -> Figure:
    place = Place(sheet.name, f"row {line.number}", str(cell))
    return count(place, cell, found.least, found.most, standing)


def _derived(sheet: Sheet) -> set[int]:
    """Return the rows whose number is the sum of what is shown in the rows they total."""
    sums: dict[tuple[str, frozenset[tuple[str, str]]], int] = defaultdict(int)
    shown = [(line, n) for line in sheet.lines if (n := printed_number(line.text)) is not None]
    for line, n in shown:
        for pair in line.categories.items():
            sums[pair[0], frozenset(line.categories.items() - {pair})] += n
    return {
        line.number
        for line, n in shown
        for name in sheet.dimensions
        if sums.get((name, frozenset(line.categories.items()))) == n
    }
