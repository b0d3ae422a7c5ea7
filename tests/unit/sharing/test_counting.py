"""Queries against plain Python over the same women: who is counted, and what may be told of it."""

import re
from collections import defaultdict
from pathlib import Path

import pytest

from casescope.dataset.sharing.opening import open_in_memory
from casescope.disclosure.queries import HIDDEN, ROUNDED, counted, counted_beside
from casescope.disclosure.told_sets import read_told
from casescope.findings.finding import Count
from casescope.findings.query import count, facts, vetted
from casescope.findings.query.counting import TOTAL
from casescope.findings.query.of_report import sets_of_report
from casescope.findings.shared_dataset import compute
from casescope.kernel.errors import InputRefused
from tests.unit.sharing.drawn import crowd, packed, woman

WOMEN, ISSUES = crowd(900)


@pytest.fixture(scope="module")
def connection():
    with open_in_memory(packed(WOMEN, ISSUES)) as opened:
        yield opened


def having(issue=None, timing=None, state=None):
    """Return the women of whom such an issue is told."""
    return {
        token for token, *rest in ISSUES
        if all(want in (None, got) for want, got in zip((issue, timing, state), rest, strict=True))
    }  # fmt: skip


ALCOHOL, YES = having("alcohol", "ever", "yes"), having(state="yes")
EITHER = {one: having(one, "ever", "yes") for one in ("alcohol", "drugs")}
MENTAL = having("mental_health", "ever", "yes")
HERS = {one["woman"]: [] for one in WOMEN}
for token, *rest in ISSUES:
    HERS[token].append(tuple(rest))
QUERIES = {
    "SELECT ethnicity, count(*) FROM shared_woman GROUP BY ethnicity":
        lambda w: [(w["ethnicity"],)],
    "SELECT tier, pregnant FROM shared_woman": lambda w: [(w["tier"], str(w["pregnant"]).lower())],
    "SELECT woman, area FROM shared_woman WHERE tier IN ('T1', 'T2')":
        lambda w: [(w["area"],)] if w["tier"] in ("T1", "T2") else [],
    "SELECT CASE WHEN age IN ('under 20', '20–24') THEN 'young' ELSE 'older' END AS g, tier, "
    "count(DISTINCT woman) FROM shared_woman GROUP BY ALL":
        lambda w: [("young" if w["age"] in ("under 20", "20–24") else "older", w["tier"])],
    "SELECT TRY_CAST(children AS INTEGER) AS n FROM shared_woman WHERE tier <> 'T4'":
        lambda w: [(w["children"] if w["children"].isdigit() else "not recorded",)]
        if w["tier"] != "T4" else [],
    "SELECT count(*) FROM shared_woman WHERE woman IN (SELECT woman FROM shared_issue "
    "WHERE issue = 'alcohol' AND timing = 'ever' AND state = 'yes')":
        lambda w: [()] if w["woman"] in ALCOHOL else [],
    "SELECT count(*) FROM shared_woman WHERE woman NOT IN (SELECT woman FROM shared_issue "
    "WHERE issue = 'alcohol' AND timing = 'ever' AND state = 'yes') AND NOT pregnant":
        lambda w: [()] if w["woman"] not in ALCOHOL and not w["pregnant"] else [],
    "SELECT w.tier FROM shared_woman w WHERE EXISTS (SELECT 1 FROM shared_issue i WHERE "
    "w.woman = i.woman AND i.state = 'yes')": lambda w: [(w["tier"],)] if w["woman"] in YES else [],
    "SELECT w.area, i.issue FROM shared_woman w JOIN shared_issue i USING (woman) "
    "WHERE i.timing = 'current' AND i.state = 'yes' AND w.tier = 'T1'":
        lambda w: [(w["area"], issue) for issue, timing, state in HERS[w["woman"]]
                   if (timing, state, w["tier"]) == ("current", "yes", "T1")],
    "SELECT i.state FROM shared_woman w LEFT JOIN shared_issue i ON i.woman = w.woman "
    "AND i.issue = 'drugs' AND i.timing = 'ever'":
        lambda w: [(state,) for issue, timing, state in HERS[w["woman"]]
                   if (issue, timing) == ("drugs", "ever")]
        or [("not recorded",)],
    "SELECT a.issue, b.issue FROM shared_issue a JOIN shared_issue b ON a.woman = b.woman "
    "WHERE a.timing = 'ever' AND b.timing = 'ever' AND a.state = 'yes' AND b.state = 'yes' "
    "AND a.issue IN ('alcohol', 'drugs') AND b.issue LIKE 'mental%'":
        lambda w: [(one, "mental_health") for one, who in EITHER.items()
                   if w["woman"] in who & MENTAL],
}  # fmt: skip


