"""Dates and ids read in the plain way are what they are read in every way: by brute force."""

from datetime import date

import duckdb
import pyarrow as pa
import pytest
from pyarrow import compute

from casescope.identified.intake.tables import DATE, ID, ExtractColumn
from casescope.identified.intake.typed import (
    NO_DATE,
    PLACEHOLDER,
    PLAIN,
    plain_value_of,
    plain_wrong_with,
    text_of,
    value_of,
    wrong_with,
)

COLUMN = {kind: ExtractColumn("x", kind) for kind in (DATE, ID)}
YEARS = ("1899", "1900", "1999", "2000", "2023", "2024", "2099", "2100")
DAYS = [f"{number:02}" for number in range(100)]
DATES = [
    text for year in YEARS for month in DAYS[:14] for day in DAYS[:34]
    for text in (f"{year}-{month}-{day}", f"{day}/{month}/{year}")
]  # fmt: skip
RARE_IDS = ["7.0", "'7", '="7"', "1E+7", "7\n", "é", None]
IDS = ["7", "0012", "0", "-1", "unknown", "A/7 b_c-d", "null", "NULL", "12 0", "1E7", "", " 7"]


def seen(kind, texts, first_day=None):
    """Return each text's value read in every way, and what is wrong with it."""
    column = COLUMN[kind]
    return _asked(column, texts, f"{value_of(column, first_day)}, {wrong_with(column, first_day)}")


def seen_plainly(kind, texts):
    column = COLUMN[kind]
    return _asked(column, texts, f"{plain_value_of(column)}, {plain_wrong_with(column)}")


def _asked(column, texts, asked):
    connection = duckdb.connect()
    connection.register("given", pa.table({"X": pa.array(texts, pa.string())}))
    pivot = {"pivot": 2026} if "$pivot" in asked else {}
    return connection.execute(
        f'SELECT {asked} FROM (SELECT {text_of(column)} AS "X" FROM given)', pivot
    ).fetchall()


def plain(kind, texts):
    """Return those texts that are written in the plain way."""
    is_plain = compute.match_substring_regex(pa.array(texts, pa.string()), PLAIN[kind])
    return [text for text, is_so in zip(texts, is_plain.to_pylist(), strict=True) if is_so]


@pytest.mark.parametrize("first_day", [None, date(1899, 12, 30)], ids=["text", "workbook"])
def test_a_plain_date_is_the_date_it_says(first_day):
    texts = [text for text in plain(DATE, DATES) if text not in ("1900-01-01", "01/01/1900")]
    assert len(texts) > 5000
    found = seen_plainly(DATE, texts)
    assert found == seen(DATE, texts, first_day)
    assert found == [meant(text) for text in texts]


def meant(text):
    year, month, day = text.split("-") if "-" in text else reversed(text.split("/"))
    try:
        return date(int(year), int(month), int(day)), None
    except ValueError:
        return None, "unreadable date"


def test_every_plain_text_that_stands_for_no_date_is_known():
    texts = plain(DATE, DATES)
    none = [text for text, (_, wrong) in zip(texts, seen(DATE, texts), strict=True)
            if wrong == PLACEHOLDER]  # fmt: skip
    known = compute.match_substring_regex(pa.array(none), NO_DATE).to_pylist()
    assert sorted(none) == ["01/01/1900", "1900-01-01"]
    assert all(known)


def test_a_plain_id_is_its_text():
    assert plain(ID, [*RARE_IDS, *IDS]) == IDS
    assert seen_plainly(ID, IDS) == seen(ID, IDS)
