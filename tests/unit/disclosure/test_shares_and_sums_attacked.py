"""Nobody works a count that is withheld out of a share, of a sum, or of what is named at all."""

from itertools import product

import pytest

from casescope.disclosure.audit import Cell
from casescope.disclosure.cells import NEARLY_ALL, behind_least_share, share
from casescope.disclosure.pack import PUBLIC, load
from casescope.disclosure.public_figures import public_figures
from casescope.disclosure.relations.figures import Readable, figures, impossible
from casescope.disclosure.release import release
from casescope.disclosure.told import told_before
from casescope.findings.finding import Count, Findings, Row, Share, Sum, TableFinding

MOST = 260


def table(name, dimensions, columns, rows, **more):
    made = tuple(Row(labels, tuple(cells)) for labels, cells in rows)
    return TableFinding(name, name, "", dimensions, columns, made, "", "", "", **more)


def released(*tables, pack, before=()):
    return release(Findings(tables, (), {"linkage": "lenient"}), pack=pack, before=before)


@pytest.mark.parametrize("name", PUBLIC)
def test_a_least_percentage_says_what_everybody_could_work_out_of_it(name):
    """Every group up to 260 of whom nearly all share something, by the least percentage told."""
    pack = load(name)
    told = {}
    for of in range(pack.hide_at_most + 1, MOST):
        for n in range(of - pack.hide_at_most, of + 1):
            cell = share(pack, Share(n, of))
            if cell.shown.endswith(NEARLY_ALL):
                made_of = of if pack.is_exact else n
                told.setdefault(int(cell.shown.removesuffix(NEARLY_ALL)), set()).add(made_of)
    assert len(told) > 15
    for percent, made_of in told.items():
        least, most = behind_least_share(pack, percent)
        assert min(made_of) == least
        if most is not None and most < MOST - 20:
            assert max(made_of) == most


COVERAGE = ("Mother found", "No mother found", "Removed children", "Share found")


def covered(labels, found, none):
    cells = (Count(found), Count(none), Sum((found, none)),
             Share(found, found + none, rests_on=COVERAGE[:2]))  # fmt: skip
    return labels, cells


def test_what_a_least_percentage_leaves_is_no_few_children():
    """60 of 63 in 2020: "92% or more" and 160 less 100 would leave 3 to 5 without a mother."""
    out = released(
        table("coverage", ("By", "Group"), COVERAGE, [
            covered(("All", "All"), 160, 43), covered(("Year", "2019"), 100, 40),
            covered(("Year", "2020"), 60, 3),
        ]), pack="dfe")  # fmt: skip
    known = out.table("coverage")
    found = [known.cell("Mother found", *labels).value
             for labels in (("All", "All"), ("Year", "2019"), ("Year", "2020"))]  # fmt: skip
    told = known.cell("Share found", "Year", "2020").shown
    worlds = {
        none
        for none, first, second in product(range(1, 6), range(90, 110), range(50, 71))
        if all(cell in (None, n) for cell, n in
               zip(found, (first + second, first, second), strict=True))
        and (not told.endswith(NEARLY_ALL)
             or f"{100 * (second + none - 5) // (second + none)}{NEARLY_ALL}" == told)
    }  # fmt: skip
    assert max(worlds) - min(worlds) >= 3


def tiers(t3, t4):
    rows = [((name, ""), (Count(n),)) for name, n in (("T3", t3), ("T4", t4))]
    return table("tiers", ("Tier", "Who"), ("Broad",), rows)


def brief(t3, t4):
    return table("headline", ("Measure",), ("Number",),
                 [(("Women at risk (T3 and T4)",), (Sum((t3, t4)),))])  # fmt: skip


def test_a_sum_tells_no_part_that_was_withheld():
    """63 women in T3 in May and 60 in June; 90 at risk less 30 in T4 would be the 60."""
    may = told_before("May", released(tiers(63, 30), pack="dfe").to_json())
    june = released(tiers(60, 30), brief(60, 30), pack="dfe", before=[may])
    told = june.table("tiers")
    assert told.cell("Broad", "T3", "").hidden
    assert told.cell("Broad", "T4", "").value == 30
    assert june.table("headline").rows[0].cells[0].value is None


