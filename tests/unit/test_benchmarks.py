"""The benchmark compares like with like: both contenders come to the same answer."""

import pytest
from benchmarks.answer import check_same
from benchmarks.removals import agree


def test_every_contender_in_every_part_counts_the_same(tmp_path):
    answers = agree(tmp_path, episodes=2000, seed=7)

    assert len(answers) == 4
    check_same(answers)
    kinds = " ".join(next(iter(answers.values())))
    for wanted in (
        "care court compulsory", "care voluntary ", "order court", "strict repeat events",
        "wide multiple removals", "broad events with a newborn",
    ):  # fmt: skip
        assert wanted in kinds, f"the pretend extract has no {wanted}, so nothing was compared"


def test_a_difference_is_named():
    with pytest.raises(AssertionError, match="strict women: casescope 5, pandas 4"):
        check_same({"casescope": {"strict women": 5}, "pandas": {"strict women": 4}})


def test_agreeing_on_nothing_is_no_agreement():
    with pytest.raises(AssertionError):
        check_same({"casescope": {}, "pandas": {}})
