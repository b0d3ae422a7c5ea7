"""The truth's own reckoning, held to the definitions case by case."""

from datetime import date, timedelta

import pytest

from casescope.synthetic.facts import Address, Child, Episode, Order, Proceedings, Record, Woman
from casescope.synthetic.truth.events import RemovalHistory, with_new_child
from casescope.synthetic.truth.recurrence import follow_up, kaplan_meier
from casescope.synthetic.truth.removals import removals
from casescope.synthetic.truth.standing import in_her_care, left_on, tier_of


def day(text):
    """Read a date; an empty one is none."""
    return date.fromisoformat(text) if text else None


def child_of(*lines, id_="c1", born="2018-03-01", **facts):
    """Draw a child by its episodes: `start end status place reason`, `-` for an open end."""
    episodes = []
    for line in lines:
        start, end, status, place, *reason = line.split()
        ended = None if end == "-" else day(end)
        episodes.append(Episode(day(start), ended, status, place, "N1", *reason))
    return Child(Record(id_, "Kim", "Test", "F", "WBRI", day(born)), episodes=episodes, **facts)


def woman_of(*children, born="1995-06-15", **facts):
    return Woman([Record("m1", "Jo", "Test", "F", "WBRI", day(born))], list(children), **facts)


@pytest.mark.parametrize(
    ("episodes", "expected"),
    [
        (["2020-01-01 - C1 U6"], ["2020-01-01 court"]),
        (["2020-01-01 - L2 U6"], ["2020-01-01 emergency"]),
        (["2020-01-01 - V2 U6"], ["2020-01-01 voluntary"]),
        # an order on the 14th day gives the route, on the 15th it does not
        (["2020-01-01 2020-01-15 V2 U6 X1", "2020-01-15 - C1 U6"], ["2020-01-01 court"]),
        (["2020-01-01 2020-01-16 V2 U6 X1", "2020-01-16 - C1 U6"], ["2020-01-01 voluntary"]),
        # with the mother first: dated when they are parted
        (["2020-01-01 2020-02-01 C1 R3 X1", "2020-02-01 - C1 U6"], ["2020-02-01 court"]),
        (["2020-01-01 - C1 P1"], []),
        # short breaks and remand never count, but may turn into care
        (["2020-01-01 - V4 U6"], []),
        (["2020-01-01 2020-02-01 J1 K1 X1", "2020-02-01 - V2 K2"], ["2020-02-01 voluntary"]),
        # a gap of one day joins, of two does not
        (["2020-01-01 2020-02-01 C1 U6 E4A", "2020-02-02 - C1 U6"], ["2020-01-01 court"]),
        (
            ["2020-01-01 2020-02-01 C1 U6 E4A", "2020-02-03 - C1 U6"],
            ["2020-01-01 court", "2020-02-03 court"],
        ),
        # back with parents within the period is no second removal
        (["2020-01-01 2020-02-01 C2 U6 X1", "2020-02-01 2020-03-01 C2 P1 X1",
          "2020-03-01 - C2 U6"], ["2020-01-01 court"]),
        # eighteen is too old, the day before is not
        (["2036-03-01 - C1 U6"], []),
        (["2036-02-29 - C1 U6"], ["2036-02-29 court"]),
    ],
)  # fmt: skip
def test_removals_of_a_child(episodes, expected):
    found = removals(child_of(*episodes))
    assert [f"{r.day} {r.route}" for r in found] == expected


@pytest.mark.parametrize(
    ("episodes", "compulsory"),
    [
        (["2020-01-01 - V2 U6"], False),
        (["2020-01-01 2020-06-01 V2 U6 X1", "2020-06-01 - C1 U6"], True),
        # an order that ended on the day of the removal no longer applies
        (["2020-01-01 2020-02-01 C1 P1 X1", "2020-02-01 - V2 U6"], False),
        # the order ran at home and goes on
        (["2020-01-01 2020-02-01 C1 P1 X1", "2020-02-01 - C1 U6"], True),
    ],
)
def test_compulsion(episodes, compulsory):
    assert [r.compulsory for r in removals(child_of(*episodes))] == [compulsory]


def test_unaccompanied_children_are_never_removed():
    assert removals(child_of("2020-01-01 - V2 U6", unaccompanied=True)) == []


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (("Special guardianship order", "kin", ""), ["2021-06-01"]),
        (("Child arrangements order", "mother", ""), []),
        (("Care order", "kin", ""), ["2021-06-01"]),
        (("Care order", "foster", ""), []),
        (("Care order", "foster", "Eastwold County Council"), ["2021-06-01"]),
        (("Supervision order", "foster", "Eastwold County Council"), []),
    ],
)
def test_wide_removals_without_care(line, expected):
    order, placed, authority = line
    tracked = Proceedings("p", day("2021-01-01"), order, day("2021-06-01"), placed, authority)
    found = removals(child_of(proceedings=[tracked]))
    assert [str(r.day) for r in found] == expected
    assert not any(r.counts("broad") or r.counts("strict") for r in found)


@pytest.mark.parametrize(("care_from", "removals_"), [("2022-06-01", 1), ("2022-06-02", 2)])
def test_removal_by_another_authority_within_a_year_of_one_here_is_the_same(care_from, removals_):
    other = Proceedings("p", day("2021-01-01"), "Care order", day("2021-06-01"), "foster", "Other")
    child = child_of(f"{care_from} - C1 U6", proceedings=[other])
    assert len(removals(child)) == removals_


def history_of(dates, proceedings=()):
    """Draw children removed on dates; proceedings pair a child's place with a proc_id."""
    children = [child_of(f"{start} - C1 U6", id_=f"c{place}") for place, start in enumerate(dates)]
    for place, proc_id in proceedings:
        children[place].proceedings.append(Proceedings(proc_id, children[place].episodes[0].start))
    return RemovalHistory(woman_of(*children))


