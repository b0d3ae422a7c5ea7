"""What a reader stumbled over in pretend counties: very small, without records, near the flip."""

import csv
import io
from dataclasses import replace

import openpyxl
import pytest

from casescope.disclosure.cells import rate, reading
from casescope.disclosure.pack import load
from casescope.disclosure.release import release
from casescope.disclosure.released import ReleasedCell
from casescope.findings.finding import Rate
from casescope.findings.survival import Estimate
from casescope.findings.value.results import LEAD
from casescope.kernel.dates import DAYS_PER_YEAR
from casescope.report.build import document
from casescope.report.charts.kinds import Bar, Bars, Intervals, Share, Shares, is_empty
from casescope.report.charts.shares import draw as draw_shares
from casescope.report.document import Figure, Table
from casescope.report.edition import Edition
from casescope.report.face import Face
from casescope.report.figures import bars_alt
from casescope.report.model import modelled
from casescope.report.numbers import ends_of, number_in
from casescope.report.prose import pounds, rate_words
from casescope.report.reading import table_of
from casescope.report.rendering import rendered
from casescope.report.sections import (
    care,
    first_page,
    how_soon,
    how_soon_groups,
    limits,
    quality,
    to_know,
    together,
    what_happened,
    what_is_missing,
    what_it_would_add,
    where_it_flips,
    who,
)
from casescope.report.sections.practice_size import t1_bar
from casescope.report.tables import shown
from tests.unit.report import said
from tests.unit.report.county import ASSUMED, county, study_facts, table

FEW = ReleasedCell("count", "7 or fewer", hidden=True)


def first_words(released, **stated):
    study = study_facts(**stated)
    made = first_page.section(released, study, modelled(released, study))
    return [text for block in made.blocks for text in said.words(block)]


def working(tables):
    """Return these tables with small counts as they are."""
    return release(replace(county(), tables=tuple(tables), curves=()), pack="working")


class TestFirstPage:
    def test_every_share_has_its_likely_range(self, released):
        told = first_words(released)
        soon = next(text for text in told if "had a further removal" in text)
        lived = next(text for text in told if "is recorded for" in text)
        assert "likely range" in soon
        assert lived.count("%") == 3 * 3  # three issues, each with both ends of its range

    def test_what_is_hidden_is_said_so_in_a_sentence(self, small):
        told = first_words(small)
        assert sum(text.startswith("Too ") for text in told) >= 2
        assert not any(text.startswith(("How soon a further", "What the women")) for text in told)

    def test_the_three_issues_are_named(self, released):
        assert any("domestic abuse, mental ill-health, and alcohol or drugs all" in text
                   for text in first_words(released))  # fmt: skip

    def test_what_it_says_of_the_women_comes_before_the_chart(self, released):
        study = study_facts(**ASSUMED)
        kinds = [type(one).__name__ for one in
                 first_page.section(released, study, modelled(released, study)).blocks]  # fmt: skip
        assert kinds[:3] == ["KeyFigures", "Points", "Figure"]

    def test_it_warns_first_where_most_mothers_were_not_found(self, released):
        few = limits.few_mothers(
            table_of(working([_coverage(225, 1950)]), "coverage"))  # fmt: skip
        assert few is not None
        assert "2,175" in few.blocks[0].text
        enough = table_of(working([_coverage(1990, 185)]), "coverage")
        assert limits.few_mothers(enough) is None  # 91%, likely range 90% to 93%
        assert limits.few_mothers(table_of(released, "coverage")) is None

    @pytest.mark.parametrize(("lost", "warned"), [(2045, True), (205, True), (200, False)])
    def test_it_warns_first_where_many_ages_are_not_known(self, lost, warned):
        """Returns alone hold no date of birth of a mother: all of 2,045 women leave for that."""
        flow = table("flow", "From all records", ("Line", "Kind"), ("Women",),
                     [("women_studied", "stock", 2045), ("age_not_known", "out", lost),
                      ("in_cohort", "stock", 2045 - lost)])  # fmt: skip
        callout = limits.unknown_ages(table_of(working([flow]), "flow"))
        assert (callout is not None) is warned
        if callout is not None:
            assert f"Of 2,045 women, {lost:,} have no date of birth" in callout.blocks[0].text

    def test_of_no_known_age_few_are_no_reason_to_warn(self, released, nothing):
        for one in (released, nothing):
            assert limits.unknown_ages(table_of(one, "flow")) is None


