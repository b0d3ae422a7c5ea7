"""Words say no more than the figures do: of whom, out of what, and how rounded or hidden."""

from dataclasses import replace

import pytest

from casescope.disclosure.cells import rate
from casescope.disclosure.pack import load
from casescope.disclosure.released import ReleasedCell
from casescope.findings.finding import Rate
from casescope.findings.poisson import garwood
from casescope.governance.study_file.parameters import Parameters
from casescope.kernel.dates import DAYS_PER_YEAR
from casescope.report.build import document
from casescope.report.charts.kinds import Bar, Share, Shares
from casescope.report.edition import Edition
from casescope.report.figures import bars_alt, most_of
from casescope.report.model import modelled, recent_rate
from casescope.report.reading import table_of
from casescope.report.sections import (
    first_page,
    how_soon,
    how_soon_newborns,
    limits,
    practice_size,
    removal_rate,
    what_happened,
    what_is_missing,
    what_it_would_add,
    what_they_live_with,
    where_it_flips,
    who,
)
from tests.unit.report import said
from tests.unit.report.county import ASSUMED, study_facts
from tests.unit.report.test_as_readers_meet_it import _coverage, first_words, working
from tests.unit.report.test_how_soon import chance
from tests.unit.report.test_titles import FEW, count, share, table

WITHHELD = ReleasedCell("count", "withheld", hidden=True)


def prose(section):
    return " ".join(text for part in said.sections((section,)) for block in part.blocks
                    for text in said.prose(block))  # fmt: skip


class TestOfWhom:
    def test_how_soon_again_is_of_all_women_not_of_those_in_t1(self, released):
        soon = next(text for text in first_words(released) if "had a further removal" in text)
        assert soon.startswith("Of all women whose first removal we saw, ")

    def test_what_a_parent_has_may_not_be_hers(self, released):
        lived = next(text for text in first_words(released) if "is recorded for" in text)
        assert "some records do not say which parent" in lived
        told = prose(limits.section(released, study_facts()))
        assert "lowest estimates" not in told
        assert "counts as hers" in told

    def test_few_mothers_found_do_not_make_every_number_too_low(self):
        """A woman with one child linked of two stands in T3, which is then too high."""
        few = limits.few_mothers(table_of(working([_coverage(225, 1950)]), "coverage"))
        assert "every number" not in few.blocks[0].text
        assert "in the wrong group" in few.blocks[0].text

    def test_other_services_are_not_said_to_have_no_condition(self, released):
        """The study counted services other than Pause; what they ask for, it is not quoted on."""
        told = prose(what_it_would_add.section(
            released, study_facts(), modelled(released, study_facts())))  # fmt: skip
        assert "services other than Pause ran for these women in 33 authorities" in told
        assert "such services" not in told


class TestRounded:
    @pytest.mark.parametrize(
        ("size", "told"),
        [(30, "That is enough."), (31, "That is about the least of these."),
         (32, "That is fewer than usual.")],
    )  # fmt: skip
    def test_a_pool_is_enough_if_the_least_that_may_stand_behind_it_is(self, released, size, told):
        """125 to the nearest 5 are 123 to 127; four times the places are 120, 124 and 128."""
        lines = replace(ASSUMED["value"], women=size)
        assert practice_size.enough_words(released, study_facts(value=lines)).endswith(told)

    @pytest.mark.parametrize(
        ("which", "women"), [("small", "10"), ("nothing", "7 or fewer"), ("released", "125")]
    )
    def test_a_few_women_are_too_few_though_they_are_hidden(self, which, women, request):
        """The first page says so, with or without a break-even."""
        of, study = request.getfixturevalue(which), study_facts()
        told = first_page.decision(of, study, modelled(of, study)).blocks[-1]
        assert told.lead == "Are there enough women?"
        assert told.text.startswith(f"There are {women} women in T1 for 22 places")
        assert (": too few to fill them." in told.text) is (which != "released")

    @pytest.mark.parametrize(
        ("court", "told"), [(55, "Most removals were"), (50, "Removals were most often")]
    )
    def test_most_is_more_than_half_whatever_the_rounding(self, court, told):
        """50 of 95 may be 48 and 49."""
        routes = table(("Broad",), ("court", count(court)), ("emergency", count(15)),
                       ("voluntary", count(30)))  # fmt: skip
        title = what_happened.route_title(replace(routes, id="removals_by_route"))
        assert title == f"{told} by court order"

    def test_most_is_not_said_beside_a_figure_that_may_be_any(self):
        routes = table(("Broad",), ("court", count(55)), ("emergency", WITHHELD),
                       ("voluntary", count(15)))  # fmt: skip
        title = what_happened.route_title(replace(routes, id="removals_by_route"))
        assert "Most removals" not in title

    def test_most_women_have_nothing_recorded_only_where_that_is_sure(self):
        """65 of 125: 63 of 127 is less than half."""
        rows = [Share("Drugs", (40, 20, 65), 125), Share("Debt", (10, 5, 110), 125)]
        assert what_they_live_with.state_title(rows, 2) == (
            "Most women have nothing recorded for at least 1 issue"
        )
        assert what_they_live_with.state_title(rows) == (
            "Most women have nothing recorded for 2 issues"
        )


