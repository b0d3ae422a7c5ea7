"""Dates, flags, codes, postcodes and ids; what cannot be read is a problem row, never a null."""

from datetime import date

import pytest

from tests.unit.intake.reading import put, read


def day(tmp_path, written: str):
    found = read(put(tmp_path, a=f"CHILD,SEX,DOB,ETHNIC\n1,1,{written},WBRI\n"))
    return found.column('SELECT "DOB" FROM header')[0], found.problems()


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2003-02-01", date(2003, 2, 1)),
        ("01/02/2003", date(2003, 2, 1)),
        ("1/2/2003", date(2003, 2, 1)),
        ("29/02/2004", date(2004, 2, 29)),
        ("2003-02-01T00:00:00", date(2003, 2, 1)),
        ("2003-02-01T23:59:59.123Z", date(2003, 2, 1)),
        ("2003-02-01 00:00:00.000", date(2003, 2, 1)),
        ("01/02/2003 00:00", date(2003, 2, 1)),
        (" 01/02/2003 ", date(2003, 2, 1)),
        ("01/02/03", date(2003, 2, 1)),
        ("01/02/26", date(2026, 2, 1)),
        ("01/02/27", date(2027, 2, 1)),
        ("01/02/28", date(1928, 2, 1)),
        ("01/02/99", date(1999, 2, 1)),
    ],
)
def test_dates_as_real_files_write_them(tmp_path, written, meant):
    """Two-digit years lie in the century that ends a year after the reference date (2026)."""
    assert day(tmp_path, written) == (meant, [])


@pytest.mark.parametrize("written", ["", "   ", "NULL", "null"])
def test_no_date_is_no_problem(tmp_path, written):
    assert day(tmp_path, written) == (None, [])


@pytest.mark.parametrize(
    "written",
    ["29/02/2003", "31/04/2020", "2003-13-01", "1/2", "soon", "00/00/0000", "20030230", "45000",
     "01/02/203", "0203-01-01", "1/2/3"],
)  # fmt: skip
def test_a_date_that_is_none_is_a_problem_row(tmp_path, written):
    found, problems = day(tmp_path, written)
    assert found is None
    assert problems == [("header", 2, "DOB", "unreadable date")]


def test_an_american_date_is_never_taken_for_one(tmp_path):
    assert day(tmp_path, "02/13/2020")[1]


def test_problems_hold_where_and_what_kind_never_the_value(tmp_path):
    text = "CHILD,DECOM,RNE,LS,PLACE,DEC\nc1,2020-01-01,S,C2,U4,plantedday\n"
    found = read(put(tmp_path / "in", a=text))
    cells = [str(cell) for row in found.rows("SELECT * FROM problem") for cell in row]
    assert not any("plantedday" in cell for cell in cells)
    assert {"in/a.csv", "DEC", "unreadable date"} <= set(cells)


def test_an_episode_with_an_unreadable_end_is_set_aside(tmp_path):
    """Read as empty it would be an open episode: a child still in care."""
    text = "CHILD,DECOM,RNE,LS,PLACE,DEC\nc1,2020-01-01,S,C2,U4,soon\nc2,2020-01-01,S,C2,U4,\n"
    found = read(put(tmp_path, a=text))
    assert found.column('SELECT "CHILD" FROM episodes') == ["c2"]
    assert found.column("SELECT set_aside FROM source_file") == [1]


@pytest.mark.parametrize("status", ["", "X9", "C3"])
def test_an_unknown_legal_status_is_a_problem_and_the_row_stays(tmp_path, status):
    found = read(put(tmp_path, a=f"CHILD,DECOM,RNE,LS,PLACE\nc1,2020-01-01,S,{status},U4\n"))
    assert found.column('SELECT "CHILD" FROM episodes') == ["c1"]
    assert found.problems() == [("episodes", 2, "LS", "unknown legal status")]


@pytest.mark.parametrize(
    ("written", "meant"),
    [*((word, True) for word in ("1", "1.0", "Y", "yes", "TRUE", "t")),
     *((word, False) for word in ("0", "0.0", "n", "No", "False", "F")), ("", None)],
)  # fmt: skip
def test_flags(tmp_path, written, meant):
    found = read(put(tmp_path, a=f"CHILD,SEX,DOB,ETHNIC,MOTHER\n1,2,2001-01-01,WBRI,{written}\n"))
    assert (found.column('SELECT "MOTHER" FROM header')[0], found.problems()) == (meant, [])


def test_a_flag_that_is_none_is_a_problem(tmp_path):
    found = read(put(tmp_path, a="place_postcode,place_in_authority\nAB1 2CD,perhaps\nEF3,1\n"))
    assert found.rows("SELECT place_postcode FROM place") == [("EF3",)]
    assert ("place", 2, "place_in_authority", "unreadable flag") in found.problems()


def test_codes_postcodes_and_ids(tmp_path):
    found = read(put(
        tmp_path,
        a="CHILD,DECOM,RNE,LS,PLACE,HOME_POST\n 0012a ,2020-01-01, s ,c2,u4,ab1 2cd\n",
    ))  # fmt: skip
    assert found.rows('SELECT "CHILD", "RNE", "LS", "PLACE", "HOME_POST" FROM episodes') == [
        ("0012a", "S", "C2", "U4", "AB12CD")
    ]


def test_a_row_without_its_id_is_set_aside(tmp_path):
    found = read(put(tmp_path, a="pers_person_id,pers_dob\n,2001-01-01\n2,2001-01-01\n"))
    assert found.column("SELECT pers_person_id FROM person") == ["2"]
    assert found.problems() == [("person", 2, "pers_person_id", "empty")]