def _coverage(found, missing):
    from tests.unit.report.county import share

    row = ("All", "all", found, missing, found + missing, share(found, found + missing))
    return table("coverage", "Removed children whose mother was found", ("By", "Group"),
                 ("Mother found", "No mother found", "Removed children", "Share found"), [row],
                 "children")  # fmt: skip


class TestOneAndMany:
    def test_one_is_one(self):
        assert "1 woman." in bars_alt((Bar("White", 1, "1"),), "women")
        assert "1 interval." in bars_alt((Bar("Under 12 months", 1, "1"),), "intervals")

    def test_the_flow_says_one_woman_and_withheld(self):
        flow = table_of(release(county(0.05)), "flow")
        rows = {row.labels[0]: row for row in flow.rows}
        one = replace(rows["in_cohort"], cells=(ReleasedCell("count", "1", 1.0),))
        hidden = replace(one, cells=(ReleasedCell("count", "withheld", hidden=True),))
        told = [who.flow_figure(replace(flow, rows=(rows["women"], end))).alt
                for end in (one, hidden)]  # fmt: skip
        assert "then 1 woman in one of the four groups" in told[0]
        assert "withheld: women in one of the four groups" in told[1]

    def test_a_single_child_in_the_thickest_band(self):
        ages = table("care_kinds_by_age", "By age", ("Age at first removal",),
                     ("Fostered by others",), [("1–4", 1), ("5–9", 0)])  # fmt: skip
        kinds = table("care_outcomes_by_kind", "By kind", ("Longest placement",), ("Adopted",),
                      [("Fostered by others", 1)])  # fmt: skip
        released = working([ages, kinds])
        drawn = care.pathway(*(table_of(released, one.id) for one in (ages, kinds)))
        assert "1 child." in drawn.alt
        assert "1 children" not in drawn.alt
        assert len(drawn.table.rows) == 2  # nobody's way is no row

    def test_one_missing_input_is_it(self):
        assert to_know._it(["cost"]) == "it"

    def test_a_range_with_one_end_is_one_number(self):
        from casescope.report.charts.kinds import Panel

        alt = quality.trend_alt(("2020", "2021"), (Panel("Endings", (10.0, 10.0)),))
        assert "10 a year" in alt
        assert "10 to 10" not in alt

    @pytest.mark.parametrize(("babies", "told"), [
        (30, "30 of 70 removals were of children under 1"),
        (1, "1 of 41 removals was of a child under 1"),
    ])  # fmt: skip
    def test_removals_of_babies_are_told_of_all(self, babies, told):
        """One year of life against four: which group has more removals says little."""
        ages = table("removals_by_age", "Ages", ("Age",), ("Broad",),
                     [("under 1", babies), ("1–4", 30), ("5–9", 10),
                      ("Total", babies + 40)])  # fmt: skip
        assert what_happened.age_title(table_of(working([ages]), "removals_by_age")) == told

    def test_one_woman_has_all_three(self):
        found = table_of(release(county()), "issues_together")
        one = replace(found.rows[0], cells=tuple(ReleasedCell("count", "1", 1.0)
                                                 for _ in found.rows[0].cells))  # fmt: skip
        made = replace(found, rows=(one, *found.rows[1:]))
        assert together.title_of(made) == "1 woman in T1 has all three issues recorded"


