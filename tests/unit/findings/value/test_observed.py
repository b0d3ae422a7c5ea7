"""What was seen of babies becomes pathways: shares, mean weeks, and nothing that must not be in."""

from casescope.dataset.care_course import CARE_ENDINGS, PLACEMENT_KINDS
from casescope.findings.value.observed import ENDINGS, STAYS, Seen, observed
from casescope.governance.study_file.prices import OUTCOMES, Pathway
from casescope.governance.study_file.prices import STAYS as PRICED

ADOPTED = Seen("adopted", 30, {"foster": 1500, "adoption": 600, "residential": 90, "other": 30})
HOME = Seen("returned to parents", 10, {"foster": 200, "with_parent": 100})
FEW = Seen("special guardianship", 0, {"relatives": 50})  # too few to show


def test_shares_are_of_the_children_shown_and_weeks_are_for_each_of_them():
    """30 of 40 adopted: 1,500 / 30 weeks fostered and 600 / 30 placed; 200 / 10 before home."""
    assert observed([ADOPTED, HOME, FEW]) == (
        Pathway("under 1", 0.75, (("foster", 50.0), ("placed for adoption", 20.0)), "adoption"),
        Pathway("under 1", 0.25, (("foster", 20.0),), "home"),
    )


def test_the_authoritys_own_carers_are_priced_where_it_states_their_cost():
    assert observed([HOME], own_carers=True)[0].stays == (("own foster", 20.0),)


def test_no_residential_place_enters_the_path_of_a_baby():
    assert not any("residential" in kind for kind in STAYS.values())


def test_nobody_shown_means_no_paths():
    assert observed([FEW]) == ()
    assert observed([]) == ()


def test_every_ending_and_stay_is_one_that_the_model_knows():
    assert set(ENDINGS) == set(CARE_ENDINGS)
    assert set(ENDINGS.values()) <= set(OUTCOMES)
    assert set(STAYS) <= set(PLACEMENT_KINDS)
    assert {*STAYS.values(), "own foster"} <= set(PRICED)
