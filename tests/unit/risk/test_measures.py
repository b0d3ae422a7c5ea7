"""k, l, t and the three risks: by hand, by brute force, and as pycanon has them."""

from collections import Counter, defaultdict

import duckdb
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pycanon import anonymity

from casescope.dataset.risk import check_floor, measure, measures
from casescope.kernel.errors import BelowFloor

QUASI = ("age", "area", "children")


def held(rows, columns, name="people"):
    connection = duckdb.connect()
    hold(connection, rows, columns, name)
    return connection


def hold(connection, rows, columns, name):
    connection.execute(f"CREATE TABLE {name} ({', '.join(f'{one} VARCHAR' for one in columns)})")
    if rows:
        marks = ", ".join("?" * len(columns))
        connection.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)


HOSPITAL = [
    # the 4-anonymous inpatients of Machanavajjhala and others 2007, figure 2
    *[("130**", "<30", "*", ill) for ill in ("heart", "heart", "viral", "viral")],
    *[("1485*", ">=40", "*", ill) for ill in ("cancer", "heart", "viral", "viral")],
    *[("130**", "3*", "*", ill) for ill in ("cancer", "cancer", "cancer", "cancer")],
]
COLUMNS = ("zip", "age", "nationality", "condition")


def test_the_published_example_is_4_anonymous_and_its_third_class_has_no_diversity():
    found = measure(held(HOSPITAL, COLUMNS), "people", COLUMNS[:3], ["condition"])
    assert (found.records, found.classes, found.k, found.uniques) == (12, 3, 4, 0)
    assert found.sensitive[0].diversity == 1
    # by hand: cancer is 5 of 12 in all and 4 of 4 in the third class, so its distance is 7 of 12
    assert found.sensitive[0].closeness == pytest.approx(7 / 12)


def test_three_risks_by_hand():
    # 1 woman is like nobody, 2 are alike; in the population 4 and 2 are like them
    rows = [("a",), ("b",), ("b",)]
    connection = held(rows, ["q"])
    hold(connection, [("a",)] * 4 + [("b",)] * 2 + [("c",)], ["q"], "everybody")

    alone = measure(connection, "people", ["q"])
    among = measure(connection, "people", ["q"], population="everybody")

    assert (alone.prosecutor, alone.journalist, alone.marketer) == (1, 1, pytest.approx(2 / 3))
    assert among.prosecutor == 1
    assert among.journalist == pytest.approx(1 / 2)
    assert among.marketer == pytest.approx((1 / 4 + 2 / 2) / 3)
    assert (alone.share_in_small, alone.uniques) == (1, 1)


def test_an_empty_table_has_no_class():
    found = measure(held([], ["q", "s"]), "people", ["q"], ["s"])
    assert (found.records, found.classes, found.k, found.prosecutor) == (0, 0, 0, 0)
    assert found.sensitive[0].diversity == 0


def test_what_is_not_known_is_a_value_like_any_other():
    found = measure(held([(None, "x"), (None, "x"), ("a", None)], ["q", "s"]), "people", ["q"])
    assert (found.classes, found.k, found.uniques) == (2, 1, 1)


def test_columns_may_have_any_name():
    connection = duckdb.connect()
    connection.execute('CREATE TABLE people AS SELECT 1 AS "her ""age""", 2 AS "select"')
    assert measure(connection, "people", ['her "age"'], ["select"]).k == 1


VALUE = st.sampled_from(["x", "y", "z", None])
ROWS = st.lists(st.tuples(VALUE, VALUE, st.sampled_from(["1", "2"]), VALUE), max_size=25)


def plain(rows, population):
    """Return the measures as their definitions read, with loops."""
    classes, everybody = defaultdict(list), Counter(row[:3] for row in population)
    for *quasi, value in rows:
        classes[tuple(quasi)].append(value)
    shares = {value: count / len(rows) for value, count in Counter(r[3] for r in rows).items()}
    diversity, distance, marketer = [], [], 0.0
    for quasi, values in classes.items():
        counted = Counter(values)
        diversity.append(len(counted))
        distance.append(
            sum(abs(counted[v] / len(values) - share) for v, share in shares.items()) / 2
        )
        marketer += len(values) / max(everybody[quasi], len(values)) / len(rows)
    sizes = [len(values) for values in classes.values()]
    return {
        "k": min(sizes),
        "classes": len(sizes),
        "uniques": sizes.count(1),
        "share_in_small": sum(size for size in sizes if size < 5) / len(rows),
        "prosecutor": max(1 / size for size in sizes),
        "journalist": max(1 / max(everybody[q], len(v)) for q, v in classes.items()),
        "marketer": marketer,
        "diversity": min(diversity),
        "closeness": max(distance),
    }


@settings(max_examples=30, deadline=None)
@given(rows=ROWS.filter(bool), others=ROWS, few_values=st.sampled_from([0, 32]))
def test_as_brute_force_has_it(rows, others, few_values):
    connection = held(rows, (*QUASI, "issue"))
    hold(connection, rows + others, (*QUASI, "issue"), "everybody")
    with pytest.MonkeyPatch.context() as patch:  # by one statement, and by one of its own
        patch.setattr(measures, "FEW_VALUES", few_values)
        found = measure(connection, "people", QUASI, ["issue"], population="everybody")
    expected = plain(rows, rows + others)
    for name in ("diversity", "closeness"):
        assert getattr(found.sensitive[0], name) == pytest.approx(expected.pop(name)), name
    for name, value in expected.items():
        assert getattr(found, name) == pytest.approx(value), name


@settings(max_examples=15, deadline=None)
@given(rows=st.lists(
    st.tuples(*[st.sampled_from(["x", "y"])] * 3, st.sampled_from(["p", "q", "r"])),
    min_size=2, max_size=40,
))  # fmt: skip
def test_as_pycanon_has_it(rows):
    frame = pd.DataFrame(rows, columns=[*QUASI, "issue"])
    found = measure(held(rows, (*QUASI, "issue")), "people", QUASI, ["issue"])
    spread = found.sensitive[0]
    assert found.k == anonymity.k_anonymity(frame, list(QUASI))
    assert spread.diversity == anonymity.l_diversity(frame, list(QUASI), ["issue"])
    assert spread.closeness == pytest.approx(
        anonymity.t_closeness(frame, list(QUASI), ["issue"]), abs=1e-9
    )


def test_several_sensitive_columns_each_with_its_own_spread():
    rows = [("a", "x", str(number)) for number in range(40)] + [("b", "x", "0"), ("b", "y", "0")]
    found = measure(held(rows, ["q", "few", "many"]), "people", ["q"], ["many", "few"])
    assert [(one.column, one.diversity) for one in found.sensitive] == [("many", 1), ("few", 1)]
    # by hand: "0" is 3 of 42 in all and 2 of 2 in class b; "y" is 1 of 42 and 1 of 2
    assert found.sensitive[0].closeness == pytest.approx(1 - 3 / 42)
    assert found.sensitive[1].closeness == pytest.approx(1 / 2 - 1 / 42)


def test_the_floor_refuses_one_class_too_small_and_an_empty_table():
    connection = held([("a",)] * 3 + [("b",)] * 2, ["q"])
    check_floor(connection, "people", ["q"], floor=2)
    with pytest.raises(BelowFloor, match="at least 3 women must be alike, and the smallest"):
        check_floor(connection, "people", ["q"], floor=3)
    with pytest.raises(BelowFloor, match="Nobody is left"):
        check_floor(held([], ["q"]), "people", ["q"], floor=2)
