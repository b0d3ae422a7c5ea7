"""The curve of the benchmark is lifelines', day by day; a difference is seen."""

import pytest
from benchmarks.measure import Run
from benchmarks.survival import furthest
from benchmarks.survival_contenders import lifelines, make, ours


@pytest.fixture(scope="module")
def said(tmp_path_factory):
    folder = tmp_path_factory.mktemp("rows")
    make(folder, 5000, 7)
    return [Run(1, 1, 1, contender(folder)) for contender in (ours, lifelines)]


def test_both_make_the_same_curve_with_the_same_bands(said):
    assert len(said[0].said["curve"]) > 2000
    assert furthest(*said) < 1e-9


def test_a_curve_that_differs_is_seen(said):
    day, at_risk, surviving, lower, upper = said[0].said["curve"][1000]
    curve = list(said[0].said["curve"])
    curve[1000] = (day, at_risk, surviving, lower + 1e-6, upper)
    assert furthest(Run(1, 1, 1, {"curve": curve}), said[1]) > 1e-9
    with pytest.raises(AssertionError, match="days in one curve"):
        furthest(Run(1, 1, 1, {"curve": curve[1:]}), said[1])
