"""The shared dataset: no class below the floor, no token, no day, no family told by its shape."""

import re
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from casescope.dataset.risk import check_floor
from casescope.dataset.sharing.proposals import (
    MOST_LEFT_OUT,
    PURPOSES,
    UNBANDED,
    evaluate,
    fresh_tokens,
    propose,
)
from casescope.dataset.sharing.quasi import QUASI, QUASI_BY_NAME, is_coherent
from casescope.dataset.sharing.recode import Recoded, ladders, write
from casescope.dataset.sharing.schema import QUASI_COLUMNS, SHARED_TABLES, WOMAN
from casescope.dataset.sharing.siblings import fingerprints
from casescope.dataset.sharing.subject import subjects
from casescope.dataset.table import Privacy
from tests.unit.findings.builders import LINKAGE, dataset
from tests.unit.findings.builders import REFERENCE as READ_ON
from tests.unit.risk.women import woman, women

STEPS = st.fixed_dictionaries(
    {one.name: st.integers(0, len(one.steps) - 1) for one in QUASI}
).filter(is_coherent)


def told(column, step, **known):
    return QUASI_BY_NAME[column].steps[step].tell(woman(**known))


def every(column, **known):
    return [told(column, step, **known) for step in range(len(QUASI_BY_NAME[column].steps))]


def rows(connection, table="shared_woman"):
    return connection.execute(f"SELECT * FROM temp.{table}").fetchall()


# how each column is told


def test_her_first_event_by_quarter_and_ever_wider():
    # the reference date is 31 March 2026, so 300 days before it is 4 June 2025
    assert every("index_period", days=(-300,)) == [
        "2025 quarter 2", "2025", "2025–2026", "2023–2026", "2019–2026", "withheld",
    ]  # fmt: skip


def test_what_is_long_ago_is_told_together():
    assert set(every("index_period", days=(-7000,))) == {"before 2011", "withheld"}


def test_intervals_from_days_to_whether_there_was_one():
    assert every("intervals", days=(-2000, -1500, -600), child_ages=("1–4",) * 3, children=3) == [
        "500 days, 900 days", "15–17 months, 27–29 months", "1 year, 2 years",
        "under 2 years, 2 years or more", "2 or more, first after under 2 years", "2 or more",
        "1 or more",
    ]  # fmt: skip
    assert told("intervals", 0, days=(-4000, -100)) == "5 years or more"
    assert set(every("intervals")) == {"none"}
    assert set(every("intervals", days=(), children=0, child_ages=())) == {"no removal"}


def test_the_ages_of_her_children():
    ages = ("under 1", "under 1", "5–9", "10–15")
    assert every("child_ages", child_ages=ages, children=4) == [
        "under 1, under 1, 5–9, 10–15", "under 1, under 1, 5 and over, 5 and over",
        "under 1, 5 and over", "one under 1", "withheld",
    ]  # fmt: skip
    assert told("child_ages", 0, child_ages=("under 1",) * 7, children=7).count("under 1") == 5


def test_extremes_are_top_coded_from_the_first_step():
    assert told("children", 0, children=8) == told("children", 0, children=5) == "5 or more"
    assert told("age", 0, age=44) == told("age", 0, age=60) == "40 and over"
    assert told("followed", 0, followed=9000, ending="died") == "10 years or more"
    assert told("followed", 0, followed=3652, ending="left") == "9 years"


def test_how_long_she_was_followed_does_not_tell_the_day_of_her_first_event():
    # the reference date is known: a length that ends on it would be a date
    assert {told("followed", 0, followed=days) for days in (30, 700, 5000)} == {
        "to the reference date"
    }
    assert told("followed", 0, days=(-900, -100), followed=None) == "to a further event"


def test_each_childs_age_goes_only_with_their_number():
    assert is_coherent({"child_ages": 1, "children": 0})
    assert not is_coherent({"child_ages": 1, "children": 1})
    assert is_coherent({"child_ages": 2, "children": 2})


@settings(max_examples=20, deadline=None)
@given(people=women(most=60))
def test_each_step_tells_no_more_than_the_one_before(people):
    for one in ladders(people):  # a ladder that told more would be refused
        assert one.sizes == tuple(sorted(one.sizes, reverse=True))


