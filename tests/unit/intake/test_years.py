"""SSDA903 returns of every year from 2012 to 2027 loaded at once, as each year wrote them."""

import pytest

from tests.unit.intake.reading import put, read

OLD = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST"
NEW = OLD + ",URN"
EPISODES = {
    2013: (OLD, "a,01/05/2012,S,C2,N1,H5,PR1,01/06/2012,E43,,EX1 1AA,EX1 1AB"),
    2019: (NEW, "b,01/05/2018,S,C1,N1,U4,PR1,01/06/2018,E45,CUSTOD,EX1 1AA,EX1 1AB,SC1"),
    2024: (NEW, "c,01/05/2023,S,V2,N1,P2,PR1,,,,,,"),
    2025: (NEW, "d,01/05/2024,S,V2,N1,K3,PR4,,,,,,XXXXXX"),
    2026: (NEW, "e,01/05/2025,S,E1,N1,Z11,,,,,,,XXXXXXX"),
    2027: (NEW, "f,01/05/2026,S,L2,N1,U6,PR1,,,,,,"),
}
"""H5, P2 and E43 ended; K3, Z11 and E45 came; URN is absent in the older years."""

SEXES = {2013: ("1", "2"), 2025: ("M", "F"), 2026: ("U", "f")}


@pytest.fixture
def returns(tmp_path):
    files = {f"e{year}": "\n".join(rows) + "\n" for year, rows in EPISODES.items()}
    for year, sexes in SEXES.items():
        rows = [f"{year}{sex},{sex},01/01/2012,WBRI,UN1,," for sex in sexes]
        files[f"h{year}"] = "\n".join(["CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB", *rows]) + "\n"
    files["dolo"] = "CHILD,DOB,DOLO_START,DOLO_END\nf,01/01/2012,01/06/2026,\n"
    files["sw"] = "CHILD,DOB,SW_ID,SW_DECOM,SW_DEC,SW_REASON\nf,01/01/2012,SW1,01/06/2026,,\n"
    return read(put(tmp_path / "in", **files))


def test_every_years_episodes_are_one_table(returns):
    assert returns.rows('SELECT "CHILD", "PLACE", "REC", "URN" FROM episodes ORDER BY 1') == [
        ("a", "H5", "E43", None), ("b", "U4", "E45", "SC1"), ("c", "P2", None, None),
        ("d", "K3", None, "XXXXXX"), ("e", "Z11", None, "XXXXXXX"), ("f", "U6", None, None),
    ]  # fmt: skip
    assert returns.problems() == []


def test_sex_as_every_year_writes_it(returns):
    assert returns.column('SELECT DISTINCT "SEX" FROM header ORDER BY 1') == [
        "1", "2", "F", "M", "U",
    ]  # fmt: skip


def test_tables_of_the_newer_years_are_named_as_not_needed(returns):
    notes = {file.label: file.note for file in returns.files}
    assert "DoLo" in notes["in/dolo.csv"]
    assert "SWEpisodes" in notes["in/sw.csv"]
