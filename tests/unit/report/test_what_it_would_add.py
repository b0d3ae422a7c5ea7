"""What a practice would add: where it flips first, never a saving alone, released figures only."""

import json
from dataclasses import replace

import pytest

from casescope.disclosure.release import release
from casescope.findings.finding import Count, Rate
from casescope.findings.value.results import LEAD
from casescope.governance.study_file.value import CostLines
from casescope.report import as_json, render_html
from casescope.report.charts.kinds import Decision, Intervals
from casescope.report.document import Callout, Figure, Paragraph, Points, Table
from casescope.report.model import modelled
from casescope.report.prose import pounds, rate_words
from casescope.report.sections import first_page, what_it_would_add
from tests.unit.report.county import ASSUMED, county, study_facts


def section(released, **changes):
    study = study_facts(**changes)
    return what_it_would_add.section(released, study, modelled(released, study))


def words(blocks):
    """Every sentence of some blocks, figures' and tables' words left out."""
    for block in blocks:
        match block:
            case Paragraph(text, lead):
                yield f"{lead} {text}".strip()
            case Points(items):
                yield from words(items)
            case Callout(title, inner):
                yield title
                yield from words(inner)


def said(made):
    return " ".join([made.title, *words(made.blocks),
                     *(said(inner) for inner in made.sections)])  # fmt: skip


def test_without_assumptions_it_says_what_is_missing_and_gives_no_saving(released):
    made = section(released)
    text = " ".join(words(made.blocks))
    assert made.title == "What a practice would add can’t be worked out yet"
    for name in ("Share of women who complete", "avoided during it", "avoided after it",
                 "only come later"):  # fmt: skip
        assert name in text
    assert "What happens to children removed" not in text  # that the records show
    assert "saves £" not in text
    assert not [block for block in made.blocks if isinstance(block, Figure)]


def test_the_condition_that_needs_no_assumption(released):
    """205 children (204) in 1,010 woman-years, 22 women for 18 months: 33 x 0.203 = 6.7 children.

    A practice of £294,000 a year costs £441,000: £65,800 for each of 6.7.
    """
    text = " ".join(words(section(released).blocks))
    assert "local rate of 0.20 (likely range 0.18 to 0.23)" in text
    assert "about 7 more children removed in 18 months" in text
    assert "about £441,000 in that time (2018-19 prices)" in text
    assert "would have to save £65,800" in text


def test_where_it_flips_comes_first(released):
    made = section(released, **ASSUMED)
    first, chart, *_ = made.blocks
    assert "pays for itself where at least" in first.text
    assert "The local rate is 0.20 (likely range 0.18 to 0.23): all of its range lies" in first.text
    assert isinstance(chart, Figure)
    assert chart.chart.flip is not None
    (_, at_none), (rate, net) = chart.chart.line
    assert at_none < 0 < rate
    assert chart.chart.line[0][0] == 0
    crossing = rate * -at_none / (net - at_none)  # a straight line
    assert chart.chart.flip.at == pytest.approx(crossing)
    assert [mark.at for mark in chart.chart.marks] == [0.10, 0.20, 0.26, 0.53]


def test_no_saving_stands_without_its_range_and_the_chance(released):
    text = " ".join(words(section(released, **ASSUMED).blocks))
    saying = text[text.index("At the local rate of") :]
    assert saying.count("likely range") >= 4  # cost, saving, what is left, rate at break-even
    assert "it breaks even at a rate of" in saying
    assert "The chance that it pays for itself is" in saying


AMOUNTS = ("Saving", "Net value", "Saving for each £1", "Cost", "Removal rate",
           "Effect in the programme", "Share who complete")  # fmt: skip


def tables(made):
    for block in made.blocks:
        if isinstance(block, Table):
            yield block
        elif isinstance(block, Figure):
            yield block.table
    for inner in made.sections:
        yield from tables(inner)


def test_no_table_gives_an_amount_without_its_range_beside_it(released):
    """The tornado's table gives the ends of a range; the two-way table has ranges in its cells."""
    found = {table.id: table for table in tables(section(released, **ASSUMED))}
    checked = 0
    for name, table in found.items():
        for at, head in enumerate(table.head):
            if head in AMOUNTS and name != "table-value-moved":
                assert table.head[at + 1] == "Likely range (95%)", (name, head)
                checked += 1
    assert checked == 10
    *rows, flips = found["table-value-two-way"].rows
    assert all(" to " in cell for row in rows for cell in row.cells[1:-1])
    assert flips.cells[0] == "Breaks even at a rate of"
    assert all(" to " in cell for cell in flips.cells[1:-1])
    assert all(" to " in row.cells[-1] or row.cells[-1] == "none (over 100%)" for row in rows)


