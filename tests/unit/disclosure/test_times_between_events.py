"""Times between events under one count of removals are no part of those under another.

A child goes by court in 2010, a second by agreement in 2011, a third by court in 2014. Broad
has times of 1 and of 3 years, strict one of 4 years: a band of strict can hold more than broad’s.
"""

import pytest

from casescope.disclosure.release import release
from casescope.findings.finding import Count, Findings, Row, TableFinding

BANDS = {"Under 36 months": (90, 20), "36 to 59 months": (20, 70), "Total": (110, 90)}


@pytest.mark.parametrize("rules", ["opensafely", "dfe"])
def test_more_of_a_band_under_the_narrower_count_contradicts_nothing(rules):
    rows = tuple(Row((band,), tuple(map(Count, counts)), total=band == "Total")
                 for band, counts in BANDS.items())  # fmt: skip
    table = TableFinding("interval", "Time between events", "intervals", ("Time",),
                         ("Broad", "Strict"), rows, "", "", "")  # fmt: skip
    out = release(Findings((table,), (), {"linkage": "lenient"}), pack=rules)
    assert out.audit["tables_together"] is True
    assert out.audit["figures_that_contradict"] == []
