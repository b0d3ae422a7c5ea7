"""The audit's benchmark compares like with like, and a difference stops it."""

import pytest
from benchmarks.disclosure import compared
from benchmarks.disclosure_contenders import three, utility


@pytest.fixture(scope="module")
def fixed():
    return utility(1)


def test_ranges_in_whole_numbers_lie_within_those_solved_one_by_one(monkeypatch):
    monkeypatch.setattr("benchmarks.pretend_tables.THREE_WAYS", (4, 3, 3))
    monkeypatch.setattr("benchmarks.pretend_tables.PEOPLE", 150)
    ours, theirs = three("casescope", 1), three("scipy", 1)
    assert len(ours["ranges"]) > 5
    assert compared(ours["ranges"], theirs["ranges"]) >= 0


def test_a_wider_range_another_cell_or_no_cell_stops_it():
    with pytest.raises(AssertionError, match="is not within"):
        compared({"a": [0, 4]}, {"a": [0.5, 4.0]})
    with pytest.raises(AssertionError, match="same cells"):
        compared({"a": [0, 4]}, {"b": [0, 4]})
    with pytest.raises(AssertionError, match="no cell"):
        compared({}, {})
    assert compared({"a": [1, 3], "b": [2, 2]}, {"a": [0.5, 3.2], "b": [1, 3]}) == 1


def test_every_way_is_told_with_what_it_loses_and_whether_it_is_safe(fixed):
    assert len(fixed["ways"]) == 5
    assert fixed["given away"] > 0
    assert fixed["ways"]["casescope, hiding"]["passed"]
    assert fixed["ways"]["casescope, hiding"]["cells"] > 0
    assert fixed["ways"]["hide whole rows"]["cells"] > 0