def test_every_assumption_is_marked_where_it_touches_the_result(released):
    text = said(section(released, **ASSUMED))
    assert text.count("An assumption of the study; no source.") == 4


def test_alternatives_and_area_results_are_named_and_enter_nothing(released):
    for changes in ({}, ASSUMED):
        text = said(section(released, **changes))
        for needed in ("Doing nothing", "asks nothing about contraception", "14.4", "£4.50",
                       "£7.61", "enter no figure here"):  # fmt: skip
            assert needed in text


def test_regression_to_the_mean_in_two_sentences(released):
    text = said(section(released))
    assert "regression to the mean" in text
    assert "leaves out the removals that brought a woman in" in text


def test_costs_that_nobody_gave_are_named(released):
    text = said(section(released, **ASSUMED))
    assert "Nobody gave a cost for an adoption, adoption allowances" in text


def test_prices_that_cannot_be_told_in_one_year_stop_the_model(released):
    mixed = {**ASSUMED, "costs": replace(ASSUMED["costs"], proceedings="9000 in 2019-20")}
    made = section(released, **mixed)
    assert "prices of 2025-26 in one year" in " ".join(words(made.blocks))
    assert made.title.endswith("can’t be worked out yet")


def test_a_rate_that_is_hidden_is_missing():
    made = section(moved(children=7, years=1000), **ASSUMED)
    text = " ".join(words(made.blocks))
    assert "Too few removals can be shown for a local removal rate." in text
    assert "has not stated" not in text  # the study stated all that it can state
    assert "The rate above" not in said(made)


def moved(children, years):
    """The county with a few more or fewer children and years behind its leading rate."""
    exact = county()
    table = exact.table("rate")
    days = round(years * 365.25)
    cells = (table.rows[0].cells[0], Count(children), Count(years),
             Rate(children, days, table.rows[0].cells[3].rests_on))  # fmt: skip
    changed = replace(table, rows=(replace(table.rows[0], cells=cells), *table.rows[1:]))
    tables = tuple(changed if one.id == "rate" else one for one in exact.tables)
    return release(replace(exact, tables=tables))


def test_exact_counts_cannot_be_read_off_the_model():
    """203 to 207 children are all 205 as released; so the model must say the same of them."""
    told = [json.dumps(as_json(moved(children, years), study_facts(**ASSUMED))["value"])
            for children, years in ((203, 1008), (205, 1010), (207, 1012))]  # fmt: skip
    assert len(set(told)) == 1
    assert "views" in told[0]


def test_a_published_rate_is_said_on_every_page(released):
    published = {**ASSUMED, "value": replace(ASSUMED["value"], rate_source="published",
                                             published_rate=0.53)}  # fmt: skip
    page = render_html(released, study=study_facts(**published))
    assert page.count("rests on a published removal rate, not a local one") >= 2
    made = section(released, **published)
    assert "published: 0.53" in made.title
    assert made.blocks[1].chart.local is None
    assert "published removal rate" not in render_html(released, study=study_facts(**ASSUMED))


def test_the_first_page_says_where_it_flips(released):
    study = study_facts(**ASSUMED)
    model = modelled(released, study)
    told = first_page.decision(released, study, model)
    assert told.title == "Where the answer flips"
    assert "assumptions that nobody has measured" in " ".join(words([told]))


@pytest.mark.parametrize(
    ("week", "told"),
    [("100", "changes above that range, at"), ("1000", "Within that range the answer changes: at"),
     ("3000", "changes below that range, at")],
)  # fmt: skip
def test_the_first_page_says_whether_it_flips_between_the_published_rates(released, week, told):
    costs = replace(ASSUMED["costs"], own_foster_week=f"{week} in 2025-26")
    study = study_facts(value=ASSUMED["value"], costs=costs)
    model = modelled(released, study)
    flip = model.results.flips[LEAD].rate
    assert (flip > 0.53, flip < 0.20) == ("above" in told, "below" in told)
    at, low, high = map(rate_words, (flip, *model.results.flip_ranges[LEAD].rate))
    assert f"{told} {at} (likely range {low} to {high})" in " ".join(
        words([first_page.decision(released, study, model)])
    )


def test_the_fourth_figure_is_how_near_the_decision_is_to_flipping(released):
    study = study_facts(**ASSUMED)
    model = modelled(released, study)
    near = first_page.key_figures(released, study, model)[3]
    flip = model.results.flips[LEAD].rate
    assert near.value == model.rate.shown
    assert near.range.startswith("likely range")
    low, high = model.results.flip_ranges[LEAD].rate
    assert low < flip < high
    assert near.range.endswith(f"; a practice breaks even at {flip:.2f} (likely range {low:.2f} "
                               f"to {high:.2f}), over 4 years")  # fmt: skip


