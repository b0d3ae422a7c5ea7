"""Issues recorded together, women by area and by recorded disability, counted by hand."""

from hypothesis import given, settings
from hypothesis import strategies as st

from casescope.dataset.frame import COMBINATIONS, GROUPED
from casescope.findings.together import NONE, label
from tests.unit.findings.builders import computed, dataset, many, numbers

STANDING = """
woman tier no_tier
ann   T1   -
bea   T1   -
cat   T1   -
dee   T1   -
eve   T3   -
fay   -    outside_age
"""
ISSUES = """
woman issue               timing            state
ann   domestic_abuse      at_latest_removal yes
ann   mental_health       at_latest_removal yes
ann   alcohol             at_latest_removal yes
ann   drugs               at_latest_removal yes
bea   domestic_abuse      at_latest_removal yes
bea   mental_health       at_latest_removal no
bea   mental_health       ever              yes
cat   learning_disability at_latest_removal yes
cat   drugs               ever              yes
eve   domestic_abuse      at_latest_removal yes
eve   physical_health     ever              no
fay   alcohol             at_latest_removal yes
ann   physical_health     ever              yes
ann   learning_disability ever              no
dee   learning_disability ever              no
"""


def found():
    return computed(dataset(standing=STANDING, issue=ISSUES))


def test_each_woman_in_t1_is_in_one_combination():
    #                                                       removal ever
    assert numbers(found(), "issues_together") == {
        "Domestic abuse + Mental ill-health + Alcohol or drugs": (1, 0),
        "Domestic abuse + Mental ill-health":                    (0, 0),
        "Domestic abuse + Alcohol or drugs":                     (0, 0),
        "Mental ill-health + Alcohol or drugs":                  (0, 0),
        "Domestic abuse":                                        (1, 0),
        "Mental ill-health":                                     (0, 1),
        "Alcohol or drugs":                                      (0, 1),
        NONE:                                                    (2, 2),
        "Total":                                                 (4, 4),
    }  # fmt: skip


def test_the_eight_combinations_are_all_there_are_each_once():
    assert len(set(COMBINATIONS)) == 8
    assert len({label(members) for members in COMBINATIONS}) == 8
    assert (label(COMBINATIONS[0]), label(COMBINATIONS[-1])) == (" + ".join(GROUPED), NONE)


def test_rows_with_and_without_an_issue_are_named_as_known_from_elsewhere():
    table = found().table("issues_together")
    labels = [row.labels[0] for row in table.rows]
    assert len(table.sums) == 6
    with_abuse, without = ({labels[at] for at in rows} for rows in table.sums[:2])
    assert all("Domestic abuse" in name for name in with_abuse)
    assert with_abuse | without == {*labels} - {"Total"}
    assert len(with_abuse) == len(without) == 4


def test_disability_as_recorded_at_any_time():
    rows = numbers(found(), "disability")
    #                                T1 at most T2 T3
    assert rows["Recorded"] == (1, 1, 0, 0)
    assert rows["Recorded no"] == (1, 1, 0, 1)
    assert rows["Not recorded"] == (2, 2, 0, 0)


def test_an_area_with_few_women_of_the_tiers_is_not_named():
    women = "woman area\n" + "\n".join(
        (many("a", 12, "#", "Easton"), many("b", 9, "#", "Weston"), many("c", 3, "#", "Not~known"))
    )
    tiers = "woman tier\n" + "\n".join(
        (many("a", 12, "#", "T1"), many("b", 9, "#", "T3"), many("c", 3, "#", "T1"))
    )
    assert numbers(computed(dataset(woman=women, standing=tiers)), "areas") == {
        "Easton":      (12, 12, 0, 0),
        "Other areas": (0, 0, 0, 9),
        "Not known":   (3, 3, 0, 0),
        "Total":       (15, 15, 0, 9),
    }  # fmt: skip


def test_without_a_place_lookup_no_area_is_told():
    con = dataset(woman="woman\nann", standing="woman tier\nann T1")
    assert numbers(computed(con), "areas") == {"Total": (0, 0, 0, 0)}


WOMEN = st.lists(
    st.dictionaries(
        st.sampled_from(("domestic_abuse", "mental_health", "alcohol", "drugs", "housing")),
        st.sampled_from(("yes", "no")),
    ),
    max_size=9,
)


@settings(max_examples=25, deadline=None)
@given(WOMEN)
def test_parts_of_prevalence_sum_to_the_women_and_intervals_hold_their_shares(women):
    con = dataset(standing="woman tier\n" + many("w", len(women), "#", "T1"))
    rows = [(f"w{at}", issue, state) for at, told in enumerate(women)
            for issue, state in told.items()]  # fmt: skip
    for woman, issue, state in rows:
        con.execute("INSERT INTO issue VALUES ('strict', 'broad', ?, ?, 'structured', 'ever', ?)",
                    [woman, issue, state])  # fmt: skip
    findings = computed(con)
    for row in findings.table("issues_t1_ever").rows:
        yes, no, blank, of_all, of_recorded = row.cells
        assert yes.n + no.n + blank.n == len(women)
        for share in (of_all, of_recorded):
            if share.of:
                assert share.lower <= share.n / share.of <= share.upper
    together = findings.table("issues_together")
    labels = {row.labels[0]: row.cells[1].n for row in together.rows}
    abuse = findings.table("issues_t1_ever").rows[0].cells[0].n
    assert labels["Total"] == len(women)
    assert sum(n for name, n in labels.items() if "Domestic abuse" in name) == abuse
