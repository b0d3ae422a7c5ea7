"""One drawn table for each kind of statistic: what each pack shows of it, and what the record says.

`opensafely` hides 0 to 7 and rounds to 5, `hes` hides 1 to 7 and rounds to 5, `ons10` hides 0 to 9,
`dfe` hides 1 to 5, `working` nothing; the last three do not round.
"""

import json
from dataclasses import asdict, replace

import pytest

from casescope.disclosure import record, release
from casescope.disclosure.cells import is_dominated
from casescope.disclosure.pack import PACKS, PUBLIC, load
from casescope.disclosure.statistics import RULES
from casescope.findings.finding import (
    Amount,
    Comparison,
    Count,
    Rate,
    Ratio,
    Reading,
    Share,
    Statistic,
    Top,
)
from casescope.findings.survival import Step
from tests.unit.disclosure.drawn import curve, findings, table

FEW, TOO_FEW = "few", "too few to show"
WORDS = {"opensafely": "7 or fewer", "hes": "1 to 7", "ons10": "fewer than 10",
         "dfe": "confidential (c)"}  # fmt: skip


def told(cell, pack):
    """Return one cell as released, and its line of the record."""
    out = release(findings(table({"row": (cell,)})), pack=pack)
    return out.table("t").rows[0].cells[-1], record(out)["figures"][-1]


#     cell                       opensafely  hes   ons10 dfe   working
DRAWN = [
    ("count", Count(0),          (FEW,       "0",  FEW,  "0",  "0")),
    ("count", Count(1),          (FEW,       FEW,  FEW,  FEW,  "1")),
    ("count", Count(5),          (FEW,       FEW,  FEW,  FEW,  "5")),
    ("count", Count(6),          (FEW,       FEW,  FEW,  "6",  "6")),
    ("count", Count(8),          ("10",      "10", FEW,  "8",  "8")),
    ("count", Count(12),         ("10",      "10", "12", "12", "12")),
    # percentages: 15 of 25 stays so when rounded; 12 of 32 becomes 10 of 30
    ("percentage", Share(15, 25),   ("60%",  "60%", "60%", "60%", "60%")),
    ("percentage", Share(12, 32),   ("33%",  "33%", "38%", "38%", "38%")),
    ("percentage", Share(3, 52),    (FEW,    FEW,   FEW,   FEW,   "6%")),
    ("percentage", Share(0, 52),    (FEW,    "0%",  FEW,   "0%",  "0%")),
    # all, or nearly all: 20 of 20 + 7 is 74%; not rounded, 20 - 9 of 20 is 55%, 20 - 5 of 20 75%
    ("full", Share(20, 20),  ("74% or more", "74% or more", "55% or more", "75% or more", "100%")),
    ("full", Share(18, 20),  ("74% or more", "74% or more", "55% or more", "75% or more", "90%")),
    # means: 40 over 8 is 40 over 10 when rounded
    ("mean", Ratio(40, 8),       ("4.0",     "4.0", TOO_FEW, "5.0", "5.0")),
    ("mean", Ratio(40, 7),       (TOO_FEW,   TOO_FEW, TOO_FEW, "5.7", "5.7")),
    ("mean", Ratio(40, 5),       (TOO_FEW,   TOO_FEW, TOO_FEW, TOO_FEW, "8.0")),
    ("mean", Statistic(3.14, 9),     ("3.1", "3.1", TOO_FEW, "3.1", "3.1")),
    ("mean", Statistic(3.14, 5),     (TOO_FEW, TOO_FEW, TOO_FEW, TOO_FEW, "3.1")),
    ("median", Statistic(7.0, 10, what="median"),   ("7.0", "7.0", "7.0", "7.0", "7.0")),
    ("median", Statistic(7.0, 5, what="median"),    (TOO_FEW, TOO_FEW, TOO_FEW, TOO_FEW, "7.0")),
    # least and greatest: one person's, however many there are
    ("extreme", Statistic(9.0, 900, what="greatest"), (*(TOO_FEW,) * 4, "9.0")),
    ("extreme", Statistic(1.0, 900, what="least"),    (*(TOO_FEW,) * 4, "1.0")),
    # rates: 13 events in 98 woman-years are 15 in 100 when rounded
    ("rate", Rate(13, 35795),    ("0.15",    "0.15", "0.13", "0.13", "0.13")),
    ("rate", Rate(7, 35795),     (TOO_FEW,   TOO_FEW, TOO_FEW, "0.07", "0.07")),
    # amounts: 1,004 weeks of 20 people; the two with most have 904 (90.04%), or 903 (89.9%)
    ("amount", Amount(1004, 20, Top(500, 404)), (*(TOO_FEW,) * 4, "1,004")),
    ("amount", Amount(1004, 20, Top(500, 403)), (*("1,000",) * 4, "1,004")),
    ("amount", Amount(1004, 5, Top(100, 90)),   (*(TOO_FEW,) * 4, "1,004")),
    ("mean", Ratio(1004, 20, top=Top(500, 404)),
     (*(TOO_FEW,) * 4, "50.2")),
]  # fmt: skip
CASES = [
    (rule, cell, pack, seen)
    for rule, cell, row in DRAWN
    for pack, seen in zip(("opensafely", "hes", "ons10", "dfe", "working"), row, strict=True)
]