class TestHidden:
    def test_a_withheld_figure_may_be_the_largest(self):
        few = table(("T1",), ("20–24", count(30)), ("25–29", FEW))
        any_number = table(("T1",), ("20–24", count(30)), ("25–29", WITHHELD))
        assert most_of(few, "T1") == ["20–24"]
        assert most_of(any_number, "T1") == []

    def test_the_alternative_of_bars_says_largest_shown(self):
        known = Bar("A", 30, "30")
        assert "Largest: A" in bars_alt((known, Bar("B", None, "7 or fewer")), "women")
        assert "Largest shown: A" in bars_alt((known, Bar("B", None, "withheld")), "women")

    def test_an_issue_without_a_range_has_no_empty_brackets(self):
        rows = (("Drugs", share(0.4, 0.3, 0.5)), ("Alcohol", share(0.3)))
        told = what_they_live_with.said(table(("Share of all women",), *rows))
        assert "alcohol for 30%" in told
        assert "()" not in told

    def test_years_are_said_to_be_left_out_only_of_a_chart(self, nothing, released):
        def texts(of):
            return prose(what_happened.section(of, study_facts()))

        assert "The chart leaves out years" in texts(released)
        assert "The chart leaves out years" not in texts(nothing)


class TestBands:
    def test_a_wide_band_is_not_said_to_be_the_commonest(self):
        """36 to 59 months are twice as wide as those before, and 60 or more have no end."""

        def title(*counts):
            bands = ("Under 12 months", "12 to 23 months", "24 to 35 months",
                     "36 to 59 months", "60 months or more")  # fmt: skip
            rows = [(band, count(n)) for band, n in zip(bands, counts, strict=True)]
            return how_soon.interval_title(table(("Broad",), *rows))

        assert title(10, 40, 20, 30, 20) == "Next removals most often came after 12 to 23 months"
        assert title(10, 20, 20, 40, 20) == "Time from one removal to the next"
        assert title(10, 20, 20, 20, 40) == "Time from one removal to the next"

    def test_ages_of_children_are_not_equally_wide(self, released):
        told = prose(what_happened.section(released, study_facts()))
        assert "Under 1 is one year of life." in told


