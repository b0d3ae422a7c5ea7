"""Every identifier the vault knows: of everybody in it, those in no result included."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from itertools import chain

import duckdb

from casescope.identified.intake.tables import DATE, ID, POSTCODE, TABLES
from casescope.identified.pseudonymise.leaks.keys import id_key, key, words


class Kind(Enum):
    """What kind of identifier was found; the value is how a refusal calls it."""

    ID = "an id of the case system"
    UNIQUE = "an NHS number or other unique number"
    PUPIL = "a pupil number"
    OTHER_ID = "an identifier of another system"
    NAME = "a name"
    FULL_NAME = "a name with its surname"
    DAY = "a day that a record holds"
    POSTCODE = "a postcode"
    ADDRESS = "an address"
    WORDS = "words of a record"
    RANDOM = "a random id of the council's own tables"
    NUMBER = "a registration number"
    OUTSIDE = "something that its column may not hold"


LEAST_IN_TEXT = 5
"""Shorter ids are found where they are all that a cell says; inside a text any number is one."""

RARE = 5
"""A wording in fewer rows than this may be somebody's own words."""


@dataclass(frozen=True, repr=False)
class Identifiers:
    """What is searched for: keys by kind, short ids, days, random ids, and names of areas."""

    known: Mapping[str, Kind] = field(default_factory=dict)
    short: Mapping[str, Kind] = field(default_factory=dict)
    days: frozenset[date] = frozenset()
    random: frozenset[str] = frozenset()
    registered: int = 0
    areas: tuple[str, ...] = ()


def identifiers(connection: duckdb.DuckDBPyConnection) -> Identifiers:
    """Read every identifier; needs the layers `extract` and `identities` attached by name."""
    known: dict[str, Kind] = {}
    short: dict[str, Kind] = {}
    for found, kind in _keys(connection):
        # the more telling kinds come last, and stay
        (known if _is_telling(found, kind) else short)[found] = kind
    return Identifiers(
        known=known,
        short=short,
        days=frozenset(_days(connection)),
        random=frozenset(_column(connection, "identities.identity", "subject_id", "token")),
        registered=int(_value(connection, "SELECT max(registered) FROM identities.identity")),
        areas=tuple(sorted(filter(None, map(str.strip, _place_areas(connection))))),
    )


_SHORT_KINDS = (Kind.ID, Kind.UNIQUE, Kind.PUPIL, Kind.OTHER_ID)


def _is_telling(found: str, kind: Kind) -> bool:
    return len(found) >= (LEAST_IN_TEXT if kind in _SHORT_KINDS else 2)


def _keys(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, Kind]]:
    yield from _of_kind(_rare_words(connection), Kind.WORDS)
    yield from _of_kind(_names(connection), Kind.NAME)
    yield from _of_kind(_address_lines(connection), Kind.ADDRESS)
    yield from _of_kind(_full_names(connection), Kind.FULL_NAME)
    yield from _of_kind(map(key, _postcodes(connection)), Kind.POSTCODE)
    yield from _ids(connection)


def _of_kind(keys: Iterable[str], kind: Kind) -> Iterator[tuple[str, Kind]]:
    return ((one, kind) for one in keys if one)


# --- ids -----------------------------------------------------------------------------------------

_NUMBERS = {
    "pers_single_unique_id": Kind.UNIQUE,
    "pers_upn": Kind.PUPIL,
    "UPN": Kind.PUPIL,
    "URN": Kind.OTHER_ID,
    "link_identifier_value": Kind.OTHER_ID,
}
"""Columns that hold an identifier and are read as something else, or are of a kind of their own."""


def _ids(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, Kind]]:
    """Yield every id by its kind; a person's stands in many columns, and is read once."""
    places = {Kind.ID: [("identities.identity", "source_id")]}
    for table in TABLES:
        for column in table.columns:
            if column.kind == ID or column.name in _NUMBERS:
                kind = _NUMBERS.get(column.name, Kind.ID)
                places.setdefault(kind, []).append((f"extract.{table.name}", column.name))
    for kind, columns in places.items():
        yield from _of_kind(chain.from_iterable(map(_forms, _distinct(connection, columns))), kind)


def _forms(value: str) -> Iterator[str]:
    """Yield the key of an id; of a telephone number also with the code of the country."""
    bare = id_key(value)
    yield bare
    if bare.isdigit() and value.strip().startswith("0") and len(bare) == 10:
        yield "44" + bare
    elif bare.startswith("44") and bare.isdigit() and len(bare) == 12:
        yield bare[2:]


