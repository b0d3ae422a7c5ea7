"""Dates, flags, codes, postcodes and ids; what cannot be read is a problem row, never a null."""

from datetime import date

import pytest

from casescope.kernel.errors import InputRefused
from tests.unit.intake.reading import PERSON, put, read


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
        ("2003-07-01T23:59:59Z", date(2003, 7, 1)),
        ("2003-06-30T23:00:00.000Z", date(2003, 7, 1)),  # midnight in summer, in universal time
        ("2003-06-30 23:00:00+00:00", date(2003, 7, 1)),
        ("1975-03-19T23:00:00Z", date(1975, 3, 20)),  # clocks went forward on the 16th that year
        ("2003-10-25T23:00:00Z", date(2003, 10, 26)),
        ("2003-12-31T23:00:00Z", date(2003, 12, 31)),  # eleven at night: no summer
        ("2004-02-28 23:00:00+00", date(2004, 2, 28)),
        ("2003-06-30 23:00:00", date(2003, 6, 30)),
        ("01/02/2003 00:00", date(2003, 2, 1)),
        (" 01/02/2003 ", date(2003, 2, 1)),
        ("01/02/03", date(2003, 2, 1)),
        ("01/02/26", date(2026, 2, 1)),
        ("01/02/27", date(2027, 2, 1)),
        ("01/02/28", date(1928, 2, 1)),
        ("01/02/99", date(1999, 2, 1)),
        ("01-Feb-03", date(2003, 2, 1)),  # as Excel saves its own form of dates in a CSV
        ("1-FEB-2003", date(2003, 2, 1)),
        ("01-FEB-03 12.00.00.000000 AM", date(2003, 2, 1)),  # as Oracle writes a moment
        ("01-Feb-27", date(2027, 2, 1)),
        ("01-Feb-28", date(1928, 2, 1)),
        ("Feb  1 2003 12:00AM", date(2003, 2, 1)),  # as SQL Server writes a moment as text
        ("1 February 2003", date(2003, 2, 1)),
        ("01/Feb/2003", date(2003, 2, 1)),
        ("2003/02/01", date(2003, 2, 1)),
        ("2003/02/01 00:00:00", date(2003, 2, 1)),
        ('"Saturday, 1 February 2003"', date(2003, 2, 1)),
        ("01-Sept-2003", date(2003, 9, 1)),  # the short month of newer programs
        ("1 Sept 03", date(2003, 9, 1)),
    ],
)
def test_dates_as_real_files_write_them(tmp_path, written, meant):
    """Two-digit years lie in the century that ends a year after the reference date (2026)."""
    assert day(tmp_path, written) == (meant, [])


NOTHING = ["", "   ", "NULL", "null", "(null)", "N/A", "n/a", "#N/A", "-", "\u2013", "None", "NaT"]


@pytest.mark.parametrize("written", NOTHING)
def test_no_date_is_no_problem(tmp_path, written):
    assert day(tmp_path, written) == (None, [])


def test_what_is_written_for_nothing_is_nothing_in_every_column(tmp_path):
    """An episode that ends on N/A is open, and must not be lost."""
    rows = "".join(f"c{n},2020-01-01,S,C2,U4,{word},{word}\n" for n, word in enumerate(NOTHING))
    found = read(put(tmp_path, a=f"CHILD,DECOM,RNE,LS,PLACE,DEC,REC\n{rows}"))
    assert found.rows('SELECT DISTINCT "DEC", "REC" FROM episodes') == [(None, None)]
    assert (found.column("SELECT count(*) FROM episodes"), found.problems()) == ([12], [])


@pytest.mark.parametrize("name", ["Na", "Nan", "Nat", "None", "Nil"])
def test_a_name_is_a_name_though_a_program_means_nothing_by_it(tmp_path, name):
    found = read(put(tmp_path, a=PERSON + f"1,{name},{name},2001-01-01\n"))
    assert found.rows("SELECT pers_forename, pers_surname FROM person") == [(name, name)]


