"""How soon again: what is said of groups, newborns and competing ends, from released figures."""

import pytest

from casescope.disclosure.released import ReleasedCell
from casescope.report.charts.kinds import CurvePanels
from casescope.report.document import Figure, Paragraph, Table
from casescope.report.sections import how_soon, how_soon_newborns
from casescope.report.sections import how_soon_groups as groups


def chance(value, shown):
    return ReleasedCell("chance", shown, value)


def said(section):
    return " ".join(b.text for b in section.blocks if isinstance(b, Paragraph))


@pytest.mark.parametrize(
    ("cell", "title", "words"),
    [
        (chance(0.001, "under 1 in 1,000"), "Age groups differ by more than chance",
         "larger than chance would usually make: chance alone would make as much in under 1 in "
         "1,000 such studies"),
        (chance(1.0, "1 in 20 or more"), "Differences between age groups could be chance",
         "could be chance: chance alone would make as much in 1 in 20 or more"),
        (ReleasedCell("chance", "a group is too small", hidden=True),
         "Further removals over time, by age", "too small to say whether the age groups differ"),
        (None, "Further removals over time, by age", "too small to say"),
    ],
)  # fmt: skip
def test_the_log_rank_test_is_said_in_words(cell, title, words):
    assert groups.title(groups.AGE, cell) == title
    assert words in groups.verdict(groups.AGE, cell)


def panels(released, division):
    figures = [b for b in groups.blocks(released, division) if isinstance(b, Figure)]
    return [figure.chart for figure in figures if isinstance(figure.chart, CurvePanels)]


def test_each_group_has_a_panel_with_the_women_still_followed(released):
    (chart,) = panels(released, groups.AGE)
    labels = [curve.label for curve in chart.curves]
    assert labels == ["Under 20", "20–24", "25–29", "30–34", "35 and over"]  # not known is hidden
    table = released.table("recurrence_age_at")
    for curve in chart.curves:
        assert curve.at_risk[0] == table.cell("Women", curve.label).shown
        assert curve.points[0].estimate > 0  # a line at 0 would read as nobody
    assert chart.whole is not None


def test_a_caution_stands_where_a_group_is_small(released, small):
    def cautions(of):
        return [b for b in groups.blocks(of, groups.NEWBORN)
                if isinstance(b, Paragraph) and "groups are small" in b.text]  # fmt: skip

    assert cautions(released) == []
    assert len(cautions(small)) == 1


def test_where_all_groups_are_hidden_a_table_stands_alone(nothing):
    assert panels(nothing, groups.DECADE) == []
    assert any(isinstance(b, Table) for b in groups.blocks(nothing, groups.DECADE))


def test_the_share_of_newborns_is_that_of_the_table(released, nothing):
    cell = released.table("repeat_newborns").cell("Share with a child under 28 days", "Strict")
    text = said(how_soon_newborns.section(released))
    assert f"{cell.shown} (likely range {cell.interval}) included a child under 28" in text
    assert "60% of repeat proceedings" in text
    assert "included a child" not in said(how_soon_newborns.section(nothing))


def test_competing_ends_are_told_beside_the_chart(released, nothing):
    table = released.table("recurrence_at")
    competing = table.cell("Strict, competing ends", "5")
    text = how_soon.competing_said(table)
    assert f"by 5 years is {competing.shown} (likely range {competing.interval})" in text
    assert f"beside {table.cell('Strict', '5').shown} on the chart" in text
    assert how_soon.competing_said(nothing.table("recurrence_at")) == ""
    assert how_soon.competing_said(None) == ""


def test_competing_ends_never_raise_the_share(released):
    for row in released.table("recurrence_at").rows:
        broad, competing = row.cells[0], row.cells[1]
        assert competing.value <= broad.value
