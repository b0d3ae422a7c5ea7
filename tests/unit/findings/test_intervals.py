"""Wilson's interval against the worked examples that its users cite."""

import pytest

from casescope.findings.intervals import wilson

# Newcombe 1998, Statistics in Medicine 17:857–872, Table I, method 3 (score, no correction).
NEWCOMBE = [
    (81, 263, 0.2553, 0.3662),
    (15, 148, 0.0624, 0.1605),
    (0, 20, 0.0000, 0.1611),
    (1, 29, 0.0061, 0.1718),
]


@pytest.mark.parametrize(("n", "of", "lower", "upper"), NEWCOMBE)
def test_wilson_gives_newcombes_published_bounds(n, of, lower, upper):
    bounds = wilson(n, of)
    assert bounds is not None
    assert round(bounds.lower, 4) == lower
    assert round(bounds.upper, 4) == upper


def test_a_share_of_nobody_has_no_interval():
    assert wilson(0, 0) is None


def test_the_interval_of_all_mirrors_that_of_none():
    none, everyone = wilson(0, 20), wilson(20, 20)
    assert none is not None
    assert everyone is not None
    assert everyone.upper == 1.0
    assert everyone.lower == pytest.approx(1 - none.upper)
