"""The SSDA903 return and the CIN census in XML, into the same tables as any other form."""

from datetime import date

import pytest

from casescope.kernel.errors import InputRefused
from tests.unit.intake.kinds import CENSUS, RETURN_903, given
from tests.unit.intake.reading import put, read


@pytest.fixture
def returned(tmp_path):
    return read(given(tmp_path / "in", {"a.xml": RETURN_903}))


def test_a_sheet_for_each_table_that_the_return_has(returned):
    assert {file.label: file.rows for file in returned.files} == {
        "in/a.xml [header]": 2, "in/a.xml [episodes]": 3, "in/a.xml [uasc]": 1,
        "in/a.xml [adoption]": 1, "in/a.xml [placed_for_adoption]": 1,
        "in/a.xml [previous_permanence]": 1,
    }  # fmt: skip
    assert returned.problems() == []


def test_childid_is_child_and_pl_is_place(returned):
    assert returned.rows(
        'SELECT "CHILD", "DECOM", "LS", "PLACE", "DEC", "REC", "PL_POST", _row FROM episodes '
        'ORDER BY _row'
    ) == [
        ("c1", date(2020, 3, 2), "C1", "U4", date(2020, 9, 2), "X1", "AB12CD", 1),
        ("c1", date(2020, 9, 2), "E1", "A5", None, None, None, 2),
        ("c2", date(2021, 3, 2), "V2", "Z11", None, None, None, 3),
    ]  # fmt: skip


def test_what_lies_in_the_header_goes_to_its_own_table(returned):
    assert returned.rows('SELECT "CHILD", "SEX", "UPN", "MOTHER" FROM header ORDER BY 1') == [
        ("c1", "F", "UN1", False), ("c2", "1", None, None),
    ]  # fmt: skip
    assert returned.rows('SELECT "CHILD", "DUC" FROM uasc') == [("c2", date(2024, 2, 1))]
    assert returned.rows('SELECT "CHILD", "DOB", "DATE_MATCH" FROM adoption') == [
        ("c1", date(2020, 2, 1), date(2022, 4, 4))
    ]
    assert returned.column('SELECT "DATE_PLACED" FROM placed_for_adoption') == [date(2022, 5, 5)]
    assert returned.rows('SELECT "CHILD", "PREV_PERM", "DATE_PERM" FROM previous_permanence') == [
        ("c1", "P1", "zz/zz/zzzz")
    ]


def test_xml_and_csv_of_one_return_say_the_same(tmp_path, returned):
    text = ("CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,PL_POST\n"
            "c1,02/03/2020,S,C1,N1,U4,PR1,02/09/2020,X1,AB1 2CD\n"
            "c1,02/09/2020,L,E1,N1,A5,,,,\nc2,02/03/2021,S,V2,N8,Z11,,,,\n")  # fmt: skip
    by_csv = read(put(tmp_path / "csv", a=text))
    query = "SELECT * EXCLUDE (_file, _row) FROM episodes ORDER BY ALL"
    assert by_csv.rows(query) == returned.rows(query)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_of_xml(tmp_path, encoding):
    text = RETURN_903.replace("UTF-8", "UTF-16" if encoding == "utf-16" else "UTF-8")
    found = read(given(tmp_path, {"a.xml": text.replace("c2", "ç2").encode(encoding)}))
    assert "ç2" in found.column('SELECT "CHILD" FROM header')


def test_a_prefix_or_a_name_in_small_letters_changes_nothing(tmp_path):
    text = RETURN_903.replace("<EXPSSDA903>", '<x:EXPSSDA903 xmlns:x="urn:x">')
    text = text.replace("</EXPSSDA903>", "</x:EXPSSDA903>").replace("EPISODE>", "episode>")
    assert len(read(given(tmp_path, {"a.dat": text})).column("SELECT 1 FROM episodes")) == 3


@pytest.fixture
def census(tmp_path):
    return read(given(tmp_path / "in", {"census.xml": CENSUS}))


def test_assessments_and_their_factors(census):
    assert census.rows(
        "SELECT cina_person_id, cina_assessment_start_date, cina_assessment_auth_date, "
        "cinf_assessment_factors_json FROM assessment "
        "LEFT JOIN assessment_factor ON cinf_assessment_id = cina_assessment_id ORDER BY 2"
    ) == [
        ("c1", date(2020, 1, 3), date(2020, 2, 3), '["1B","3B"]'),
        ("c1", date(2020, 6, 1), None, None),
    ]  # fmt: skip


def test_plans_and_pre_proceedings(census):
    assert census.rows("SELECT * EXCLUDE (_file, _row, _copies) FROM cp_plan") == [
        ("c1", date(2020, 3, 1), date(2020, 9, 1), "NEG", "PHY")
    ]
    assert census.rows("SELECT * EXCLUDE (_file, _row, _copies) FROM pre_proceedings") == [
        ("c1", date(2020, 4, 1), date(2020, 8, 8), date(2020, 8, 20))
    ]


def test_no_person_is_made_of_a_census(census):
    """LAchildID may be the 903's id and not the case system's: see ADR 14."""
    assert census.rows("SELECT * FROM person") == []


def test_an_assessment_in_two_years_is_one(tmp_path):
    found = read(given(tmp_path, {"2020.xml": CENSUS, "2021.xml": CENSUS}))
    assert len(found.rows("SELECT DISTINCT cina_assessment_id FROM assessment")) == 2
    assert found.column("SELECT _copies FROM assessment") == [2, 2]


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))


@pytest.mark.parametrize(
    "doctype",
    ['<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>', f"<!DOCTYPE x [{LAUGHS}]>",
     '<!DOCTYPE x SYSTEM "http://localhost/x.dtd">'],
)  # fmt: skip
def test_a_document_type_is_refused(tmp_path, doctype):
    text = RETURN_903.replace("<EXPSSDA903>", f"{doctype}<EXPSSDA903>").replace("c2", "&a;")
    with pytest.raises(InputRefused, match="declares a document type"):
        read(given(tmp_path, {"a.xml": text}))


@pytest.mark.parametrize("end", [200, 900, len(RETURN_903) - 20])
def test_a_return_cut_short(tmp_path, end):
    with pytest.raises(InputRefused, match=r"in/a.xml, line \d+: the XML is damaged"):
        read(given(tmp_path / "in", {"a.xml": RETURN_903[:end]}))


def test_elements_too_deep_and_values_too_long(tmp_path):
    deep = "<EXPSSDA903>" + "<a>" * 200 + "</a>" * 200 + "</EXPSSDA903>"
    with pytest.raises(InputRefused, match="too deep"):
        read(given(tmp_path, {"a.xml": deep}))
    long = f"<EXPSSDA903><CHILD>{'Plantedname' * 200_000}</CHILD></EXPSSDA903>"
    with pytest.raises(InputRefused, match="longer than a million") as caught:
        read(given(tmp_path, {"a.xml": long}))
    assert "Planted" not in str(caught.value)
