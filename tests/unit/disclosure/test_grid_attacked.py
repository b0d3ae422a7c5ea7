"""Nobody works a few women out of the grid of other choices, which is of nearly the same women."""

from itertools import combinations

import pytest

from casescope.disclosure.pack import PUBLIC, load
from casescope.disclosure.release import release
from casescope.findings.finding import Count, Findings, Row, TableFinding
from casescope.findings.sensitivity import LEAST, MOST

WINDOW = "Event window"
OWN = (("This study", "lenient linkage, broad count"), 45)


def grid(*settings, own=45):
    """Return the sensitivity table with T1 alone, by days of the event window."""
    rows = [Row(OWN[0], (Count(own),))]
    rows += [Row((WINDOW, f"{days} days"), (Count(n),)) for days, n in settings]
    numbers = [own, *(n for _, n in settings)]
    rows += [Row(LEAST, (Count(min(numbers)),), end="least"),
             Row(MOST, (Count(max(numbers)),), end="most")]  # fmt: skip
    return TableFinding("sensitivity", "Grid", "women", ("What is changed", "To"), ("T1",),
                        tuple(rows), "", "", "")  # fmt: skip


def released(table, pack):
    out = release(Findings((table,), (), {"linkage": "lenient"}), pack=pack)
    return {row.labels: row.cells[0] for row in out.table(table.id).rows}


def behind(cell, pack):
    return pack.behind(int(cell.value))


def few_left(cells, pack):
    """Return pairs of figures that tell the number of women between two choices, a few."""
    shown = {labels: behind(cell, pack) for labels, cell in cells.items() if not cell.hidden}
    found = []
    for (one, (a, b)), (other, (c, d)) in combinations(shown.items(), 2):
        left = {abs(x - y) for x in range(a, b + 1) for y in range(c, d + 1)}
        few = 0 not in left and max(left) <= pack.threshold
        if few and max(left) - min(left) < pack.least_width:
            found.append((one, other))
    return found


@pytest.mark.parametrize("pack", PUBLIC)
@pytest.mark.parametrize(
    "settings",
    [
        ((0, 60), (14, 43), (28, 20)),  # two fewer than the study's own
        ((0, 70), (14, 68), (28, 20)),  # two apart from each other, far from the study's own
        ((0, 70), (14, 68), (28, 66), (90, 64)),
        ((0, 43), (14, 42), (28, 41), (90, 25)),  # hidden ones would be the range's end
    ],
)
def test_no_two_figures_of_the_grid_leave_a_few_women(pack, settings):
    cells = released(grid(*settings), pack)
    assert cells[OWN[0]].value is not None, "the study's own is told"
    assert few_left(cells, load(pack)) == []


def test_of_settings_in_a_row_the_fewest_go():
    cells = released(grid((0, 70), (14, 68), (28, 57), (90, 20)), "dfe")
    gone = [labels[1] for labels, cell in cells.items() if cell.hidden]
    assert gone == ["14 days", LEAST[1]]


def test_a_range_is_of_what_is_shown():
    cells = released(grid((0, 61), (14, 43), (28, 52)), "ons10")
    assert cells[WINDOW, "14 days"].hidden
    assert (cells[LEAST].shown, cells[MOST].shown) == ("45", "61")


def test_the_range_is_the_one_of_the_rows_where_nothing_is_hidden():
    cells = released(grid((0, 61), (14, 25), (28, 52)), "ons10")
    assert (cells[LEAST].shown, cells[MOST].shown) == ("25", "61")


def test_a_small_count_is_the_least_there_is():
    cells = released(grid((0, 61), (14, 3)), "opensafely")
    assert cells[LEAST].shown == "7 or fewer"


def test_where_all_are_withheld_the_range_is_too():
    out = grid((0, 3), own=2)
    cells = released(out, "dfe")
    assert all(cell.hidden for cell in cells.values())