# --- names ---------------------------------------------------------------------------------------

_PARTS_FROM = 4
"""Letters from which half of a double name is searched for by itself: "de" and "van" are none."""


def _names(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    for value in (
        *_column(connection, "extract.person", "pers_forename", "pers_surname"),
        *_column(connection, "extract.person_alias", "alias_forename", "alias_surname"),
    ):
        parts = words(value)
        yield "".join(parts)
        yield from (part for part in parts if len(part) >= _PARTS_FROM)


def _full_names(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """Yield every forename of a person with every surname of hers, either first."""
    rows = connection.execute(
        "WITH called AS (SELECT pers_person_id AS id, pers_forename AS f, pers_surname AS s "
        "FROM extract.person UNION SELECT alias_person_id, alias_forename, alias_surname "
        "FROM extract.person_alias) SELECT DISTINCT one.f, other.s FROM called AS one "
        "JOIN called AS other USING (id) WHERE one.f IS NOT NULL AND other.s IS NOT NULL"
    )
    while some := rows.fetchmany(10_000):
        for forename, surname in some:
            first, last = key(forename), key(surname)
            if first and last:
                yield from (first + last, last + first)


# --- addresses and words -------------------------------------------------------------------------


def _postcodes(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """Yield the postcodes at which somebody lives or lived; those of the lookup are everybody's."""
    for table in TABLES:
        columns = [column.name for column in table.columns if column.kind == POSTCODE]
        if columns and table.name != "place":
            yield from _column(connection, f"extract.{table.name}", *columns)


def _address_lines(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """Yield whole addresses and each of their lines that is more than one word."""
    for value in _column(connection, "extract.address", "addr_address_json"):
        yield key(value)
        for line in _lines(value):
            parts = words(line)
            yield "".join(parts) if len(parts) > 1 else ""


def _lines(value: str) -> Iterator[str]:
    """Yield the texts in an address: of its JSON, else what stands between its commas."""
    try:
        waiting = [json.loads(value)]
    except ValueError:
        waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            waiting.extend(one.values())
        elif isinstance(one, list):
            waiting.extend(one)
        elif isinstance(one, str):
            yield one
            yield from one.replace("\n", ",").split(",")


_IN_WORDS = {
    "proceedings": ("proc_placed_with", "proc_order"),
    "mother": ("moth_relationship",),
    "legal_status": ("lega_legal_status",),
    "permanence": ("perm_permanence_order_type",),
    "address": ("addr_address_type",),
}
"""Columns that somebody may have written a sentence in; what most rows say is a system's word."""


def _rare_words(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    for table, columns in _IN_WORDS.items():
        for name in columns:
            rows = connection.execute(
                f'SELECT "{name}" FROM extract.{table} WHERE "{name}" IS NOT NULL '
                f"GROUP BY ALL HAVING count(*) < {RARE}"
            ).fetchall()
            yield from ("".join(words(value)) for (value,) in rows if len(words(value)) > 1)


# --- days and areas ------------------------------------------------------------------------------


def _days(connection: duckdb.DuckDBPyConnection) -> Iterator[date]:
    for table in TABLES:
        for column in table.columns:
            if column.kind == DATE:
                rows = connection.execute(
                    f'SELECT DISTINCT "{column.name}"::DATE FROM extract.{table.name} '
                    f'WHERE "{column.name}" IS NOT NULL'
                ).fetchall()
                yield from (day for (day,) in rows)


def _place_areas(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    return _column(connection, "extract.place", "place_area")


def _column(connection: duckdb.DuckDBPyConnection, table: str, *names: str) -> Iterator[str]:
    """Yield the different values of a table's columns as text."""
    return _distinct(connection, [(table, name) for name in names])


def _distinct(
    connection: duckdb.DuckDBPyConnection, columns: Iterable[tuple[str, str]]
) -> Iterator[str]:
    """Yield the different values of columns of tables as text."""
    parts = " UNION ".join(
        f'SELECT "{name}"::VARCHAR AS value FROM {table}' for table, name in columns
    )
    rows = connection.execute(f"SELECT value FROM ({parts}) WHERE value IS NOT NULL")
    while some := rows.fetchmany(10_000):
        yield from (value for (value,) in some)


def _value(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    row = connection.execute(query).fetchone()
    return (row[0] if row else 0) or 0