def test_without_assumptions_the_fourth_figure_says_what_is_missing(released):
    study = study_facts()
    near = first_page.key_figures(released, study, modelled(released, study))[3]
    assert "breaks even at" not in near.range
    assert near.range.endswith("assumptions are missing")


def test_the_first_page_has_the_decision_chart_where_it_can_be_drawn(released):
    for stated, drawn in ((ASSUMED, Decision), ({}, Intervals)):
        study = study_facts(**stated)
        chart = first_page.chart(released, study, modelled(released, study))
        assert isinstance(chart.chart, drawn)


def test_every_input_says_where_it_comes_from(released):
    """One removal: 60% at 60 weeks of £500, 40% at 200 weeks, and £9,000 of proceedings each."""
    made = section(released, **ASSUMED)
    rests_on = next(one for one in made.sections if one.id == "rests-on")
    table = next(block for block in rests_on.blocks if getattr(block, "id", "").endswith("inputs"))
    told = {row.cells[0]: row.cells[1:] for row in table.rows}
    assert all(len(row.cells) == 3 and row.cells[2] for row in table.rows)
    assert told["Cost: the authority’s own cost of proceedings"][1] == "stated by the study"
    whole = told["One removal, up to 18 years: all that the authority spends"][0]
    assert whole == "£67,000, 2025-26 prices"  # 0.6 x 30,000 + 0.4 x 100,000 + 9,000


def inputs_of(made):
    rests_on = next(one for one in made.sections if one.id == "rests-on")
    table = next(block for block in rests_on.blocks if getattr(block, "id", "").endswith("inputs"))
    return {row.cells[0]: row.cells[1:] for row in table.rows}


def test_without_stated_pathways_the_cost_comes_from_what_was_seen_of_babies(released):
    """265 babies, 13,550 weeks with foster carers at £500 and £9,000 of proceedings for each.

    9,000 + 500 x 13,550 / 265 = 34,566; weeks with family and those of adoption have no cost here.
    """
    lines = replace(ASSUMED["value"], pathways=None)
    made = section(released, value=lines, costs=ASSUMED["costs"])
    told = inputs_of(made)
    assert told["Course of care 1"] == (
        "under 1; 57%; 50 weeks own foster, 20 weeks placed for adoption; adoption",
        "local: finding care_paths",
    )
    assert "Course of care 4" in told
    assert "Course of care 5" not in told
    assert told["One removal, up to 18 years: all that the authority spends"][0] == (
        "£34,600, 2025-26 prices"
    )
    assert "A programme puts off births" in said(made)


def test_a_county_too_small_to_show_any_course_must_state_one():
    lines = replace(ASSUMED["value"], pathways=None)
    made = section(release(county(0.02)), value=lines, costs=ASSUMED["costs"])
    assert "to say what happens to children removed" in " ".join(words(made.blocks))


def test_the_tornado_and_its_table_say_the_same(released):
    made = section(released, **ASSUMED)
    rests_on = next(one for one in made.sections if one.id == "rests-on")
    chart = next(block for block in rests_on.blocks if isinstance(block, Figure))
    rows = {row.cells[0]: row.cells for row in chart.table.rows}
    for swing in chart.chart.rows:
        assert rows[swing.label][1:] == (swing.low_words, pounds(swing.low), swing.high_words,
                                         pounds(swing.high))  # fmt: skip


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (293_725, "£294,000"), (-1_234_567, "−£1,230,000"), (57_102, "£57,100"), (0, "£0"),
        (86.44, "£86.4"), (4.5, "£4.50"), (999_600, "£1,000,000"),
    ],
)  # fmt: skip
def test_pounds_to_three_significant_figures(value, told):
    assert pounds(value) == told


def test_a_path_that_nobody_costed_is_no_path_without_a_saving(released):
    """Kinship care has no default cost: that is not the same as costing nothing."""
    lines = replace(ASSUMED["value"], pathways=("under 1 | 100% | kinship 60 | guardianship",))
    study = study_facts(value=lines, costs=CostLines(court=None))
    model = modelled(released, study)
    told = what_it_would_add.section(released, study, model)
    assert told.title == "Where a practice breaks even can’t be worked out without costs"
    near = first_page.key_figures(released, study, model)[3]
    assert "at no rate" not in near.range


def test_the_pool_is_held_against_the_places_of_all_groups(released):
    """125 women for ten groups of 22 one after another: 220 places."""
    lines = replace(ASSUMED["value"], cohorts=10)
    told = " ".join(words(section(released, value=lines, costs=ASSUMED["costs"]).blocks))
    assert "for 220 places (10 groups of 22, one after another)" in told
    assert ": too few to fill them." in told