# what is written


def test_every_column_that_could_single_her_out_is_a_declared_quasi_identifier():
    quasi = {column.name for table in SHARED_TABLES for column in table.columns
             if column.privacy is Privacy.QUASI}  # fmt: skip
    assert quasi == set(QUASI_COLUMNS) == set(UNBANDED)
    assert len(QUASI_COLUMNS) <= 8


@settings(max_examples=20, deadline=None)
@given(people=women(most=40), steps=STEPS, floor=st.integers(2, 6))
def test_every_class_reaches_the_floor_and_nobody_who_could_stay_is_left_out(people, steps, floor):
    connection = dataset()
    stay = write(connection, people, Recoded(steps, floor, LINKAGE), tokens=fresh_tokens(people))
    classes = Counter(row[1 : 1 + len(QUASI)] for row in rows(connection))
    assert all(size >= floor for size in classes.values())
    if stay:
        check_floor(connection, WOMAN.name, QUASI_COLUMNS, floor=floor)

    alike = Counter(
        tuple(one.steps[steps[one.name]].tell(each) for one in QUASI) for each in people
    )
    assert len(stay) == sum(size for size in alike.values() if size >= floor)


@settings(max_examples=15, deadline=None)
@given(people=women(most=30), steps=STEPS)
def test_no_token_of_the_dataset_and_no_day_is_told(people, steps):
    steps = {**steps, "intervals": max(steps["intervals"], 1)}  # step 0 tells days between events
    connection = dataset()
    write(connection, people, Recoded(steps, 1, LINKAGE), tokens=fresh_tokens(people))
    cells = [str(cell) for table in SHARED_TABLES for row in rows(connection, table.name)
             for cell in row]  # fmt: skip
    text = "\n".join(cells)
    assert not any(one.woman in text for one in people)
    assert not re.search(r"\d{4}-\d{2}|\bdays\b|-\d", text)


def test_a_day_of_the_calendar_is_told_at_no_step():
    people = [woman(f"{n:032x}", days=(-n * 31,), followed=n * 31) for n in range(90)]
    connection = dataset()
    write(connection, people, Recoded(UNBANDED, 1, LINKAGE), tokens=fresh_tokens(people))
    text = str(rows(connection)) + str(rows(connection, "shared_about"))
    assert not re.search(r"\d{4}-\d{2}|January|February|March|\bMay\b|/\d\d", text)
    assert set(re.findall(r"\b20\d\d (\w+)", text)) == {"quarter"}
    assert not re.search(r"\d+ days", text), "with one event there is no interval to tell"


def test_two_packages_share_no_token_and_no_order():
    people = [woman(f"{n:032x}", age=16 + n % 30) for n in range(60)]
    connection, seen = dataset(), []
    for _ in range(2):
        write(connection, people, Recoded(UNBANDED, 1, LINKAGE), tokens=fresh_tokens(people))
        seen.append(rows(connection))
    tokens = [{row[0] for row in one} for one in seen]
    assert not tokens[0] & tokens[1]
    assert len(tokens[0]) == 60
    assert [row[1:] for row in seen[0]] != [row[1:] for row in seen[1]]


DRAWN = {
    "woman": """
        woman age children
        ann   30  2
        bea   41  0
        cat   25  0
    """,
    "standing": """
        woman tier removed_children no_tier      in_her_care pregnant
        ann   T1   2                -            no          false
        bea   -    0                no_removal   unknown     false
        cat   T4   0                -            recorded    true
    """,
    "care_course": """
        woman child first_day age_group
        ann   x     -900      5–9
        ann   y     -100      under~1
    """,
    "event": """
        woman event day  new_children
        ann   1     -900 1
        ann   2     -500 0
        ann   3     -100 1
    """,
    "spell": """
        woman index_day follow_up_days ending
        ann   -900      800            event
    """,
    "issue": """
        woman issue  state timing
        ann   drugs  yes   ever
        ann   drugs  no    current
        bea   drugs  yes   ever
        cat   poverty yes  ever
    """,
}


