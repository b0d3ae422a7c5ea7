"""A number of something else is hidden where too few women stand behind it, however great."""

from casescope.disclosure.release import release
from casescope.findings.finding import Count, Findings, Rate, Row, TableFinding

RESTS_ON = ("Children", "Years")


def released(women, children, years):
    rate = Rate(children, round(years * 365.25), RESTS_ON)
    row = Row(("A",), (Count(women), Count(children, women), Count(years, women), rate))
    table = TableFinding("t", "T", "women", ("Group",), ("Women", *RESTS_ON, "Rate"), (row,),
                         "", "", "")  # fmt: skip
    return release(Findings((table,), ())).table("t").rows[0].cells


def test_three_women_with_eight_children_in_twelve_years_are_not_told():
    assert all(cell.hidden for cell in released(3, 8, 12))


def test_eight_women_are():
    assert not any(cell.hidden for cell in released(8, 20, 40))