class TestNothingToDraw:
    def test_bars_of_nothing_but_none_are_no_chart(self):
        assert is_empty(Bars((Bar("White", 0, "0"), Bar("Other", None, "7 or fewer"))))
        assert not is_empty(Bars((Bar("White", 5, "5"),)))

    def test_a_rate_of_none_has_a_range_and_is_drawn(self):
        assert not is_empty(Intervals((Bar("All", 0.0, "0.00", 0.0, 0.23),)))

    def test_wholes_without_a_known_size_are_no_chart(self):
        hidden = Share("Alcohol", (None, None, 55.0), None)
        assert is_empty(Shares(("Yes", "No", "Blank"), (hidden,)))
        assert not is_empty(Shares(("Yes", "No", "Blank"), (replace(hidden, whole=60.0),)))

    @pytest.mark.parametrize("shown", [(), ("not_known",)])
    def test_no_age_group_shown_means_a_table_and_no_title_on_groups(self, released, shown):
        found = table_of(released, "recurrence_by_age")
        rows = tuple(row if row.labels[0] in ("All", *shown) else
                     replace(row, cells=tuple(replace(cell, hidden=True, value=None, lower=None)
                                              for cell in row.cells))
                     for row in found.rows)  # fmt: skip
        assert isinstance(how_soon.age_figure(replace(found, rows=rows)), Table)

    def test_the_curves_that_are_drawn_are_counted(self, released):
        at = table_of(released, "recurrence_age_at")
        blocks = how_soon_groups.blocks(released, how_soon_groups.AGE)
        drawn = blocks[-1]
        assert isinstance(drawn, Figure)
        shown = sum(bool(curve.points) for curve in drawn.chart.curves)
        assert drawn.alt.lower().startswith(
            f"{('no', 'one', 'two', 'three', 'four', 'five')[shown]} "
        )
        assert len(at.rows) >= shown

    def test_lines_are_explained_only_where_they_are_drawn(self):
        small = release(county(0.02))
        told = [getattr(block, "text", "") for block in
                how_soon_groups.blocks(small, how_soon_groups.DECADE)]  # fmt: skip
        drawn = how_soon_groups.blocks(small, how_soon_groups.DECADE)[-1]
        assert isinstance(drawn, Table)
        assert not any("dotted line" in text for text in told)


class TestMoneyAndRates:
    def test_an_amount_is_told_no_more_exactly_than_its_range(self):
        """£558 with a range to £190,000 is about £1,000: three figures of the largest."""
        assert pounds(558, 190_000) == "£1,000"
        assert pounds(-455_123, 549_000) == "−£455,000"
        assert pounds(-300, 190_000) == "£0"

    def test_a_narrow_rate_has_three_decimals(self):
        """215 in 4,070 years: 0.0528, exact Poisson range 0.0460 to 0.0604 (Garwood)."""
        cell = rate(load("working"), Rate(215, round(4070 * DAYS_PER_YEAR)))
        assert (cell.shown, cell.interval) == ("0.053", "0.046 to 0.060")

    def test_a_wide_one_has_two(self):
        """10 in 200: 0.05, exact Poisson range 0.024 to 0.092."""
        cell = rate(load("working"), Rate(10, round(200 * DAYS_PER_YEAR)))
        assert (cell.shown, cell.interval) == ("0.05", "0.02 to 0.09")

    def test_a_small_rate_at_break_even_is_told_as_finely(self):
        assert (rate_words(0.0526), rate_words(0.42), rate_words(0.0)) == ("0.053", "0.42", "0.00")

    def test_where_the_net_value_may_have_either_sign_it_is_said(self, released):
        """A practice that costs about what it saves, at the local rate of 0.20."""
        value = replace(ASSUMED["value"], practice_cost=(95_000.0, 105_000.0, 115_000.0))
        study = study_facts(value=value, costs=ASSUMED["costs"])
        model = modelled(released, study)
        net = model.results.view().net
        assert net.lower < 0 < net.upper
        told = what_it_would_add._expected(study, model, model.results)
        assert "could turn out either way" in told
        assert "would be expected to" not in told

    def test_near_the_flip_the_ranges_meet_and_the_title_is_no_surer(self, released):
        """Between a local range wholly outside the flip’s range and one that holds the flip."""
        cell = modelled(released, study_facts(**ASSUMED)).rate
        model = modelled(released, study_facts(**ASSUMED))
        found = model.results
        flip = found.flips[LEAD].rate
        low, _ = found.flip_ranges[LEAD].rate
        between = replace(cell, lower=low * 0.9, upper=(low + flip) / 2)
        told = where_it_flips._beside(study_facts(**ASSUMED), replace(model, rate=between), found)
        assert "the two ranges meet" in told
        near = replace(model, rate=between)
        assert where_it_flips.decision_title(study_facts(**ASSUMED), near, found) == (
            "The local rate probably lies below where a practice pays"
        )
        around = replace(model, rate=replace(cell, lower=flip * 0.9, upper=flip * 1.1))
        assert "inside its range" in where_it_flips._beside(study_facts(**ASSUMED), around, found)

    def test_no_removal_seen_is_not_the_same_as_hidden(self, released):
        study = study_facts()
        model = modelled(released, study)
        none = replace(model, rate=ReleasedCell("rate", "0.00", 0.0, False, 0.0, 0.2306,
                                                "0.00 to 0.23", 0, 16))  # fmt: skip
        told = what_is_missing.condition_words(study, none)
        assert told.startswith("No further removal was seen in 16 woman-years")
        assert "0.00 to 0.23" in told

    def test_the_decision_chart_holds_the_range_of_the_flip(self, released):
        study = study_facts(**ASSUMED)
        model = modelled(released, study)
        chart = where_it_flips.decision_chart(study, model, model.results)
        assert chart.flips == model.results.flip_ranges[LEAD].rate