def test_who_is_read_and_as_what():
    found = {one.woman: one for one in
             subjects(dataset(**DRAWN), linkage=LINKAGE, reference_date=READ_ON)}  # fmt: skip
    assert set(found) == {"ann", "cat"}, "bea is in no tier and no child of hers was removed"
    ann = found["ann"]
    assert (ann.child_ages, ann.days) == (("under 1", "5–9"), (-900, -100)), "re-entries are out"
    assert (ann.followed, ann.ending, ann.tier) == (None, "event", "T1")
    assert (found["cat"].days, found["cat"].ending) == ((), "no removal")


def test_issues_go_with_the_women_who_stay():
    connection = dataset(**DRAWN)
    people = subjects(connection, linkage=LINKAGE, reference_date=READ_ON)
    tokens = {"ann": "a" * 32, "cat": "c" * 32}
    write(connection, people, Recoded(UNBANDED, 1, LINKAGE), tokens=tokens)
    assert sorted(rows(connection, "shared_issue")) == [
        ("a" * 32, "drugs", "current", "no"), ("a" * 32, "drugs", "ever", "yes"),
        ("c" * 32, "poverty", "ever", "yes"),
    ]  # fmt: skip
    write(connection, people, Recoded(UNBANDED, 2, LINKAGE), tokens=tokens)
    assert rows(connection, "shared_issue") == rows(connection) == []


# proposals


def test_proposals_reach_the_floor_and_leave_few_out():
    people = [
        woman(f"{n:032x}", age=18 + n % 25, tier=("T1", "T3", "none")[n % 3],
              days=(-200 - 37 * n % 3000,), followed=200 + 37 * n % 3000,
              child_ages=("under 1", "1–4")[: 1 + n % 2], children=1 + n % 2)
        for n in range(240)
    ]  # fmt: skip
    found = list(propose(dataset(), people, floor=4, linkage=LINKAGE))
    assert {purpose for one in found for purpose in one.purposes} == set(PURPOSES)
    assert len({tuple(sorted(one.steps.items())) for one in found}) > 1
    for one in found:
        assert one.risk.k >= 4
        assert one.share_left_out() <= MOST_LEFT_OUT
        assert one.share_left_out("T1") <= MOST_LEFT_OUT
        assert one.risk.records == sum(one.women.values())
        wanted = 240 if one.scope == PURPOSES[-1].scope else 160
        assert sum(one.women.values()) + sum(one.left_out.values()) == wanted


def test_no_proposal_where_there_are_too_few_women():
    two = [woman("a" * 32), woman("b" * 32)]
    assert list(propose(dataset(), two, floor=3, linkage=LINKAGE)) == []


def test_a_county_without_any_such_woman():
    unbanded = evaluate(dataset(), [], PURPOSES[:1], Recoded(UNBANDED, 1, LINKAGE))
    assert (unbanded.risk.records, unbanded.risk.k, unbanded.loss) == (0, 0, 0)
    assert list(propose(dataset(), [], floor=3, linkage=LINKAGE)) == []


# sets of siblings


def test_shapes_by_hand():
    big = {"children": 4, "child_ages": ("under 1", "under 1", "1–4", "5–9"),
           "days": (-3000, -2000, -900)}  # fmt: skip
    people = [woman("a", **big), woman("b"), woman("c"), woman("d", days=(-5000,)),
              woman("e", children=0, child_ages=(), days=())]  # fmt: skip
    found = fingerprints(people, 3)
    assert (found.women, found.shapes, found.alone, found.below_floor) == (4, 2, 1, 1)
    assert [(shape.in_words(), number) for shape, number in found.worst] == [
        ("4 children removed, ages under 1, under 1, 1–4, 5–9, in 3 events", 1),
        ("1 child removed, age 1–4, in 1 event", 3),
    ]


def test_intervals_single_out_more_women_than_shapes_do():
    twice = {"children": 2, "child_ages": ("1–4", "1–4")}
    people = [woman("a", days=(-3000, -2000), **twice), woman("b", days=(-3000, -1000), **twice)]
    found = fingerprints(people, 2)
    assert (found.alone, found.with_intervals) == (0, 2)


@given(people=women())
@settings(max_examples=15, deadline=None)
def test_a_shape_names_nobody(people):
    said = str(fingerprints(people, 3))
    assert not any(one.woman in said for one in people)
