"""The local removal rate, drawn: for each woman the (days followed, children newly removed) at
one age and one time since her latest event.
"""

import pytest

from tests.worlds import world

TWO = "CHILD | DECOM \n c1 | 2020-06-01 \n c2 | 2022-01-01"
"""The second child goes on 2022-01-01; the clock runs to the reference date, 1096 days on."""


def test_three_women(rate_of):
    """ "children newly removed per woman-year, counted from the day after the event at which a
    woman first had two removed children [...] to the earliest of reference date, death, ..."

    m1 has two children removed by 2022-01-01 and a third on 2023-07-01. m2 has two removed
    together and dies. m3 has one: she is not followed.
    """
    drawn = world(
        person="""
            pers_person_id | pers_dob   | pers_death_date
            m1             | 1990-06-15 |
            m2             | 2000-03-01 | 2023-03-01
            m3             | 1995-01-01 |
        """,
        mother="""
            moth_person_id | moth_childs_person_id
            m1             | c1
            m1             | c2
            m1             | c3
            m2             | c4
            m2             | c5
            m3             | c6
        """,
        episodes="""
            CHILD | DECOM
            c1    | 2020-06-01
            c2    | 2022-01-01
            c3    | 2023-07-01
            c4    | 2022-09-01
            c5    | 2022-09-01
            c6    | 2021-01-01
        """,
    )
    assert rate_of(drawn) == {
        "m1": {
            "30–34, under 1 year": (364 + 365, 0),
            "30–34, 1 year": (182 + 185, 1),
        },
        "m2": {"20–24, under 1 year": (181, 0)},
    }


@pytest.mark.parametrize(
    ("third", "children"),
    [("2022-01-01", 0), ("2022-01-02", 0), ("2022-01-15", 0), ("2022-01-16", 1)],
)
def test_the_event_that_starts_the_clock_is_not_counted(rate_of, third, children):
    """ "from the day after the event at which a woman first had two removed children": a child
    taken within the event window is of that event; her first two children, and whoever went with
    them, are why she is counted.
    """
    [told] = rate_of(world(episodes=f"{TWO} \n c3 | {third}")).values()
    assert sum(n for _, n in told.values()) == children


@pytest.mark.parametrize(("third", "days"), [("2022-01-01", 1096), ("2022-01-15", 1082)])
def test_the_clock_starts_when_the_event_is_over(rate_of, third, days):
    """ADR 9, 40: an event is over on the day of its last removal."""
    [told] = rate_of(world(episodes=f"{TWO} \n c3 | {third}")).values()
    assert sum(d for d, _ in told.values()) == days


def test_judged_on_what_was_known_that_day(rate_of):
    """ "judged on what was known that day": proceedings join the removals of c1 and c3 into one
    event of 2021, but on that day one child had been removed. The second, known on 2022-01-01,
    starts the clock; c3 is newly removed in it.
    """
    drawn = world(
        episodes="""
            CHILD | DECOM
            c1    | 2021-06-01
            c2    | 2022-01-01
            c3    | 2022-06-01
        """,
        proceedings="""
            proc_id | proc_child_person_id | proc_application_date
            p1      | c1                   | 2021-06-01
            p1      | c3                   | 2022-06-01
        """,
    )
    [told] = rate_of(drawn).values()
    assert (sum(d for d, _ in told.values()), sum(n for _, n in told.values())) == (1096, 1)


def test_each_childs_first_removal_counts(rate_of):
    """ "children newly removed": c2, returned home and taken again, is not new."""
    drawn = world(
        episodes="""
            CHILD | DECOM      | DEC        | REC
            c1    | 2020-06-01 |            |
            c2    | 2022-01-01 | 2022-03-01 | E4A
            c2    | 2023-01-01 |            |
            c3    | 2024-01-01 |            |
        """
    )
    told = rate_of(drawn)["m1"]
    assert told == {"30–34, under 1 year": (364 + 364 + 365, 0), "30–34, 1 year": (3, 1)}


@pytest.mark.parametrize(
    ("born", "days"),
    [
        ("2006-01-01", 1096),  # 16 on the day of the event
        ("2006-01-02", None),  # 15
        ("1976-01-02", 1),  # 45; 46 on the day after
        ("1976-01-01", None),  # 46 on the day of the event
        ("1977-01-01", 365),
        ("", None),
    ],
)
def test_of_child_bearing_age(rate_of, born, days):
    """ "while of child-bearing age" and "her (`age_max`+1)th birthday"; a woman whose age is not
    known is not followed.
    """
    told = rate_of(world(dob={"m1": born}, episodes=TWO)).get("m1")
    assert (sum(d for d, _ in told.values()) if told else None) == days


def test_too_young_for_two_the_third_starts_the_clock(rate_of):
    """ "the event at which a woman first had two removed children while of child-bearing age"."""
    told = rate_of(world(dob={"m1": "2006-06-01"}, episodes=f"{TWO} \n c3 | 2023-01-01"))
    assert told == {"m1": {"under 20, under 1 year": (364, 0), "under 20, 1 year": (366, 0),
                           "under 20, 2 years": (1, 0)}}  # fmt: skip


@pytest.mark.parametrize(
    ("since", "days"),
    [("2023-01-01", 365), ("2022-01-02", 1), ("2022-01-01", 0), ("2021-12-31", 1096)],
)
def test_known_leaving_stops_the_clock(rate_of, since, days):
    """ "known leaving"; ADR 9, 41: leaving before the event is over is ignored."""
    drawn = world(
        place="place_postcode | place_in_authority \n OT2 | 0",
        address=f"""
            addr_person_id | addr_address_postcode | addr_address_start_date
            m1             | OT2 1AA               | {since}
        """,
        episodes=TWO,
    )
    assert sum(d for d, _ in rate_of(drawn).get("m1", {}).values()) == days


def test_a_child_in_her_care_does_not_stop_the_clock(rate_of):
    """ "later births and children in her care don't stop the clock" """
    drawn = world(dob={"c3": "2022-06-01"}, episodes=TWO, cp_plan="cppl_person_id \n c3")
    assert sum(d for d, _ in rate_of(drawn)["m1"].values()) == 1096


def test_each_count_has_its_own_clock(rate_of):
    """Strict removals are "filtered before events are made": the clock of each count is its own."""
    drawn = world(
        episodes="""
            CHILD | DECOM      | LS
            c1    | 2020-06-01 | V2
            c2    | 2022-01-01 | C1
            c3    | 2023-01-01 | C1
        """
    )
    days = {
        count: sum(d for d, _ in rate_of(drawn, count)["m1"].values())
        for count in ("broad", "strict", "wide")
    }
    assert days == {"broad": 1096, "strict": 731, "wide": 1096}


def test_on_the_last_day_a_removal_counts(rate_of):
    """ADR 9, 41: on a tie the removal counts, here on the day of her death."""
    drawn = world(
        person="pers_person_id | pers_dob | pers_death_date \n m1 | 1990-06-15 | 2023-01-01",
        episodes=f"{TWO} \n c3 | 2023-01-01",
    )
    assert rate_of(drawn) == {"m1": {"30–34, under 1 year": (364, 0), "30–34, 1 year": (1, 1)}}


def test_restricted_women_are_not_followed(rate_of):
    """ "Restricted people leave before removals are made" """
    assert rate_of(world(restricted="m1", episodes=TWO)) == {}