class TestChance:
    def test_no_age_stands_out_where_the_test_says_it_could_be_chance(self):
        rows = (("Under 20", share(0.4, 0.33, 0.47)), ("20–24", share(0.2, 0.15, 0.25)),
                ("All", share(0.25, 0.23, 0.27)))  # fmt: skip
        ages = table(("Share by 5 years",), *rows)
        sure, unsure = chance(0.01, "under 1 in 100"), chance(1.0, "1 in 20 or more")
        assert how_soon.age_title(ages, sure) == "More often for women under 20 at first removal"
        assert how_soon.age_title(ages, unsure) == "Further removals within 5 years, by age"

    def test_nor_where_a_group_is_too_small_for_the_test_to_say(self):
        """Of seven groups one may well stand out; the page says below that it can't be told."""
        rows = (("Under 20", FEW), ("30–34", share(0.45, 0.31, 0.61)),
                ("All", share(0.25, 0.23, 0.27)))  # fmt: skip
        ages, untold = table(("Share by 5 years",), *rows), chance(None, "too few to say")
        for told in (untold, None):
            assert how_soon.age_title(ages, told) == "Further removals within 5 years, by age"

    def test_years_that_the_chart_leaves_out_are_not_in_its_title(self):
        rows = ((("All", "all"), share(0.9, 0.88, 0.92)), (("Year", "2019"), share(0.5, 0.4, 0.6)),
                (("Ethnic group", "Black"), share(0.7, 0.6, 0.8)))  # fmt: skip
        made = table(("Share found",), *rows, dimensions=("By", "Group"))
        assert limits.coverage_title(made) == (
            "Mothers clearly less often found: Black (ethnic group)"
        )


class TestTheSameAsTheTable:
    """A half is rounded up in a released cell, and what is not quite none is not 0%."""

    @pytest.mark.parametrize(("value", "shown"), [(0.225, "23%"), (0.004, "under 1%")])
    def test_titles_say_what_the_cell_says(self, value, shown):
        cell = ReleasedCell("share", shown, value)
        at = table(("Strict", "Broad"), ("1", cell, cell))
        assert how_soon.title_of(at).startswith(f"{shown} had a further removal")
        assert how_soon_newborns.title_of(at).startswith(f"{shown} had a newborn removed")

    def test_the_three_parts_of_an_issue(self):
        """10 of 80 are 12.5%, which the table tells as 13%."""
        from casescope.disclosure.cells import share as released_share
        from casescope.findings.finding import Share as Found
        from tests.unit.report.test_charts import both

        row = Share("Drugs", (10.0, 20.0, 50.0), 80.0)
        told = released_share(load("opensafely"), Found(10, 80)).shown
        assert told == "13%"
        assert f"yes {told}" in what_they_live_with.state_alt([row])
        _, wide, _ = both(Shares(("Yes", "Recorded no", "Not recorded"), (row,)))
        assert told in [e.text for e in wide.iter() if e.tag.endswith("text")]


class TestOne:
    def test_one_woman_is_in_t1(self):
        headline = table(("Number",), ("Women in T1", count(1)),
                         ("Women at risk (T3 and T4)", count(3)), rounded_to=1)  # fmt: skip
        assert who.title_of(headline) == "1 woman is in T1 and 3 more at risk"

    def test_by_one_year(self):
        at = table(("Strict",), ("1", share(0.05)), ("3", share(0.1)))
        assert how_soon.curve_title(at) == "Further removals: 5% by 1 year, 10% by 3"

    def test_one_more_child(self, released):
        lines = replace(ASSUMED["value"], women=4, take_up=None)
        study = study_facts(value=lines)
        told = what_is_missing.condition_words(study, modelled(released, study))
        assert "4 women would have about 1 more child removed in 18 months" in told