@pytest.mark.parametrize(
    ("dates", "proceedings", "events"),
    [
        (["2020-01-01", "2020-01-15"], [], [2]),
        (["2020-01-01", "2020-01-16"], [], [1, 1]),
        # the window hangs on the first removal and does not chain
        (["2020-01-01", "2020-01-14", "2020-01-20"], [], [2, 1]),
        (["2020-01-01", "2020-03-01"], [(0, "p"), (1, "p")], [2]),
        # merging is transitive
        (
            ["2020-01-01", "2020-03-01", "2020-05-01"],
            [(0, "p"), (1, "p"), (1, "q"), (2, "q")],
            [3],
        ),
    ],
)
def test_events_of_a_woman(dates, proceedings, events):
    found = history_of(dates, proceedings).events("broad")
    assert [len(event.children) for event in found] == events
    assert found[0].day == day(dates[0])


def test_a_child_taken_again_is_an_event_but_no_repeat():
    again = child_of("2020-01-01 2020-06-01 C1 U6 E4A", "2021-01-01 - C1 U6")
    events = RemovalHistory(woman_of(again)).events("broad")
    assert with_new_child(events) == [True, False]


@pytest.mark.parametrize(
    ("episodes", "facts", "expected"),
    [
        (["2020-01-01 - C2 U6"], {}, "no"),
        (["2020-01-01 2021-01-01 C2 U6 X1", "2021-01-01 - C2 P1"], {}, "recorded"),
        (["2020-01-01 2021-01-01 E1 A6 E12"], {}, "no"),
        (["2020-01-01 2021-01-01 C1 U3 E47"], {}, "no"),
        (["2020-01-01 2021-01-01 C1 U6 E4A"], {}, "unknown"),
        (["2025-01-01 - V4 U6"], {}, "unknown"),
        ([], {}, "unknown"),
        ([], {"legal_orders": [Order("Special Guardianship Order", date(2021, 1, 1))]}, "no"),
        ([], {"addresses": [Address("c1", "ZZ1 1AA", date(2022, 1, 1), None)]}, "recorded"),
        (
            [],
            {"addresses": [Address("c1", "ZZ1 1AA", date(2022, 1, 1), date(2026, 3, 31))]},
            "unknown",
        ),
    ],
)
def test_in_her_care(episodes, facts, expected):
    home = Address("m1", "ZZ1 1AA", date(2020, 1, 1), None)
    woman = woman_of(child_of(*episodes, **facts), addresses=[home])
    assert in_her_care(woman) == expected


def test_leaving_is_the_start_of_the_latest_address_outside():
    homes = [
        Address("m1", "ZZ21 2AA", date(2018, 1, 1), date(2019, 1, 1)),
        Address("m1", "ZZ1 1AA", date(2019, 1, 1), date(2022, 1, 1)),
        Address("m1", "ZZ12 9XX", date(2022, 1, 1), None),
    ]
    assert left_on(woman_of(addresses=homes)) == date(2022, 1, 1)
    assert left_on(woman_of(addresses=homes[:2])) is None


@pytest.mark.parametrize(
    ("removed_on", "tier", "reason"),
    [("2021-03-31", "T3", None), ("2021-03-30", None, "outside_lookback")],
)
def test_look_back_includes_the_day_five_years_before(removed_on, tier, reason):
    woman = woman_of(child_of(f"{removed_on} - C1 U6"))
    assert tier_of(woman, RemovalHistory(woman), "broad") == (tier, reason)


@pytest.mark.parametrize(
    ("born", "tier"),
    [("2010-03-31", "T3"), ("2010-04-01", None), ("1980-03-30", None), ("1980-04-01", "T3")],
)
def test_child_bearing_age_includes_both_ends(born, tier):
    woman = woman_of(child_of("2025-01-01 - C1 U6"), born=born)
    assert tier_of(woman, RemovalHistory(woman), "broad")[0] == tier


def test_care_experience_and_a_child_in_proceedings_is_t4_until_the_order():
    open_ = Proceedings("p", date(2026, 1, 1))
    closed = Proceedings("p", date(2026, 1, 1), "Care order", date(2026, 3, 31))
    for line, tier in ((open_, "T4"), (closed, None)):
        woman = woman_of(child_of(proceedings=[line]), care_leaver=True)
        assert tier_of(woman, RemovalHistory(woman), "wide")[0] == tier


def test_follow_up_ends_at_the_event_or_the_censoring_before_it():
    woman = woman_of(
        child_of("2020-01-01 - C1 U6"), child_of("2021-01-01 - C1 U6", id_="c2", born="2020-12-31")
    )
    events = RemovalHistory(woman).events("broad")
    since = date(2014, 4, 1)
    assert follow_up(woman, events, since) == (366, True)
    assert follow_up(woman, events, date(2020, 1, 2)) is None
    woman.addresses = [Address("m1", "ZZ21 2AA", date(2020, 7, 1), None)]
    assert follow_up(woman, events, since) == (182, False)
    woman.records[0].died = date(2020, 1, 1)
    assert follow_up(woman, events, since) is None


def test_kaplan_meier_by_hand():
    """Of four: an event at 100 days, one censored at 200, an event at 400 among the two left."""
    spells = [(100, True), (200, False), (400, True), (2000, False)]
    one, three, *_ = kaplan_meier(spells)
    assert one == pytest.approx(1 / 4)
    assert three == pytest.approx(1 - 3 / 4 * 1 / 2)


def test_kaplan_meier_censors_after_events_of_the_same_day():
    spells = [(100, True), (100, False)] + [(100 + int(timedelta(days=900).days), False)] * 2
    assert kaplan_meier(spells)[0] == pytest.approx(1 / 4)