def by_hand(query):
    """Return the women of each group, worked out one woman at a time."""
    found = defaultdict(set)
    for one in WOMEN:
        for group in QUERIES[query](one):
            found[group].add(one["woman"])
    return found


@pytest.mark.parametrize("query", QUERIES, ids=lambda sql: sql[:50])
def test_each_group_holds_the_women_that_it_should(query, connection):
    found = count(vetted(query, connection), connection)
    expected = by_hand(query)
    numbers = {row.labels: row.cells[0].n for row in found.table.rows[:-1]}
    assert numbers == {group: len(who) for group, who in expected.items() if group}
    everybody = set().union(*expected.values())
    assert found.table.rows[-1].cells[0].n == len(everybody) > 20
    place = {
        token: len(WOMEN) - 1 - at for at, token in enumerate(sorted(w["woman"] for w in WOMEN))
    }
    for row, bits in zip(found.table.rows[:-1], found.sets, strict=False):
        assert bits == sum(1 << place[token] for token in expected[row.labels])


def seen(answered):
    return {row.labels: row.cells[0].shown for row in answered.table.rows}


@pytest.mark.parametrize("query", QUERIES, ids=lambda sql: sql[:50])
def test_what_is_told_is_rounded_and_never_small(query, connection):
    found = seen(ask(connection, query, pack="opensafely"))
    expected = {group: len(who) for group, who in by_hand(query).items() if group}
    listed = {group: shown for group, shown in found.items() if group[0] != TOTAL}
    assert set(listed) <= set(expected)
    for group, shown in listed.items():
        number = int(shown.replace(",", ""))
        assert number % 5 == 0
        assert abs(number - expected[group]) <= 2
        assert expected[group] > 7
    large = [group for group, number in expected.items() if number > 7]
    assert len(listed) >= 0.6 * len(large)  # the others are companions, or near to one told


SMALL = [
    *(woman(at, area="North") for at in range(20)),
    *(woman(at + 50, area="South", tier="T2") for at in range(15)),
    *(woman(at + 100, area="East", tier="T3") for at in range(4)),
]


@pytest.fixture(scope="module")
def small():
    with open_in_memory(packed(SMALL)) as opened:
        yield opened


def ask(connection, sql, told=b"", pack="dfe"):
    """Ask beside what earlier answers told alone, as if there were no report."""
    tokens = sorted(
        one for (one,) in connection.execute("SELECT woman FROM shared_woman").fetchall()
    )
    return counted_beside(vetted(sql, connection), connection, pack, read_told(told, tokens))


def test_a_lone_small_group_takes_another_with_it_and_neither_is_listed(small):
    answered = ask(small, "SELECT area FROM shared_woman")
    assert seen(answered) == {("North",): "20", (TOTAL,): "40"}
    assert HIDDEN in answered.table.caveats


@pytest.mark.parametrize("pack", ["dfe", "hes", "ons10", "opensafely"])
def test_counts_are_rounded_to_five_under_every_rule(connection, pack):
    answered = ask(connection, "SELECT tier, age FROM shared_woman", pack=pack)
    values = [row.cells[0].value for row in answered.table.rows if not row.cells[0].hidden]
    assert len(values) > 15
    assert all(value % 5 == 0 for value in values)
    assert (ROUNDED in answered.table.caveats) == (pack in ("dfe", "ons10"))


@pytest.mark.parametrize("pack", ["dfe", "hes", "ons10", "opensafely"])
def test_that_nobody_is_so_and_so_is_not_told(small, pack):
    few = ask(small, "SELECT count(*) FROM shared_woman WHERE area = 'East'", pack=pack)
    none = ask(small, "SELECT count(*) FROM shared_woman WHERE area = 'West'", pack=pack)
    assert seen(few) == seen(none) == {(TOTAL,): "withheld"}
    assert few.table.caveats == none.table.caveats


@pytest.mark.parametrize("pack", ["dfe", "hes", "ons10", "opensafely"])
@pytest.mark.parametrize(
    "words",
    ["area = 'North' OR {}", "NOT ({})", "area <> 'South' AND NOT ({})", "{}",
     "area = 'North' AND NOT ({})"],
)  # fmt: skip
def test_what_is_put_to_a_told_set_or_taken_off_is_never_told_to_be_nobody(small, pack, words):
    """Else each woman could be asked for in turn: withheld if she is there, told if not."""
    told = ask(small, "SELECT count(*) FROM shared_woman WHERE area = 'North'", pack=pack).told
    few, none = (
        ask(small, f"SELECT count(*) FROM shared_woman WHERE {words.format(who)}", told, pack)
        for who in ("area = 'East' AND tier = 'T3'", "area = 'East' AND tier = 'T4'")
    )
    assert seen(few) == seen(none) == {(TOTAL,): "withheld"}
    assert few.table == none.table
    grouped = [
        ask(small, f"SELECT CASE WHEN {who} THEN 1 END FROM shared_woman", told, pack).table
        for who in ("area = 'East' AND tier = 'T3'", "area = 'East' AND tier = 'T4'")
    ]
    assert grouped[0] == grouped[1]


