"""A mapping.toml read and checked: every name in it is one that casescope knows, or is refused."""

from collections.abc import Iterator, Mapping

from casescope.identified.intake.mapping import ColumnMapping, TableMapping, plain
from casescope.identified.intake.mapping_file import MappingText, Place, read_text
from casescope.identified.intake.tables import TABLE, ExtractTable
from casescope.kernel.errors import one_of

_PARTS = ("columns", "values")


def read_mapping(text: str, name: str) -> ColumnMapping:
    """Return the mapping that a file's text states, or refuse with the file, line and fault."""
    given = read_text(text, name)
    return ColumnMapping(tuple(_part(given, (table, number), part)
                               for table, number, part in given.parts))  # fmt: skip


def _part(given: MappingText, place: Place, part: object) -> TableMapping:
    known = TABLE.get(place[0])
    if known is None:
        raise given.fault(
            place,
            f"casescope knows no table '{place[0]}'.",
            _did_you_mean(tuple(TABLE), place[0]) or f"The tables are {', '.join(TABLE)}.",
        )
    if not isinstance(part, Mapping):
        raise given.fault(place, "a table was expected here.", f"Write [{place[0]}.columns].")
    for name in part:
        if name not in _PARTS:
            raise given.fault(
                (*place, name),
                f"'{name}' is neither columns nor values.",
                f"Write columns under [{place[0]}.columns] and values under "
                f"[{place[0]}.values.COLUMN].",
            )
    return TableMapping(
        known,
        _columns(given, place, known, part.get("columns", {})),
        _values(given, place, known, part.get("values", {})),
    )


def _columns(given: MappingText, place: Place, table: ExtractTable, said: object) -> dict[str, str]:
    """Return their columns to ours, both trimmed and in upper case."""
    found: dict[str, str] = {}
    for theirs, ours in _entries(given, (*place, "columns"), said):
        here = (*place, "columns", theirs)
        name = _known_column(given, here, table, ours)
        if theirs.strip().upper() in found:
            raise given.fault(here, "this column of theirs stands twice.", "Keep one of the two.")
        if name in found.values():
            raise given.fault(
                here,
                f"a second column is mapped to {ours}.",
                "Keep one of the two; files with other headers get a [[table]] of their own.",
            )
        found[theirs.strip().upper()] = name
    return found


def _values(
    given: MappingText, place: Place, table: ExtractTable, said: object
) -> dict[str, dict[str, str]]:
    """Return for each of our columns their values, made plain, to ours."""
    if not isinstance(said, Mapping):
        raise given.fault((*place, "values"), "a table was expected here.",
                          f"Write [{table.name}.values.COLUMN].")  # fmt: skip
    found: dict[str, dict[str, str]] = {}
    for ours, words in said.items():
        here = (*place, "values", ours)
        into = found.setdefault(_known_column(given, here, table, ours), {})
        for theirs, meant in _entries(given, here, words):
            if into.setdefault(plain(theirs), meant) != meant:
                raise given.fault(
                    (*here, theirs),
                    f"this value of {ours} is mapped twice, to different values.",
                    "Keep one of the two; case and punctuation do not tell values apart.",
                )
    return found


def _entries(given: MappingText, place: Place, said: object) -> Iterator[tuple[str, str]]:
    if not isinstance(said, Mapping):
        raise given.fault(place, "a table was expected here.", 'Write lines of "theirs" = "ours".')
    for theirs, ours in said.items():
        if not isinstance(ours, str):
            raise given.fault((*place, theirs), "the right side is not text.",
                              "Put it between quotation marks.")  # fmt: skip
        yield theirs, ours


def _known_column(given: MappingText, place: Place, table: ExtractTable, name: str) -> str:
    """Return one of our columns in upper case, or refuse it."""
    upper = name.strip().upper()
    if upper not in table.known:
        names = tuple(column.name for column in table.columns)
        raise given.fault(
            place,
            f"the table '{table.name}' has no column '{name}'.",
            _did_you_mean(names, name) or f"Its columns are {', '.join(names)}.",
        )
    return upper


def _did_you_mean(words: tuple[str, ...], name: str) -> str:
    near = one_of(words, name)
    return f"Did you mean {near}?" if near else ""