@pytest.mark.parametrize(("rule", "cell", "pack", "seen"), CASES)
def test_each_statistic_follows_the_rule_of_its_pack(rule, cell, pack, seen):
    made, line = told(cell, pack)
    assert made.shown == (WORDS[pack] if seen is FEW else seen)
    assert made.hidden is (seen in (FEW, TOO_FEW) or seen.endswith("or more"))
    assert line["hidden"] is made.hidden
    assert bool(line["why"]) is made.hidden
    usual = {"full": "percentage"}.get(rule, rule)
    special = {"0": "zero"}.get(made.shown, "full" if "or more" in made.shown else usual)
    assert line["rule"] == special


@pytest.mark.parametrize(("rest", "hidden"), [(89, True), (90, False)])
def test_an_amount_is_hidden_where_the_second_could_work_out_the_first(rest, hidden):
    """p-ratio: all but two have less than a tenth of the 900 that the greatest has."""
    pack = load("ons10")
    pack = replace(pack, dominance=replace(pack.dominance, n=1))  # 900 of 1,109 is under 90%
    assert is_dominated(pack, 900 + 120 + rest, Top(900, 120)) is hidden


def test_who_has_most_of_an_amount_is_in_nothing_released():
    out = release(findings(table({"row": (Amount(1004, 20, Top(501, 203)),)})))
    text = json.dumps([out.to_json(), record(out)])
    assert not any(number in text for number in ("501", "203"))


@pytest.mark.parametrize("pack", PACKS)
def test_a_total_adds_up_what_is_shown_or_is_a_figure_of_its_own(pack):
    drawn = table({"a": (28,), "b": (8,), "c": (3,), "d": (120,), "e": (60,), "f": (50,),
                   "Total": (269,)})  # fmt: skip
    total = release(findings(drawn), pack=pack).table("t").cell("c0", "Total")
    # opensafely: 30 + 10 + 120 + 60 + 50; hes: 269 rounded by itself
    assert total.shown == {"opensafely": "270", "hes": "270"}.get(pack, "269")
    lone = table({"a": (22,), "b": (22,), "c": (22,), "d": (3,), "Total": (69,)})
    total = release(findings(lone), pack=pack).table("t").cell("c0", "Total")
    assert total.shown == {"opensafely": "60", "hes": "70"}.get(pack, "69")


@pytest.mark.parametrize("pack", PUBLIC)
def test_a_row_in_which_all_are_alike_does_not_say_so(pack):
    """All 20 women have it: yes 20, no 0, not recorded 0, and they are all women of the group."""
    row = (20, 0, 0, Share(20, 20, rests_on=("c0",)))
    cells = release(findings(table({"row": row}, parts=3)), pack=pack).table("t").rows[0].cells
    assert cells[0].hidden or pack == "opensafely"
    assert sum(cell.hidden for cell in cells[:3]) > 1
    assert cells[3].shown.endswith("% or more")


def test_all_alike_is_shown_to_staff_who_hold_the_records():
    row = (20, 0, 0, Share(20, 20, rests_on=("c0",)))
    out = release(findings(table({"row": row}, parts=3)), pack="working")
    assert [cell.shown for cell in out.table("t").rows[0].cells] == ["20", "0", "0", "100%"]


@pytest.mark.parametrize("pack", PUBLIC)
def test_none_of_a_curve_is_not_told_from_a_few(pack):
    """No event, or 5 of them, among 60 who were followed: nothing of the curve tells which."""
    none, few = (
        release(findings(curves=(curve([Step(40, events, 0), Step(900, 0, 60 - events)]),)),
                pack=pack).curve("curve")
        for events in (0, 5)
    )  # fmt: skip
    assert asdict(none) == asdict(few)
    assert none.hidden
    assert none.events.shown == {**WORDS, "hes": "7 or fewer"}[pack]


