"""Whole, valid files of every kind, each with names and days that must never be said aloud."""

from datetime import date

from tests.unit.intake.kinds import CENSUS, RETURN_903, book, columns, packed

PLANTED = ("Plantedname", "Zzverysecret", "QX9 9ZZ")
"""Values of the seeds that no message, note or log may hold."""

_PEOPLE = [
    ["pers_person_id", "pers_forename", "pers_surname", "pers_dob", "pers_sex"],
    *([str(7_000_000 + n), "Plantedname", "Zzverysecret", "03/02/2001", "F"] for n in range(12)),
]
_EPISODES = [
    ["CHILD", "DECOM", "RNE", "LS", "PLACE", "DEC", "REC", "HOME_POST"],
    *([f"c{n}", "01/02/2015", "S", "C2", "U4", "", "", "QX9 9ZZ"] for n in range(12)),
]


def as_text(rows: list[list[str]], separator: str = ",", end: str = "\n", quote: str = "") -> str:
    """Return rows as CSV."""
    return "".join(separator.join(f"{quote}{cell}{quote}" for cell in row) + end for row in rows)


def _seeds() -> dict[str, bytes]:
    people = as_text(_PEOPLE).encode()
    workbook = book(people=[["Title"], [], *_PEOPLE[:1], *([*row[:3], date(2001, 2, 3), row[4]]
                    for row in _PEOPLE[1:])], episodes=_EPISODES)  # fmt: skip
    named = dict(zip(_PEOPLE[0], map(list, zip(*_PEOPLE[1:], strict=True)), strict=True))
    return {
        "a.csv": people,
        "semicolons.csv": as_text(_EPISODES, ";", "\r\n", '"').encode(),
        "tabs.txt": as_text(_PEOPLE, "\t").encode("utf-16"),
        "windows.csv": as_text([*_PEOPLE, ["1", "Zoë", "Zzverysecret", "", ""]]).encode("cp1252"),
        "book.xlsx": workbook,
        "people.parquet": columns(**named),
        "return.xml": RETURN_903.replace("AB1 2CD", "QX9 9ZZ").encode(),
        "census.xml": CENSUS.encode(),
        "all.zip": packed({"a.csv": people, "b.xlsx": workbook, "c.xml": RETURN_903}),
    }  # fmt: skip


SEEDS = _seeds()
