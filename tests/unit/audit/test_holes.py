"""Holes worked out by hand: each is found, told with its tables, and closed by the fix."""

from fractions import Fraction

import pytest

from casescope.disclosure.audit import AuditRules, Cell, Figure, Place, audit, difference, ratio
from casescope.disclosure.audit.fix import propose
from casescope.kernel.errors import FiguresDisagree
from tests.unit.audit.published import figures, ranges, told

NEEDS = """
    needs | district=South need=CSE | c1-4
    needs | district=South need=DV  | 55
    needs | district=North need=CSE | 20
    needs | district=North need=DV  | 40
"""


def test_a_table_with_a_hidden_cell_and_no_total_gives_nothing_away():
    done = audit(figures(NEEDS))
    assert done.passed
    assert ranges(done) == {"district South, need CSE": (1, 4)}


def test_a_second_table_gives_it_away_by_subtraction_and_both_are_named():
    done = audit(figures(NEEDS + "districts | district=South | 58"))
    assert told(done) == {"district South, need CSE": ("exact", 3, 3)}  # 58 - 55
    because = done.failures[0].because
    assert "districts" in because
    assert "needs" in because
    assert because.index("districts") < because.index("minus") < because.index("needs")
    assert [done.figures[n].place.table for n in done.failures[0].by] == ["needs", "districts"]


def test_an_edition_months_apart_gives_it_away():
    later = NEEDS.replace("needs", "2026/needs").replace("c1-4", "3")
    assert told(audit(figures(NEEDS + later)))["district South, need CSE"] == ("exact", 3, 3)


def test_a_public_total_gives_it_away_and_is_never_what_the_fix_hides():
    done = audit(figures(NEEDS + "dfe | district=South | known 58"))
    assert told(done) == {"district South, need CSE": ("exact", 3, 3)}
    fix = propose(done, ways=["hide"])[0]
    assert [fix.after[n].place.row for n in fix.withheld] == ["district=South need=DV"]


def test_what_public_figures_alone_give_away_has_no_fix():
    done = audit(
        figures("""
        needs | district=South need=CSE | c1-4
        dfe   | district=South need=CSE | known 3
    """)
    )
    assert told(done) == {"district South, need CSE": ("exact", 3, 3)}
    assert propose(done) == ()


def test_a_percentage_with_its_base_gives_it_away():
    south, cse = (
        Cell.of("women", {"district": "South"}),
        Cell.of("women", {"district": "South", "need": "CSE"}),
    )
    share = ratio(Place("rates", "South"), cse, south, Fraction(45, 1000), Fraction(55, 1000))
    more = figures("districts | district=South | 58")
    done = audit([*figures("needs | district=South need=CSE | c1-4"), *more, *share])
    assert told(done) == {"district South, need CSE": ("exact", 3, 3)}  # 5% of 58: 2.6 to 3.2


def test_a_change_since_the_last_edition_gives_it_away():
    now, then = (Cell.of("women", {"year": year}) for year in ("2026", "2025"))
    change = difference(Place("text"), now, then, -7, -7)
    done = audit(
        [
            *figures("""
        first  | year=2025 | 10
        second | year=2026 | c1-4
    """),
            change,
        ]
    )
    assert told(done)["year 2026"] == ("exact", 3, 3)


def test_tiers_that_are_subsets_of_one_another_leave_a_small_group():
    """At least T2 (58) without T1 alone (55): three women are T2, though no table has T2."""
    groups = {"tier": {"T1/2": frozenset({"T1", "T2"})}}
    done = audit(
        figures("""
        one | tier=T1       | 55
        two | tier=T1/2 | 58
    """),
        groups=groups,
        more={"tier": frozenset({"T3"})},
    )
    assert told(done) == {"tier T1/2 without tier T1": ("implied", 3, 3)}
    assert propose(done, ways=["hide"])[0].loss.cells == 1


def test_overlapping_classifications_are_told_apart():
    """16-45 and 40-60 overlap: 40-45 is 12 + 9 - 18 = 3 by their union."""
    groups = {
        "age": {
            "16-45": frozenset({"16-39", "40-45"}),
            "40-60": frozenset({"40-45", "46-60"}),
        }
    }
    done = audit(
        figures("""
        one | age=16-45 | 12
        two | age=40-60 | 9
        all |           | 18
        own | age=40-45 | c
    """),
        groups=groups,
    )
    assert told(done)["age 40-45"] == ("exact", 3, 3)