@pytest.mark.parametrize("written", ["N/A", "Unknown", "-1", "-1.0", "0", "NK", "None"])
def test_what_stands_for_an_unknown_id_is_nobodys(tmp_path, written):
    """Taken for an id, every mother of it would be a mother of one child."""
    text = f"moth_person_id,moth_childs_person_id\n1,{written}\n2,{written}\n{written},c1\n"
    found = read(put(tmp_path, a=text))
    assert found.rows("SELECT moth_person_id, moth_childs_person_id FROM mother ORDER BY 1") == [
        ("1", None), ("2", None),
    ]  # fmt: skip
    assert found.problems() == [("mother", 4, "moth_person_id", "empty")]


def test_an_end_that_nobody_knows_is_not_taken_for_none(tmp_path):
    text = "CHILD,DECOM,RNE,LS,PLACE,DEC\nc1,2020-01-01,S,C2,U4,Unknown\n"
    assert read(put(tmp_path, a=text)).column('SELECT "CHILD" FROM episodes') == []


@pytest.mark.parametrize(
    "written",
    ["29/02/2003", "31/04/2020", "2003-13-01", "1/2", "soon", "00/00/0000", "20030230", "45000",
     "01/02/203", "0203-01-01", "1/2/3", "01-Foo-03", "03-02-01", "31-Feb-03"],
)  # fmt: skip
def test_a_date_that_is_none_is_a_problem_row(tmp_path, written):
    found, problems = day(tmp_path, written)
    assert found is None
    assert problems == [("header", 2, "DOB", "unreadable date")]


@pytest.mark.parametrize(
    "written",
    ["31/12/9999", "9999-12-31", "9999-12-31 00:00:00.000", "9999-12-31T23:59:59", "01/01/1900",
     "1/1/1900", "1900-01-01 00:00:00", "1753-01-01", "0001-01-01", "1899-12-30", "infinity"],
)  # fmt: skip
def test_a_day_that_databases_write_for_none_is_none_and_is_said(tmp_path, written):
    """An episode that ends in the year 9999 is open; an open end does not set it aside."""
    text = f"CHILD,DECOM,RNE,LS,PLACE,DEC\nc1,2020-01-01,S,C2,U4,{written}\n"
    found = read(put(tmp_path, a=text))
    assert found.rows('SELECT "CHILD", "DEC" FROM episodes') == [("c1", None)]
    assert found.problems() == [("episodes", 2, "DEC", "placeholder date")]


def test_an_episode_that_starts_on_no_day_is_set_aside(tmp_path):
    text = "CHILD,DECOM,RNE,LS,PLACE,DEC\nc1,1900-01-01,S,C2,U4,\n"
    found = read(put(tmp_path, a=text))
    assert (found.files[0].set_aside, found.column("SELECT 1 FROM episodes")) == (1, [])


def children(*days):
    rows = "".join(f"c{n},1,{day},WBRI\n" for n, day in enumerate(days))
    return "CHILD,SEX,DOB,ETHNIC\n" + rows


def test_a_column_with_the_month_first_is_refused(tmp_path):
    """Read as they stand, 3 April would be 4 March, in silence: only some can't be read."""
    days = ["04/03/2015", "12/25/2015", "1/31/2016", "7/4/2016", "10/13/2016 12:00:00 AM"]
    with pytest.raises(InputRefused) as caught:
        read(put(tmp_path / "in", a=children(*days)))
    assert caught.value.sentence.startswith("in/a.csv, column DOB: its dates have the month first")
    assert "2016" not in caught.value.sentence


@pytest.mark.parametrize(
    "days",
    [["12/25/2015", "1/31/2016", "04/03/2015"],  # two slips
     ["12/25/2015", "1/31/2016", "10/13/2016", "25/12/2015"],  # a day after the 12th was read
     ["1225/2015", "13/13/2015", "31/31/2016", "99/99/9999"]],
)  # fmt: skip
def test_slips_are_problems_of_their_rows(tmp_path, days):
    found = read(put(tmp_path, a=children(*days)))
    assert len(found.problems()) == len(days) - sum(day in ("04/03/2015", "25/12/2015")
                                                    for day in days)  # fmt: skip