def test_staff_who_hold_the_records_see_each_step_of_a_curve():
    steps = [Step(20, 1, 0), Step(50, 1, 1), Step(900, 0, 7)]
    made = release(findings(curves=(curve(steps),)), pack="working").curve("curve")
    # 10 women; the month ends of days 31 and 61: 1 of 10, then 9/10 x 8/9
    assert [(p.day, p.at_risk, p.estimate) for p in made.points[:3]] == [
        (0, 10, 0.0), (31, 10, 0.1), (61, 9, 0.2),
    ]  # fmt: skip
    assert (made.women.shown, made.events.shown) == ("10", "2")


def test_a_curve_of_ons10_moves_in_nines():
    """10 to 18 become 14 and 19 to 27 become 23: 12 events of 40 women, 40 becoming 41."""
    steps = [Step(20, 12, 0), Step(900, 0, 28)]
    made = release(findings(curves=(curve(steps),)), pack="ons10").curve("curve")
    assert (made.women.shown, made.events.shown) == ("41", "14")
    assert made.points[1].estimate == round(14 / 41, 4)


def test_a_median_read_off_a_curve_and_a_test_have_lines_of_their_own():
    one = curve([Step(day, 3, 0) for day in range(30, 900, 30)])
    drawn = table({"row": (Reading("curve", "median"), Reading("curve", day=365.25),
                           Comparison(("curve",), 0.004))})  # fmt: skip
    lines = record(release(findings(drawn, curves=(one,))))["figures"]
    assert [line["rule"] for line in lines[:3]] == ["median", "curve", "chance"]
    assert {line["figure"] for line in lines[3:]} == {"women", "events", "steps"}


def test_an_area_has_the_rule_of_areas():
    drawn = replace(table({"North": (20,), "South": (3,), "Other areas": (31,), "Total": (54,)}),
                    dimensions=("Area",))  # fmt: skip
    lines = record(release(findings(drawn)))["figures"]
    assert [line["rule"] for line in lines] == ["area", "area", "area", "total"]
    assert [line["hidden"] for line in lines] == [True, True, False, False]


def test_dfe_rounds_a_table_of_the_whole_country_to_10():
    drawn = replace(table({"a": (1234,), "b": (14,), "c": (3,), "d": (0,)}), area="national")
    rows = release(findings(drawn), pack="dfe").table("t").rows
    assert [row.cells[0].shown for row in rows] == ["1,230", "10", "low (k)", "0"]


def test_two_figures_that_read_alike_have_like_lines():
    """A small count and its companion both read withheld: why must not tell them apart."""
    out = release(findings(table({"a": (3,), "b": (40,), "Total": (43,)})))
    small, companion, _ = record(out)["figures"]
    assert {**small, "row": ""} == {**companion, "row": ""}


@pytest.mark.parametrize("pack", PACKS)
def test_the_record_has_a_sentence_for_each_statistic_and_says_what_is_ours(pack):
    found = record(release(findings(), pack=pack))
    assert set(found["rules"]) == {rule.id for rule in RULES}
    assert all(sentence.endswith(".") for sentence in found["rules"].values())
    assert found["ours"]
    assert found["pack"] == pack
    json.dumps(found)


#                        T1, at most   of dfe                        of opensafely
NESTED = [((126, 139), ["126", "139"], ["125", "140"]),
          ((126, 129), ["126", "confidential (c)"], ["125", "130"]),
          ((126, 126), ["126", "126"], ["125", "125"])]  # fmt: skip


@pytest.mark.parametrize(("counts", "exact", "rounded"), NESTED)
@pytest.mark.parametrize("across", [True, False])
def test_a_whole_that_less_its_part_leaves_a_few_is_withheld_where_counts_are_exact(
    counts, exact, rounded, across
):
    """139 - 126 = 13 are enough; 129 - 126 = 3 are not; nobody in between is nobody's secret."""
    if across:
        drawn = replace(table({"row": counts}), nested=(("c0", "c1"),))
    else:
        rows = dict(zip(("T1", "T1 at most"), ((n,) for n in counts), strict=True))
        drawn = replace(table(rows), nested=(("T1", "T1 at most"),))
    for pack, seen in (("dfe", exact), ("opensafely", rounded)):
        out = release(findings(drawn), pack=pack).table("t")
        assert [cell.shown for row in out.rows for cell in row.cells] == seen