def test_nor_is_it_told_by_asking_for_the_drawn_set_first(small):
    for who in ("area = 'East' AND tier = 'T3'", "area = 'East' AND tier = 'T4'"):
        drawn = f"SELECT count(*) FROM shared_woman WHERE area = 'North' OR ({who})"
        told = ask(small, drawn, pack="opensafely").told
        plain = ask(small, "SELECT count(*) FROM shared_woman WHERE area = 'North'", told,
                    "opensafely")  # fmt: skip
        assert seen(plain) == {(TOTAL,): "withheld"}


def test_every_row_of_one_woman_is_told_as_no_row_at_all(connection):
    answered = ask(connection, "SELECT * FROM shared_woman")
    assert len(count(vetted("SELECT * FROM shared_woman", connection), connection).sets) > 500
    assert [row.labels[0] for row in answered.table.rows] == [TOTAL]
    assert HIDDEN in answered.table.caveats


def test_a_query_of_too_many_groups_is_refused_and_small_ones_are_not_counted_for_it(connection):
    """SELECT * above makes over 500 groups of one woman; here are over 200 of more than 9."""
    letters = ", ".join(f"CASE WHEN i.issue = '{one}' THEN 1 END" for one in ("alcohol", "drugs"))
    many = (f"SELECT i.issue, i.timing, i.state, w.area, w.tier, {letters} FROM shared_woman w "
            "JOIN shared_issue i USING (woman)")  # fmt: skip
    with pytest.raises(InputRefused, match="too many groups"):
        count(vetted(many, connection), connection)


def test_all_rows_of_a_few_kinds_of_women_are_told_as_kinds(small):
    answered = ask(small, "SELECT * FROM shared_woman")
    assert [row.cells[0].shown for row in answered.table.rows] == ["20", "40"]
    assert "North" in answered.table.rows[0].labels


def test_who_is_everybody_less_a_few_is_withheld(small):
    """39 women less the 4 in the East: whoever knows that there are 39 would learn of the 4."""
    answered = ask(small, "SELECT count(*) FROM shared_woman WHERE area <> 'East'")
    assert seen(answered) == {(TOTAL,): "withheld"}
    assert HIDDEN in answered.table.caveats
    grouped = ask(small, "SELECT area, count(*) FROM shared_woman WHERE area <> 'East' GROUP BY 1")
    assert "20" in seen(grouped).values()
    assert seen(grouped)[TOTAL,] == "withheld"
    assert ("South",) not in seen(grouped)


def test_a_set_near_to_one_told_before_is_withheld_and_the_same_by_other_words(small):
    first = ask(small, "SELECT count(*) FROM shared_woman WHERE area = 'North'")
    assert seen(first) == {(TOTAL,): "20"}
    again = ask(small, "SELECT area FROM shared_woman WHERE area = 'North'", first.told)
    assert seen(again) == {(TOTAL,): "withheld"}
    both = ask(
        small, "SELECT count(*) FROM shared_woman WHERE area IN ('North', 'East')", first.told
    )
    assert seen(both) == {(TOTAL,): "withheld"}
    assert HIDDEN in both.table.caveats
    # without the record of what was told it would have passed: 24 of 39 are neither few nor near
    fresh = ask(small, "SELECT count(*) FROM shared_woman WHERE area IN ('North', 'East')")
    assert seen(fresh) == {(TOTAL,): "25"}
    # and then the first would not
    after = ask(small, "SELECT count(*) FROM shared_woman WHERE area = 'North'", fresh.told)
    assert seen(after) == {(TOTAL,): "withheld"}


def test_two_sets_that_leave_out_a_few_between_them_are_not_both_told(small):
    north = ask(small, "SELECT count(*) FROM shared_woman WHERE area = 'North'")
    south = ask(small, "SELECT count(*) FROM shared_woman WHERE area = 'South'", north.told)
    assert seen(south) == {(TOTAL,): "withheld"}