def test_the_month_first_over_many_batches(tmp_path, monkeypatch):
    monkeypatch.setattr("casescope.identified.intake.incoming._ROWS_AT_ONCE", 50)
    monkeypatch.setattr("casescope.identified.intake.sheets.separated._BLOCK", 512)
    fine = ["04/03/2015"] * 300
    with pytest.raises(InputRefused, match="month first"):
        read(put(tmp_path / "a", a=children("12/25/2015", *fine, "1/31/2016", "1/30/2016")))
    found = read(put(tmp_path / "b", a=children("25/12/2015", *fine, *["1/31/2016"] * 9)))
    assert len(found.problems()) == 9


def test_an_id_that_a_spreadsheet_cut_short_is_nobodys(tmp_path):
    """Two ids of twelve figures both became 1.23457E+11: taken for ids, two people would be one."""
    text = ("pers_person_id,pers_legacy_id,pers_single_unique_id\n"
            "1,1.23457E+11,\n2,1.23457E+11,1.2e+10\n1.23457E+11,,\n4,12E3,E+1\n")  # fmt: skip
    found = read(put(tmp_path, a=text))
    assert found.rows("SELECT pers_person_id, pers_legacy_id, pers_single_unique_id "
                      "FROM person ORDER BY 1") == [
        ("1", None, None), ("2", None, None), ("4", "12E3", "E+1"),
    ]  # fmt: skip
    assert found.problems() == [
        ("person", 2, "pers_legacy_id", "unreadable id"),
        ("person", 3, "pers_legacy_id", "unreadable id"),
        ("person", 3, "pers_single_unique_id", "unreadable id"),
        ("person", 4, "pers_person_id", "unreadable id"),
    ]


def test_an_unreadable_id_of_something_else_keeps_the_row(tmp_path):
    text = ("clae_person_id,clae_cla_id,clae_cla_episode_start_date,clae_cla_placement_id\n"
            "c1,1,2020-01-01,9.87654E+12\n")  # fmt: skip
    found = read(put(tmp_path, a=text))
    assert found.rows("SELECT clae_person_id, clae_cla_placement_id FROM cla_episode") == [
        ("c1", None)
    ]


@pytest.mark.parametrize("place", ["U4", "z11", "Q1", "M3", "K3", "H5", "", "T0"])
def test_placements_of_every_year_are_known(tmp_path, place):
    found = read(put(tmp_path, a=f"CHILD,DECOM,RNE,LS,PLACE\nc1,2020-01-01,S,C2,{place}\n"))
    assert found.problems() == []


def test_a_placement_in_words_is_a_problem_and_the_row_stays(tmp_path):
    """It isn't P1, so it would count as away from the mother."""
    text = "CHILD,DECOM,RNE,LS,PLACE\nc1,2020-01-01,S,C2,Placed with own parents\n"
    found = read(put(tmp_path, a=text))
    assert found.column('SELECT "CHILD" FROM episodes') == ["c1"]
    assert found.problems() == [("episodes", 2, "PLACE", "unknown placement")]


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


@pytest.mark.parametrize(
    ("written", "meant"),
    [("\"=\"\"0012\"\"\"", "0012"), ("=\"0012\"", "0012"), ("'0012", "0012"), ("0012", "0012"),
     ("\u200b12\u00a0", "12"), ("12.0", "12"), ("12.00", "12"), ('"1,012"', "1012"),
     ('"1,234,012.00"', "1234012"), ('"12,3"', "12,3"), ("A.0", "A.0"),
     ("'", "'"), ("a'1", "a'1"), ('=""', '=""')],
)  # fmt: skip
def test_what_spreadsheets_put_round_an_id(tmp_path, written, meant):
    """`="0012"` and `'0012` keep the zeros of an id in Excel; neither is part of it."""
    found = read(put(tmp_path, a=f"pers_person_id,pers_dob\n{written},2001-01-01\n"))
    assert found.column("SELECT pers_person_id FROM person") == [meant]