def test_margins_of_three_way_tables_narrow_what_no_single_table_does():
    """Every two-way margin of a 2 x 2 x 2 table leaves one number open; a 0 settles it."""
    text = """
        ab | a=0 b=0 | 5
        ab | a=0 b=1 | 9
        ab | a=1 b=0 | 9
        ab | a=1 b=1 | 9
        ac | a=0 c=0 | 7
        ac | a=0 c=1 | 7
        ac | a=1 c=0 | 9
        ac | a=1 c=1 | 9
        bc | b=0 c=0 | 5
        bc | b=0 c=1 | 9
        bc | b=1 c=0 | 11
        bc | b=1 c=1 | 7
        abc | a=0 b=0 c=0 | c
    """
    # a0b0c0 = x: a0b1c0 = 7-x, a1b0c0 = 5-x, a1b1c0 = 11-7+x = 4+x; a1b1c1 = 9-(4+x) = 5-x;
    # a0b0c1 = 5-x, a0b1c1 = 9-(7-x) = 2+x, a1b0c1 = 4+x: so 0 <= x <= 5
    assert ranges(audit(figures(text))) == {"a 0, b 0, c 0": (0, 5)}
    # a1b1c1 = 5-x is printed as 3, so x is 2
    done = audit(figures(text + "abc | a=1 b=1 c=1 | 3"))
    assert told(done)["a 0, b 0, c 0"] == ("exact", 2, 2)


def test_everybody_of_a_group_in_one_hidden_category_is_told():
    done = audit(
        figures("""
        needs | district=South need=DV  | 0
        needs | district=South need=CSE | c1-7
        sizes | district=South          | 3..6
    """)
    )
    assert told(done)["all of district South are district South, need CSE"][0] == "all"
    assert audit(figures(NEEDS), rules=AuditRules(full_cells=True)).passed


def test_full_cells_pass_where_the_rules_let_them():
    text = "needs | need=CSE | 12\nsizes | | 12"
    assert told(audit(figures(text))) == {"all of everybody are need CSE": ("all", 0, 0)}
    assert audit(figures(text), rules=AuditRules(full_cells=False)).passed
    same = text.replace("sizes", "needs")
    assert audit(figures(same)).passed, "one table prints both: nothing is worked out"


def test_a_proved_nobody_fails_only_where_zeros_are_disclosive():
    text = "one | need=DV | 9\none | need=CSE | c\nall | | 9"
    assert audit(figures(text), rules=AuditRules(full_cells=False)).passed
    strict = AuditRules(full_cells=False, zeros=True)
    assert told(audit(figures(text), rules=strict)) == {"need CSE": ("none", 0, 0)}


@pytest.mark.parametrize(
    ("both", "hidden", "fails"),
    [
        (2, "c1-7", "exact"),  # 1 and 1
        (4, "c1-7", "narrow"),  # 1 to 3
        (5, "c1-7", None),  # 1 to 4
        (13, "c1-7", "narrow"),  # 6 to 7
        (2, "w", None),  # 0 to 2: it may be nobody
        (0, "w", None),  # nobody, and no woman is told of
    ],
)
def test_two_hidden_parts_are_as_safe_as_their_sum_leaves_room(both, hidden, fails):
    done = audit(
        figures(f"""
        one | need=A | {hidden}
        one | need=B | {hidden}
        one | need=C | 10
        all |        | {10 + both}
    """),
        rules=AuditRules(implied=False, full_cells=False),
    )
    assert {kind for kind, *_ in told(done).values()} == ({fails} if fails else set())


@pytest.mark.parametrize(
    ("both", "is_told"),
    [("54", True), ("50", False), ("58", False), ("52..55", False), ("53..54", True)],
)
def test_categories_that_nobody_printed_are_no_small_group_together(both, is_told):
    """54 less 20 and 30 are four of A or B, though each may be nobody to four."""
    done = audit(
        figures(f"""
        one | need=A | w
        one | need=B | w
        one | need=C | 20
        one | need=D | 30
        all |        | {both}
    """)
    )
    assert ("everybody without need C, need D" in told(done)) is is_told
    if is_told:
        assert told(done)["everybody without need C, need D"][0] == "implied"
        assert propose(done, ways=["hide"])[0].loss.cells == 1


def test_figures_that_contradict_each_other_are_named_and_only_those():
    text = NEEDS + "districts | district=South | 54\ndistricts | district=North | 60"
    with pytest.raises(FiguresDisagree) as refused:
        audit(figures(text))
    assert "districts, district=South" in refused.value.sentence
    assert "need=DV" in refused.value.sentence
    assert "North" not in refused.value.sentence


def test_percentages_that_no_whole_people_make_are_refused():
    """Between 30% and 40% of exactly one woman there is none."""
    one, part = Cell.of("women"), Cell.of("women", {"need": "CSE"})
    share = ratio(Place("rates"), part, one, Fraction(3, 10), Fraction(4, 10))
    rest = Figure(Place("t"), ((1, Cell.of("women", {"need": "DV"})),), 0, None)
    with pytest.raises(FiguresDisagree):
        audit([Figure(Place("all"), ((1, one),), 1, 1), *share, rest])


def test_a_dimension_of_one_category_has_others_that_nobody_named():
    """Else everybody would be a care leaver."""
    done = audit(figures("flags | leaver=yes | c\nall | | 40"))
    assert ranges(done) == {"leaver yes": (0, 40)}