def test_what_was_told_is_remembered_across_a_correction(small):
    told = ask(small, "SELECT count(*) FROM shared_woman WHERE area = 'North'").told
    corrected = [one for one in SMALL if one["woman"] != SMALL[0]["woman"]]
    with open_in_memory(packed(corrected)) as later:
        same = ask(later, "SELECT count(*) FROM shared_woman WHERE area = 'North'", told)
        assert seen(same) == {(TOTAL,): "withheld"}  # the record of the session has its answer
        near = ask(later, "SELECT count(*) FROM shared_woman WHERE area <> 'South'", told)
        assert seen(near) == {(TOTAL,): "withheld"}


def test_the_examples_of_the_reference_page_are_answered(connection):
    page = Path(__file__).parents[3] / "docs" / "reference" / "query.md"
    (block,) = re.findall(r"```sql\n(.*?)```", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    asked = [one for one in block.split(";") if one.strip()]
    assert len(asked) == 4
    for sql in asked[:3]:
        assert len(ask(connection, sql, pack="opensafely").table.rows) > 2
    assert facts(vetted(asked[3], connection), connection).columns == ("name", "value")


def test_a_record_that_is_not_whole_stops_the_telling(small):
    whole = ask(small, "SELECT area FROM shared_woman").told
    for damaged in (b"x", whole[:-1], whole + b"x", whole[:20], b"x" + whole):
        with pytest.raises(InputRefused, match="cannot be read"):
            ask(small, "SELECT area FROM shared_woman", damaged)


def test_what_three_sets_tell_together_is_withheld_where_the_report_is_not_rounded(small):
    """All 39 less 20 less 15 are 4; so are 39 less (20 and 15 together)."""
    both = ask(small, "SELECT count(*) FROM shared_woman WHERE area IN ('North', 'South')")
    assert seen(both) == {(TOTAL,): "withheld"}
    women = [*SMALL, *(woman(at + 200, area="West", age="30–34") for at in range(40))]
    with open_in_memory(packed(women)) as more:
        told = b""
        for sql in ("area <> 'West'", "area = 'North'"):
            answered = ask(more, f"SELECT count(*) FROM shared_woman WHERE {sql}", told)
            assert not answered.table.rows[0].cells[0].hidden
            told = answered.told
        south = "SELECT count(*) FROM shared_woman WHERE area = 'South'"
        assert seen(ask(more, south, told)) == {(TOTAL,): "withheld"}
        # a pack whose reports round blurs every sum of three; pairs alone are held apart there
        assert seen(ask(more, south, told, pack="opensafely")) == {(TOTAL,): "15"}


def test_what_the_report_tells_was_told_before_the_first_query(connection):
    """No released count of the report is of women who are not among the sets taken as told."""
    found = compute(connection)
    sizes = {one.bit_count() for one in sets_of_report(connection)}
    for table in found.tables:
        for row in table.rows:
            for cell in row.cells:
                if isinstance(cell, Count) and table.unit == "women" and cell.n > 7:
                    assert cell.n in sizes, (table.id, row.labels)
    sql = "SELECT count(*) FROM shared_woman WHERE tier = 'T1' AND ethnicity = 'White'"
    query = vetted(sql, connection)
    first = counted(query, connection, "opensafely")
    assert len(read_told(first.told, sorted(one["woman"] for one in WOMEN)).sets) > 200
    assert seen(counted(query, connection, "opensafely", first.told)) == seen(first)


def test_a_query_too_near_to_the_report_is_withheld():
    """T1 of the report are 30; those of them who are not the one in the East are 29."""
    women = [woman(at, area="East" if at == 3 else "North") for at in range(30)]
    women += [woman(at, tier="T3", children="1") for at in range(50, 80)]
    with open_in_memory(packed(women)) as opened:
        sql = "SELECT count(*) FROM shared_woman WHERE tier = 'T1' AND area <> 'East'"
        answered = counted(vetted(sql, opened), opened, "opensafely")
        assert seen(answered) == {(TOTAL,): "withheld"}
        beside = ask(opened, sql, pack="opensafely")
        assert seen(beside) == {(TOTAL,): "30"}


def test_no_told_pair_of_many_queries_differs_by_few(connection):
    """Every pair of sets told, and each with everybody, is the same or far enough apart."""
    told = b""
    for query in QUERIES:
        told = ask(connection, query, told).told
    tokens = sorted(one["woman"] for one in WOMEN)
    sets = [(1 << len(WOMEN)) - 1, *read_told(told, tokens).sets]
    assert len(sets) > 40
    for at, one in enumerate(sets):
        for other in sets[:at]:
            apart = (one ^ other).bit_count()
            assert min(apart, len(WOMEN) - apart) == 0 or min(apart, len(WOMEN) - apart) > 5
