"""What of two women's records is put side by side, and what is kept out of sight."""

from datetime import date

import pytest

from casescope.identified.review.reading import hidden, is_behind
from casescope.identified.review.standing import Pair, key_of
from casescope.identified.review.view import sureness, view_as_json, views
from tests.unit.review.drawn import number, reviewed, subject
from tests.worlds import world

TWO = {
    "person": """
        pers_person_id | pers_forename | pers_surname | pers_dob   | pers_single_unique_id
        m1             | Anna          | Bell         | 1990-06-15 | 943 476 5919
        m2             | Anne          | Dunn         | 1990-06-16 |
        c1             | Tom           | Bell         | 2015-03-01 |
        c2             | Una           | Dunn         | 2018-03-01 |
        c3             | Vic           | Dunn         | 2020-03-01 |
    """,
    "mother": """
        moth_person_id | moth_childs_person_id | moth_relationship | moth_start_date
        m1             | c1                    | birth             |
        m1             | c2                    |                   |
        m2             | c2                    | birth             |
        m2             | c3                    | birth             |
        m1             | c3                    | foster            |
        m2             | c1                    | birth             | 2025-06-01
    """,
    "person_alias": """
        alias_person_id | alias_forename | alias_surname | alias_kind | alias_start_date
        m1              | Anna           | Dunn          | married    | 2016-01-01
        m2              | Annie          | Late          | known_as   | 2025-02-01
    """,
    "address": """
        addr_person_id | addr_address_postcode | addr_address_start_date | addr_address_end_date
        m1             | ab1 2cd               | 2014-01-01              | 2016-02-01
        m1             | ZZ99 3VZ              | 2016-02-01              |
        m2             | AB1 2CD               | 2017-05-01              |
    """,
}  # at the reference date, 2025-01-01


def shown(connection, out_of_sight=()):
    key = key_of(number(connection, "m1"), number(connection, "m2"))
    (view,) = views(
        connection, [Pair(key, 0.8, "why")], out_of_sight=out_of_sight, until=date(2025, 1, 1)
    )
    return view_as_json(view)


def test_both_sides_as_known_at_the_reference_date():
    with reviewed(world(**TWO)) as connection:
        found = shown(connection)
        assert (found["one"], found["other"]) == (
            subject(connection, "m1"), subject(connection, "m2"),
        )  # fmt: skip
    assert found["first"] == {
        "records": ["m1"],
        "names": ["Anna Bell"],
        "other_names": ["Anna Dunn (married, from 2016-01-01)"],
        "born": ["1990-06-15"],
        "died": [],
        "nhs_number": ["••• ••• ••19"],
        "postcodes": ["AB12CD (2014-01-01 to 2016-02-01)"],
        "children": ["Tom Bell, 2015-03-01", "Una Dunn, 2018-03-01 (of both)"],
    }
    assert found["second"] == {
        "records": ["m2"],
        "names": ["Anne Dunn"],
        "other_names": [],
        "born": ["1990-06-16"],
        "died": [],
        "nhs_number": [],
        "postcodes": ["AB12CD (from 2017-05-01)"],
        "children": ["Una Dunn, 2018-03-01 (of both)", "Vic Dunn, 2020-03-01"],
    }
    assert found["agrees"] == [
        "a surname of one is another name of the other", "in common: 1 postcode",
        "recorded as the mother of 1 child of both",
    ]  # fmt: skip
    assert found["disagrees"] == ["different forenames", "birth dates that differ in one digit"]
    assert found["not_known"] == ["NHS number not on both sides"]


def test_all_records_that_declared_identity_joins_are_one_side():
    drawn = TWO | {
        "person": TWO["person"] + "        m9 | Anya | Bell | 1990-06-15 | 943 476 5919\n"
    }
    with reviewed(world(**drawn)) as connection:
        assert number(connection, "m9") == number(connection, "m1")
        found = shown(connection)
    assert found["first"]["records"] == ["m1", "m9"]
    assert found["first"]["names"] == ["Anna Bell", "Anya Bell"]


def test_a_restricted_child_is_not_shown():
    with reviewed(world(**TWO), withheld=["c2"]) as connection:
        unseen = hidden(connection, [])
        assert unseen == {number(connection, "c2")}
        found = shown(connection, unseen)
    assert found["first"]["children"] == ["Tom Bell, 2015-03-01"]
    assert found["second"]["children"] == ["Vic Dunn, 2020-03-01"]


def test_a_restriction_hides_before_any_step_has_run():
    with reviewed(world(**TWO)) as connection:
        restricted = [subject(connection, "m1")]
        assert is_behind(connection, restricted)
        assert hidden(connection, restricted) == {number(connection, "m1")}
        assert not is_behind(connection, ["somebody whom no extract names"])
    with reviewed(world(**TWO), withheld=["m1"]) as connection:
        assert not is_behind(connection, [subject(connection, "m1")])


@pytest.mark.parametrize(
    ("probability", "words"),
    [
        (None, "the computer did not compare these two"),
        (0.999, "very sure that she is one woman: by its reckoning more than 99 of 100"),
        (1.0, "more than 99 of 100"),
        (0.8, "thinks that she is one woman, but is not sure: by its reckoning about 80 of 100"),
        (0.5, "the computer cannot tell: by its reckoning about 50 of 100"),
        (0.001, "thinks that these are two women: by its reckoning about 1 of 100"),
    ],
)
def test_how_sure_the_computer_is(probability, words):
    assert words in sureness(probability)


def test_of_a_pair_held_for_a_person_no_share_of_a_hundred_is_said():
    """Its probability is a bound put upon it; said as a share it would lean on who judges."""
    assert "of 100" not in sureness(0.9, held=True)
