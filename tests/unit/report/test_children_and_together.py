"""What became of the children, and issues together: words, charts and what stays hidden."""

import pytest

from casescope.disclosure.release import release
from casescope.disclosure.released import ReleasedCell, ReleasedRow, ReleasedTable
from casescope.governance.study_file.value import CostLines
from casescope.report.charts.kinds import Combination, Pathway
from casescope.report.document import Figure, Table
from casescope.report.model import modelled
from casescope.report.sections import care, together
from tests.unit.report.county import ASSUMED, county, study_facts


@pytest.fixture(scope="module")
def found():
    return release(county())


def section(released, **stated):
    study = study_facts(**stated)
    return care.section(released, study, modelled(released, study))


def test_the_commonest_end_of_care_is_the_title(found):
    outcomes, by_kind = found.table("care_outcomes"), found.table("care_outcomes_by_kind")
    # adopted 255, special guardianship 210, returned 135 …: still in care, 225, is no end
    assert care.outcome_title(outcomes, by_kind) == "Care most often ended with adoption"
    assert care.outcome_title(None) == "What became of the children"


def ends(*rows):
    """Children by age, and whether they were adopted or went home; a text is a hidden cell."""
    cells = [tuple(ReleasedCell("count", one, hidden=True) if isinstance(one, str) else
                   ReleasedCell("count", str(one), float(one)) for one in row)
             for row in rows]  # fmt: skip
    made = tuple(ReleasedRow((str(at),), row) for at, row in enumerate(cells))
    columns = ("Adopted", "Returned to parents")
    return ReleasedTable("x", "X", "children", ("Age",), columns, made, "", "", "", rounded_to=5)


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (((60, 40),), "adoption"),
        (((60, 60),), "adoption or return to parents"),
        # five ages with up to 7 who went home, whom no total holds: 40 + 2 + 35 can be more
        (((60, 40), *[(0, "7 or fewer")] * 5), "adoption or return to parents"),
        (((60, 40), (0, "7 or fewer")), "adoption"),
        (((60, 40), (0, "withheld")), "adoption or return to parents"),
    ],
)
def test_an_end_that_is_hidden_at_many_ages_may_be_the_commonest(rows, told):
    assert care.outcome_title(ends(*rows)) == f"Care most often ended with {told}"


def test_what_another_table_shows_bounds_what_one_hides():
    by_age, by_kind = ends((60, 40), (0, "withheld")), ends((60, 45))
    assert care.outcome_title(by_age, by_kind) == "Care most often ended with adoption"


def test_the_pathway_draws_what_is_shown_and_lists_everything(found):
    by_age, by_kind = found.table("care_kinds_by_age"), found.table("care_outcomes_by_kind")
    figure = care.pathway(by_age, by_kind)
    assert isinstance(figure, Figure)
    assert isinstance(figure.chart, Pathway)
    shown = [cell for table in (by_age, by_kind) for row in table.rows if not row.total
             for cell in row.cells]  # fmt: skip
    drawn = [link.value for links in figure.chart.links for link in links]
    assert drawn == [cell.value for cell in shown if not cell.hidden]
    assert [row.cells[-1] for row in figure.table.rows] == [
        cell.shown for cell in shown if not cell.hidden
    ]
    assert "Thickest band to a placement: Under 1 at removal to fostered by others, 200" in (
        figure.alt
    )
    hidden = sum(cell.hidden for table in (by_age, by_kind) for row in table.rows
                 if not row.total for cell in row.cells)  # fmt: skip
    assert f"{hidden} ways are not drawn: too few to show, withheld, or nobody’s." in figure.alt
    assert "Ways that are hidden are not drawn." in figure.about


def test_without_any_figure_there_are_tables_and_no_chart():
    blocks = section(release(county(0))).blocks
    assert not any(isinstance(block, Figure) for block in blocks)
    assert [block.finding for block in blocks if isinstance(block, Table)] == [
        "care_kinds_by_age", "care_outcomes_by_kind", "care_outcomes",
    ]  # fmt: skip


def test_titles_say_weeks_and_months(found):
    assert care.weeks_title(found.table("care_weeks")) == (
        "The children have spent 101,650 weeks or more in care"
    )  # 21,700 + 61,300 + 9,020 + 7,700 + 1,930; five children’s other weeks are hidden
    assert care.weeks_title(release(county(0)).table("care_weeks")) == "Time in care so far"
    assert care.permanence_title(None) == "How long permanence takes"


def test_no_money_is_told_where_the_study_states_no_costs(found):
    assert "£" not in str(section(found))


def test_all_three_together_is_the_title_and_the_longest_line_leads(found):
    table = found.table("issues_together")
    assert together.title_of(table) == "30 women in T1 have all three issues recorded"
    rows = together.rows_of(table)
    assert not any(rows[-1].members)
    shown = [row.value for row in rows[:-1] if row.value is not None]
    assert shown == sorted(shown, reverse=True)


def test_a_combination_that_stands_out_is_named():
    rows = (Combination((True, True, False), 40, "40"), Combination((True, False, False), 20, "20"))
    assert together.chart_title(rows, 5) == "Most often together: domestic abuse, mental ill-health"
    alike = (Combination((True, True, True), 25, "25"), *rows[1:])
    assert together.chart_title(alike, 5) == "Which issues are recorded together, women in T1"
    assert together.alt(rows).endswith("domestic abuse, mental ill-health: 40; domestic abuse: 20.")


def test_few_women_make_no_chart_of_combinations():
    table = release(county(0.1)).table("issues_together")
    assert not isinstance(together.chart_of(table), Figure)


def test_weeks_are_priced_at_the_authoritys_own_costs_alone():
    """61,300 weeks fostered by others at £510 are £31,263,000; no other cost was stated."""
    stated = {"value": ASSUMED["value"], "costs": CostLines(own_foster_week="510 in 2025-26")}
    told = next(part for part in section(release(county()), **stated).sections
                if part.id == "care-weeks").blocks[-1]  # fmt: skip
    assert "about £31,300,000 so far, in 2025-26 prices" in told.text
    assert (
        "No cost was stated for: “fostered by relatives or friends”, “placed for adoption”"
        in told.text
    )


def test_a_published_cost_never_prices_weeks():
    told = next(part for part in section(release(county()), costs=CostLines()).sections
                if part.id == "care-weeks").blocks[-1]  # fmt: skip
    assert "£" not in told.text