def test_a_sum_says_nothing_that_its_parts_do_not():
    june = released(tiers(60, 30), brief(60, 30), pack="dfe")
    assert june.table("headline").rows[0].cells[0].value == 90
    read = Readable(june.tables, (), load("dfe"), "lenient")
    assert [one.place.table for one in figures(read)] == ["tiers", "tiers"]


@pytest.mark.parametrize(("t3", "t4"), [(60, 30), (60, 4), (4, 3), (60, 0)])
@pytest.mark.parametrize("name", PUBLIC)
def test_what_a_sum_alone_says_is_so(name, t3, t4):
    pack = load(name)
    out = released(brief(t3, t4), pack=name)
    for one in figures(Readable(out.tables, (), pack, "lenient")):
        assert one.least <= t3 + t4 <= one.most
        assert len(one.terms) == 2


@pytest.mark.parametrize("name", PUBLIC)
def test_what_a_share_was_made_of_is_known(name):
    columns = ("Yes", "Recorded no", "Not recorded", "Share of all women",
               "Share of women recorded")  # fmt: skip
    row = (Count(40), Count(30), Count(50), Share(40, 120, rests_on=columns[:1]),
           Share(40, 70, rests_on=columns[:2]))  # fmt: skip
    out = released(table("issues_t1_ever", ("Issue",), columns, [(("Housing",), row)]), pack=name)
    read = figures(Readable(out.tables, (), load(name), "lenient"))
    told = {one.cell.categories: (one.least, one.most) for one in read if one.standing == "shown"}
    t1 = ("tier, broad", "T1")
    for cell, n in (((t1,), 120), ((("Housing, ever", "recorded"), t1), 70)):
        least, most = told[cell]
        assert least <= n <= most
        assert (least, most) == load(name).behind(load(name).rounded(n))


def test_an_area_that_is_named_has_ten_women():
    columns = ("T1", "T1 at most", "T2", "T3")
    rows = [((area,), tuple(Count(n) for n in counts)) for area, counts in
            (("North", (5, 5, 5, 0)), ("Other areas", (9, 9, 2, 1)), ("Not known", (0, 0, 0, 0)))
            ]  # fmt: skip
    out = released(table("areas", ("Area",), columns, rows), pack="dfe")
    known = impossible(Readable(out.tables, (), load("dfe"), "lenient"))
    named = [one for one in known if one.least]
    assert [(one.cell, one.least, one.most) for one in named] == [
        (Cell.of("women", {"area": "North", "tier, broad": "T1–T3"}), 10, None)
    ]


def test_a_sign_for_a_small_count_is_not_shown_where_others_say_it_is_not_so_small(tmp_path):
    """A sign for 7 or fewer, and a public range from 5 up, would leave 5 to 7 women."""
    (tmp_path / "known.csv").write_text(
        "table,row,column,count\nages,Under 20,T1,5-9\n", encoding="utf-8"
    )
    before = [public_figures(tmp_path / "known.csv", "lenient")]
    ages = table("ages", ("Age",), ("T1",), [(("Under 20",), (Count(6),)),
                                             (("20–24",), (Count(48),))])  # fmt: skip
    assert released(ages, pack="opensafely").table("ages").rows[0].cells[0].shown == "7 or fewer"
    out = released(ages, pack="opensafely", before=before)
    assert out.table("ages").rows[0].cells[0].shown == "withheld"


def test_a_public_figure_without_an_end_is_known(tmp_path):
    (tmp_path / "known.csv").write_text(
        "table,row,column,count\nages,Under 20,T1,5 or more\nages,20–24,T1,withheld\n",
        encoding="utf-8",
    )
    told = public_figures(tmp_path / "known.csv", "lenient").figures
    assert [(one.least, one.most) for one in told] == [(5, None)]


def test_a_table_of_the_whole_country_is_read_as_it_was_rounded():
    """Under dfe 123 women are 120 there, and 3 are low (k)."""
    rows = [(("Under 20",), (Count(3),)), (("20–24",), (Count(123),))]
    ages = table("ages", ("Age",), ("T1",), rows, area="national")
    out = released(ages, pack="dfe")
    read = figures(Readable(out.tables, (), load("dfe"), "lenient"))
    assert [(one.least, one.most) for one in read] == [(1, 4), (115, 124)]