class TestTheRate:
    def test_it_is_told_as_children_among_a_hundred_women(self, released):
        made = what_it_would_add.section(
            released, study_facts(), modelled(released, study_facts()))  # fmt: skip
        rate = next(one for one in made.sections if one.id == "removal-rate")
        assert rate.title == "20 more children removed a year per 100 women"  # 205 in 1,010 years

    def test_rates_side_by_side_have_as_many_decimals(self):
        """0.0746 with a wide range is told as 0.07 by itself: less than 0.071, which it is not."""
        cells = [rate(load("working"), Rate(n, round(years * DAYS_PER_YEAR)))
                 for n, years in ((568, 8_000), (50, 670))]  # fmt: skip
        assert [cell.shown for cell in cells] == ["0.071", "0.07"]
        told = removal_rate.evenly(table(("For each woman-year",), ("Under 1 year", cells[0]),
                                         ("1 year", cells[1])))  # fmt: skip
        assert [row.cells[0].shown for row in told.rows] == ["0.071", "0.075"]
        assert told.rows[1].cells[0].interval == "0.055 to 0.098"  # exact Poisson, 50 in 670
        alone = table(("For each woman-year",), ("1 year", cells[1]))
        assert removal_rate.evenly(alone) == alone

    def test_what_a_practice_could_not_avoid_is_said(self, released):
        told = prose(what_it_would_add.section(
            released, study_facts(), modelled(released, study_facts())))  # fmt: skip
        assert "older brothers and sisters who were still at home" in told
        assert "the true range is somewhat wider" in told
        newborns = table_of(released, "repeat_newborns").cell(
            "Share with a child under 28 days", "Broad")  # fmt: skip
        assert (
            f"Of the repeat removals, {newborns.shown} (likely range {newborns.interval})" in told
        )

    def test_soon_after_a_removal_it_is_added_up_from_what_is_shown(self, released):
        """60, 60, 40 and 35 children in 260, 220, 170 and 200 years: 195 in 850 is 0.23."""
        study = study_facts(**ASSUMED)
        model = modelled(released, study)
        assert (model.recent.children, model.recent.years) == (195, 850)
        low, high = garwood(195, 850)
        told = prose(what_it_would_add.section(released, study, model))
        assert (f"In the 5 years after a removal the rate is 0.23 (likely range {low:.2f} to "
                f"{high:.2f}).") in told  # fmt: skip
        soon = model.variants["Broad count, lenient linkage, within 5 years of a removal"]
        times = (195.5 / 850) / (205.5 / 1010)  # means of the two posteriors
        assert soon.avoided.mean == pytest.approx(times * model.results.view().avoided.mean)

    def test_it_is_not_said_to_be_used_where_another_is_or_none(self, released):
        """A study may state a published rate, or nothing from which a saving can be worked out."""
        used = "What a practice would add is worked out with that one."
        stated = replace(ASSUMED["value"], rate_source="published", published_rate=0.25)
        for study, is_used in (
            (study_facts(**ASSUMED), True),
            (study_facts(**{**ASSUMED, "value": stated}), False),
            (study_facts(), False),
        ):
            model = modelled(released, study)
            told = prose(what_it_would_add.section(released, study, model))
            assert "In the 5 years after a removal the rate is 0.23" in told
            assert (used in told) is is_used

    def test_it_is_not_told_where_bands_do_not_end_with_the_look_back(self, released):
        study = study_facts(parameters=Parameters(lookback_years=4))
        assert recent_rate(released, study) is None

    def test_where_it_alone_lies_beyond_the_flip_the_first_page_says_so(self, released):
        study = study_facts(**ASSUMED)
        model = modelled(released, study)
        high = replace(model, recent=replace(model.recent, children=1_700))  # 2 a year
        told = prose_of_decision(first_page.decision(released, study, high))
        assert "In the 5 years after a removal" in told
        assert "above that point" in told
        assert "In the 5 years" not in where_it_flips.flip_words(
            study, replace(model, recent=None), model.results)  # fmt: skip


def prose_of_decision(callout):
    return " ".join(block.text for block in callout.blocks)


def test_a_share_that_would_have_to_be_above_all_is_none_with_its_range(released):
    study = study_facts(**ASSUMED)
    costly = replace(study, value=replace(study.value, practice_cost=(3e6, 3e6, 3e6)))
    model = modelled(released, costly)
    made = what_it_would_add.section(released, costly, model)
    flips = next(block for block in made.blocks if getattr(block, "id", "").endswith("break-even"))
    lead = next(row for row in flips.rows if row.cells[0].startswith("All that"))
    assert lead.cells[4:8] == ("none", "over 100%", "none", "over 100%")
    assert "at no effect of the programme" in prose(made)


def test_neither_edition_says_that_tables_without_a_finding_have_one(released):
    for edition in Edition:
        told = " ".join(said.everything(document(released, study_facts(), edition)))
        assert "chart and table names its finding" not in told
        assert "chart and table has its own name" not in told
