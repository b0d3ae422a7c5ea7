"""The first page: what would have to be known, and what is at risk under each count."""

from dataclasses import replace

from casescope.disclosure.release import release
from casescope.disclosure.released import ReleasedCell
from casescope.report.model import modelled
from casescope.report.reading import table_of
from casescope.report.sections import first_page, method, to_know
from tests.unit.report.county import ASSUMED, county, study_facts


def needed(released, **changes):
    return [
        one.text for one in to_know.needed(released, modelled(released, study_facts(**changes)))
    ]


def test_what_moves_the_answer_most_is_needed_first(released):
    model = modelled(released, study_facts(**ASSUMED))
    most, second = sorted(model.results.moved, key=lambda one: -one.swing)[:2]
    told = needed(released, **ASSUMED)
    assert told[0].endswith("of all that is unsure, these move the answer most.")
    first = told[0].lower()
    assert 0 <= first.index(to_know.INPUT[most.name].lower()) < first.index(
        to_know.INPUT[second.name].lower())  # fmt: skip
    assert "an adoption" in told[1]  # it has no cost


def test_what_nobody_stated_is_needed(released):
    told = needed(released)
    assert told[0] == (
        "Share of women who complete the programme, share of removals avoided during it, share of "
        "removals avoided after it and share of those avoided that only come later: nobody has "
        "stated them yet."
    )


def test_homes_that_are_not_known_could_move_t1(released):
    assert "Where some children live now: T1 would grow from 125 women to as many as 140." in (
        needed(released)
    )
    assert "Where children with no known home live now." in needed(release(county(0.05)))


def test_women_at_risk_under_the_other_counts(released):
    tiers = table_of(released, "tiers")
    found = {row.labels[0]: [int(cell.value) for cell in row.cells] for row in tiers.rows}
    strict, wide = (found["T3"][at] + found["T4"][at] for at in (1, 2))
    assert first_page.at_risk_words(tiers).endswith(
        f"Together {strict} by court or emergency alone, {wide} with moves by order"
    )


def test_a_hidden_group_at_risk_gives_no_sum():
    tiers = table_of(release(county(0.05)), "tiers")
    assert "Together" not in first_page.at_risk_words(tiers)


def test_a_share_of_nearly_all_says_that_it_is_the_least():
    most = ReleasedCell("share", "99% or more", hidden=True)
    assert first_page.range_words(most) == "at least that: too few are missing to say how many"
    few = ReleasedCell("share", "7 or fewer", hidden=True)
    assert (
        first_page.range_words(few) == first_page.range_words(None) == ("the range can’t be shown")
    )


def test_how_records_were_joined_is_said_as_it_was_done(released):
    lenient = replace(study_facts(), linkage="lenient")
    strict = replace(study_facts(), linkage="strict")
    joined = [
        method.section(released, study).blocks[0].items[1].text for study in (lenient, strict)
    ]
    assert "at least 95% likely" in joined[0]
    assert joined[1].endswith("Nothing else was joined (strict linkage).")
