"""In which area a woman lives: her latest address, by the council's own lookup."""

import pytest

from casescope.dataset.schema import AREA_NOT_KNOWN, OTHER_AREAS
from tests.engine import studied
from tests.oracle.standing import Study
from tests.worlds import world

PLACES = """
    place_postcode | place_in_authority | place_area
    EX1            | 1                  | Easton
    EX1 9ZZ        | 1                  | Weston
    EX2            | 1                  |
    OT2            | 0                  | Otherton
"""
EPISODES = """
    CHILD | DECOM
    c1    | 2023-01-01
"""


@pytest.mark.parametrize(
    ("postcode", "area"),
    [
        ("EX1 1AA", "Easton"),  # by its district
        ("EX1 9ZZ", "Weston"),  # a full postcode wins over its district
        ("EX2 1AA", None),  # inside, and the lookup names no area
        ("OT2 1AA", None),  # outside: no area of the county
        ("ZZ9 9ZZ", None),  # not in the lookup
    ],
)
def test_the_area_is_that_of_the_latest_address(postcode, area):
    lived = f"""
        addr_person_id | addr_address_postcode | addr_address_start_date | addr_address_end_date
        m1             | EX1 9ZZ               | 2015-01-01              | 2020-01-01
        m1             | {postcode}            | 2020-01-01              |
    """
    drawn = world(episodes=EPISODES, place=PLACES, address=lived)
    with studied(drawn, until="cohort") as con:
        assert con.execute("SELECT DISTINCT area FROM cohort.woman_now").fetchall() == [(area,)]
    study = Study(drawn)
    assert [study.area(woman) for woman in study.women] == [area]


def test_an_area_with_few_mothers_has_no_name_in_the_dataset():
    mothers = "\n".join(f"m{n} | c{n}" for n in range(100, 121))
    lived = "\n".join(f"m{n} | EX1 1AA" for n in range(100, 120)) + "\nm120 | EX1 9ZZ"
    drawn = world(
        mother=f"moth_person_id | moth_childs_person_id\n{mothers}",
        place=PLACES,
        address=f"addr_person_id | addr_address_postcode\n{lived}",
    )
    with studied(drawn) as con:
        areas = dict(con.execute(
            "SELECT area, count(*) FROM dataset.woman WHERE linkage = 'strict' GROUP BY area"
        ).fetchall())  # fmt: skip
    assert areas == {"Easton": 20, OTHER_AREAS: 1}
    assert AREA_NOT_KNOWN not in areas
