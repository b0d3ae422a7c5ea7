"""Tiers, headline, ages and flow on a county small enough to count by hand."""

from casescope.findings.finding import Ratio, Sum, Text
from tests.unit.findings.builders import computed, dataset, numbers

WOMEN = """
woman age ethnicity
ann   19  White
bea   20  Black
cat   45  White
dee   34  Not~recorded
eve   35  Other
fay   29  White
gil   24  White
"""

# ann, bea: T1 (bea only in the broad count). cat: T2 because nobody knows where a child lives.
# dee: T2, unknown, but pregnant too. eve: T2, a child recorded with her. fay: T3. gil: T4.
STANDING = """
removals woman tier no_tier    removed_children events repeat_events in_her_care pregnant
broad    ann   T1   -          3                2      1             no          false
broad    bea   T1   -          2                1      0             no          false
broad    cat   T2   -          2                2      1             unknown     false
broad    dee   T2   -          4                3      2             unknown     true
broad    eve   T2   -          2                2      1             recorded    false
broad    fay   T3   -          1                1      0             unknown     false
broad    gil   T4   -          0                0      0             recorded    true
strict   ann   T1   -          2                2      1             no          false
strict   bea   T3   -          1                1      0             no          false
strict   cat   -    no_removal 0                0      0             unknown     false
wide     ann   T1   -          3                2      1             no          false
wide     cat   T2   -          3                3      2             unknown     false
"""

FLOW = """
step kind  name            women
1    stock person~records  9
2    out   same~woman      2
3    stock women           7
4    tier  T1              7
"""


def county():
    return computed(dataset(woman=WOMEN, standing=STANDING, flow=FLOW), authority="Exampleshire")


def test_tiers_under_three_counts_and_t1_as_a_range():
    assert numbers(county(), "tiers") == {
        #             broad strict wide
        "T1":         (2, 1, 1),
        "T2":         (3, 0, 1),
        "T3":         (1, 1, 0),
        "T4":         (1, 0, 0),
        "T1 at most": (3, 1, 2),  # cat joins; dee doesn't, because she is pregnant as well
    }  # fmt: skip


def test_the_headline_counts():
    rows = {row.labels[0]: row.cells for row in county().table("headline").rows}
    assert [cell.n for cell in rows["Women in T1"]] == [2, 3]
    assert rows["Women at risk (T3 and T4)"][0] == Sum((1, 1))
    assert [cell.n for cell in rows["Children removed from women in T1"]] == [3 + 2, 3 + 2 + 2]
    assert rows["Children removed from women in T1 and T2"][0].n == 3 + 2 + 2 + 4 + 2
    assert rows["Children removed for each woman in T1"] == (Ratio(5, 2), Text(""))
    assert rows["Women with a repeat removal"][0].n == 4  # ann, cat, dee, eve


def test_tiers_split_by_events_with_a_new_child():
    assert numbers(county(), "tiers_by_events") == {
        "T1": (1, 1),
        "T2": (3, 0),
        "T1 at most": (2, 1),  # cat joins
    }


def test_ages_at_the_edges_of_the_bands():
    assert numbers(county(), "ages") == {
        "Under 20":    (1, 1, 0, 0),  # ann, 19
        "20–24":       (1, 1, 0, 0),  # bea, 20; gil, 24, is in T4
        "25–29":       (0, 0, 0, 1),  # fay, 29
        "30–34":       (0, 0, 1, 0),  # dee, 34
        "35–39":       (0, 0, 1, 0),  # eve, 35
        "40 and over": (0, 1, 1, 0),  # cat, 45, in T1 at most
        "Total":       (2, 3, 3, 1),
    }  # fmt: skip


def test_ethnic_groups_keep_not_recorded_apart():
    found = numbers(county(), "ethnicity")
    assert found["White"] == (1, 2, 1, 1)
    assert found["Not recorded"] == (0, 0, 1, 0)
    assert found["Total"] == (2, 3, 3, 1)


def test_the_flow_keeps_its_order_and_kinds():
    rows = county().table("flow").rows
    assert [(row.labels, row.cells[0].n) for row in rows] == [
        (("person records", "stock"), 9),
        (("same woman", "out"), 2),
        (("women", "stock"), 7),
        (("T1", "tier"), 7),
    ]


def test_another_linkage_is_another_county():
    con = dataset(standing="linkage woman tier\nlenient zoe T1")
    assert numbers(computed(con), "tiers")["T1"] == (0, 0, 0)


def test_captions_name_the_authority_and_the_day():
    table = county().table("tiers")
    assert table.source == "Council records of Exampleshire, to 1 January 2025"
    assert table.period == "At 1 January 2025"
    assert county().table("headline").period == "1 January 2020 to 1 January 2025"


def test_every_title_has_ten_words_or_fewer():
    found = county()
    titles = [x.title for x in (*found.tables, *found.curves)]
    assert [title for title in titles if len(title.split()) > 10] == []
    ids = [x.id for x in (*found.tables, *found.curves)]
    assert len(set(ids)) == len(ids)