def test_t1_in_the_chart_of_places_is_the_released_figure(released):
    """A guard for the numbers of two faces of one figure."""
    assert t1_bar(table_of(released, "tiers"), "Broad", "Broad").shown == "125 to 140"


class TestNumbersForAnalysts:
    @pytest.mark.parametrize(
        ("shown", "value"),
        [("−£455,000", -455_000), ("£86.4", 86.4), ("0.053", 0.053), ("23%", 0.23), ("1,990", 1990),
         ("7 or fewer", None), ("under 1%", None), ("none", None), ("–", None)],
    )  # fmt: skip
    def test_what_is_shown_is_read_as_it_is_shown(self, shown, value):
        assert number_in(shown) == value

    @pytest.mark.parametrize(
        ("shown", "ends"),
        [("51% to 68%", (0.51, 0.68)), ("−£544,000 to −£147,000", (-544_000, -147_000)),
         ("7 or more", (7, None)), ("–", (None, None))],
    )  # fmt: skip
    def test_both_ends_of_a_range(self, shown, ends):
        assert ends_of(shown) == ends

    def test_money_can_be_added_up_in_the_workbook_and_the_csv(self, released):
        study = study_facts(**ASSUMED)
        files = rendered(released, study, (Edition.WORKING,), (Face.CSV, Face.XLSX))[
            Edition.WORKING
        ]
        text = files[Face.CSV]["value-results.csv"].decode("utf-8-sig")
        row = next(csv.DictReader(io.StringIO(text)))
        assert float(row["Net value (number)"]) == number_in(row["Net value"])
        low, high = (float(row[f"Net value: likely range (95%), {end} (number)"])
                     for end in ("from", "to"))  # fmt: skip
        assert low <= float(row["Net value (number)"]) <= high
        book = openpyxl.load_workbook(io.BytesIO(files[Face.XLSX]["report.xlsx"]))
        sheet = next(one for one in book if "What a practice would save" in (one["A1"].value or ""))
        at = [cell.value for cell in sheet[5]].index("Net value")
        assert sheet.cell(6, at + 1).value == number_in(row["Net value"])


def test_before_the_first_event_a_curve_is_not_sure():
    """Greenwood’s variance is 0 there: 0% to 0% would say that it is certain."""
    none = reading(load("working"), Estimate(0.0, 0.0, 0.0))
    assert (none.shown, none.interval, none.lower) == ("0%", "", None)
    some = reading(load("working"), Estimate(0.17, 0.03, 0.73))
    assert some.interval == "3% to 73%"


def test_the_chart_of_issues_writes_the_shares_of_its_table():
    """45, 15 and 70 of 125 women, each rounded: the last is 56%, though the bar ends at 100%."""
    parts = ("Yes", "Recorded no", "Not recorded")
    chart = Shares(parts, (Share("Drugs", (45.0, 15.0, 70.0), 125.0),))
    drawn = draw_shares(chart, 680, "t", "wide")
    assert all(f">{share}<" in drawn for share in ("36%", "12%", "56%"))
    assert ">52%<" not in drawn


def test_a_table_that_shows_nothing_takes_one_line_and_is_not_in_the_public_edition():
    nobody = release(county(0.02))
    ages = table_of(nobody, "ages")
    assert shown(ages).folded
    public = document(nobody, study_facts(), Edition.PUBLIC)
    ids = {one.id for one in said.blocks(public) if isinstance(one, Table)}
    assert not ids & {"table-ages", "table-ethnicity", "table-disability"}
    told = [text for block in said.blocks(public) for text in said.prose(block)]
    assert "Too few women stand behind this to show it." in told


def test_the_start_of_the_records_is_told_with_its_day(released):
    made = document(released, study_facts(), Edition.WORKING)
    table = next(one for one in said.blocks(made) if getattr(one, "id", "") == "parameters")
    rows = {row.cells[0]: row.cells[2] for row in table.rows}
    assert rows["observation_start"] == "worked out: 1 April 2010"
