"""Reads what is shown of women from the extract; needs the layers extract, links and people."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

import duckdb

from casescope.identified.review.side import Address, Child, Name, Side, period, printable

_Value = TypeVar("_Value")

_MADE_UP = ("AAA", "ZZ")
"""How postcodes begin that stand for "not known"."""


def hidden(connection: duckdb.DuckDBPyConnection, restrictions: Collection[str]) -> frozenset[int]:
    """Return the numbers of all people of whom nothing is shown."""
    rows = connection.execute(
        "SELECT subject FROM people.withheld "
        "UNION SELECT subject FROM links.record WHERE record_subject_id IN $ids",
        {"ids": ["", *restrictions]},
    ).fetchall()
    return frozenset(number for (number,) in rows)


def is_behind(connection: duckdb.DuckDBPyConnection, restrictions: Collection[str]) -> bool:
    """Say whether somebody was restricted after the people layer was made."""
    row = connection.execute(
        "SELECT 1 FROM links.record WHERE record_subject_id IN $ids "
        "AND subject NOT IN (SELECT subject FROM people.withheld) LIMIT 1",
        {"ids": ["", *restrictions]},
    ).fetchone()
    return row is not None


def sides(
    connection: duckdb.DuckDBPyConnection,
    numbers: Collection[int],
    *,
    out_of_sight: Collection[int],
    until: date,
) -> dict[int, Side]:
    """Return what is shown of each of these women, by number, as known on the day `until`.

    Children who are `out_of_sight` are left out.
    """
    asked: dict[str, Any] = {"numbers": sorted(numbers)}
    records = _grouped(connection, _RECORDS, asked)
    aliases = _grouped(connection, _ALIASES, asked | {"until": until})
    addresses = _grouped(connection, _ADDRESSES, asked | {"until": until})
    children = _grouped(connection, _CHILDREN, asked | {"until": until})
    return {
        number: replace(
            _records(rows, until),
            aliases=tuple(_alias(*row) for row in aliases[number]),
            addresses=tuple(_address(*row) for row in addresses[number] if _is_place(row[0])),
            children=_children(children[number], out_of_sight),
        )
        for number, rows in records.items()
    }


def _grouped(
    connection: duckdb.DuckDBPyConnection, query: str, asked: Mapping[str, Any]
) -> defaultdict[int, list[tuple[Any, ...]]]:
    groups: defaultdict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for number, *row in connection.execute(query, asked).fetchall():
        groups[number].append(tuple(row))
    return groups


_ASKED = "links.record WHERE subject IN (SELECT unnest($numbers::BIGINT[]))"

_RECORDS = f"""
    SELECT subject, record_subject_id, person_id, pers_forename, pers_surname, pers_dob,
           pers_death_date, pers_single_unique_id
    FROM (SELECT * FROM {_ASKED}) AS record
    LEFT JOIN extract.person ON pers_person_id = person_id
    ORDER BY registered, pers_dob, pers_surname, pers_forename
"""

_ALIASES = f"""
    SELECT DISTINCT subject, alias_forename, alias_surname, alias_kind, alias_start_date,
           alias_end_date
    FROM (SELECT * FROM {_ASKED}) AS record
    JOIN extract.person_alias ON alias_person_id = person_id
    WHERE alias_start_date IS NULL OR alias_start_date <= $until
    ORDER BY alias_start_date NULLS FIRST, alias_surname, alias_forename, alias_kind,
             alias_end_date
"""

_ADDRESSES = f"""
    SELECT DISTINCT subject, addr_address_postcode, addr_address_start_date, addr_address_end_date
    FROM (SELECT * FROM {_ASKED}) AS record
    JOIN extract.address ON addr_person_id = person_id
    WHERE addr_address_postcode IS NOT NULL
      AND (addr_address_start_date IS NULL OR addr_address_start_date <= $until)
    ORDER BY addr_address_start_date NULLS FIRST, addr_address_postcode, addr_address_end_date
"""

# relationships as the people step reads them: by birth or not said, known by then, not to herself
_CHILDREN = f"""
    WITH hers AS (
        SELECT mother.subject AS woman, child.subject, moth_childs_dob
        FROM (SELECT * FROM {_ASKED}) AS mother
        JOIN extract.mother ON moth_person_id = mother.person_id
        JOIN links.record AS child ON child.person_id = moth_childs_person_id
        WHERE mother.subject <> child.subject
          AND (moth_start_date IS NULL OR moth_start_date <= $until)
          AND NOT regexp_matches(lower(coalesce(moth_relationship, '')), 'adopt|step|foster')
    )
    SELECT woman, hers.subject,
           first(pers_forename ORDER BY registered, pers_forename)
               FILTER (pers_forename IS NOT NULL) AS forename,
           first(pers_surname ORDER BY registered, pers_surname)
               FILTER (pers_surname IS NOT NULL) AS surname,
           coalesce(
               first(pers_dob ORDER BY registered, pers_dob) FILTER (pers_dob IS NOT NULL),
               min(moth_childs_dob)
           ) AS born,
           min(pers_expected_dob) AS expected
    FROM hers
    JOIN links.record USING (subject)
    LEFT JOIN extract.person ON pers_person_id = person_id
    GROUP BY woman, hers.subject
    ORDER BY born NULLS LAST, expected, forename, surname, hers.subject
"""


def _records(rows: Sequence[tuple[Any, ...]], until: date) -> Side:
    return Side(
        subject_ids=_distinct(row[0] for row in rows),
        person_ids=_distinct(printable(row[1]) for row in rows),
        names=_distinct(Name(printable(row[2]), printable(row[3])) for row in rows),
        born=_distinct(row[4] for row in rows if row[4]),
        died=_distinct(row[5] for row in rows if row[5] and row[5] <= until),
        nhs_numbers=_distinct(_nhs(row[6]) for row in rows if row[6]),
    )


def _distinct(values: Iterable[_Value]) -> tuple[_Value, ...]:
    return tuple(dict.fromkeys(values))


def _nhs(text: str) -> str:
    return printable(text).replace(" ", "").upper()


def _alias(
    forename: str | None, surname: str | None, kind: str | None, begins: date | None,
    ends: date | None,
) -> Name:  # fmt: skip
    shown = printable(kind).replace("_", " ")
    return Name(printable(forename), printable(surname), shown, period(begins, ends))


def _address(postcode: str, begins: date | None, ends: date | None) -> Address:
    return Address(printable(postcode), period(begins, ends))


def _is_place(postcode: str) -> bool:
    return not postcode.upper().startswith(_MADE_UP)


def _children(rows: Sequence[tuple[Any, ...]], out_of_sight: Collection[int]) -> tuple[Child, ...]:
    return tuple(
        Child(number, f"{printable(forename)} {printable(surname)}".strip(), born, expected)
        for number, forename, surname, born, expected in rows
        if number not in out_of_sight
    )
