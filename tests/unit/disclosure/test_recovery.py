"""Nobody gets a hidden count back by adding and subtracting, under any pack.

The attacker here knows the page, the pack and nothing of the code: every count is whole and not
negative, shown ones lie in the range that would be rounded so, hidden ones in what their words
allow, and rows and columns add up to totals, on the page or known from elsewhere.
"""

from itertools import product

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from casescope.disclosure.margins import Edge, reach
from casescope.disclosure.pack import PUBLIC, load
from casescope.disclosure.release import release
from tests.unit.disclosure.drawn import findings, table

MANY = 10_000


def seen_range(cell, pack):
    """Return what a reader knows of one count by itself."""
    if not cell.hidden:
        return pack.behind(int(cell.value))
    if cell.shown == pack.withheld_words:
        return 0, MANY
    least, greatest = pack.behind_hidden()
    return least, MANY if greatest is None else greatest


def known_range(n, pack):
    return pack.behind_hidden() if pack.hides(n) else pack.behind(pack.rounded(n))


def extremes(at, cells, sums):
    """Return the least and greatest of one count; `sums` are (its counts' places, range)."""
    matrix = np.zeros((len(sums), len(cells)))
    for line, (places, _) in enumerate(sums):
        matrix[line, places] = 1
    lows = [low for _, (low, _) in sums]
    highs = [MANY if high is None else high for _, (_, high) in sums]
    limits = LinearConstraint(matrix, lows, highs)
    bounds = Bounds([low for low, _ in cells], [high for _, high in cells])
    aim = np.zeros(len(cells))
    aim[at] = 1
    ends = [
        milp(sign * aim, constraints=limits, bounds=bounds, integrality=np.ones(len(cells)))
        for sign in (1, -1)
    ]
    assert all(end.success for end in ends)
    return round(ends[0].fun), round(-ends[1].fun)


def is_told(least, greatest, pack):
    narrow = greatest <= pack.hide_at_most and greatest - least < pack.least_width
    return least == greatest or narrow


def attacked(grid, pack, parts):
    """Return each hidden place of a released two-way table, its number, and what can be told."""
    rows = {f"r{number}": tuple(line) for number, line in enumerate(grid)}
    rows["Total"] = tuple(map(sum, zip(*grid, strict=True)))
    width = len(grid[0])
    out = release(findings(table(rows, parts=width if parts else 0)), pack=pack.rules.name).table(
        "t"
    )
    body, total = out.rows[:-1], out.rows[-1]
    cells = [seen_range(cell, pack) for row in body for cell in row.cells]
    sums = []
    for c in range(width):
        column = [r * width + c for r in range(len(grid))]
        if pack.totals == "own":
            sums.append((column, seen_range(total.cells[c], pack)))
        elif not parts:  # the page's total says nothing; the true one is known from elsewhere
            sums.append((column, known_range(sum(line[c] for line in grid), pack)))
    elsewhere = []
    if parts:
        everything = sum(map(sum, grid))
        elsewhere = [([r * width + c for c in range(width)], known_range(sum(line), pack))
                     for r, line in enumerate(grid)]  # fmt: skip
        elsewhere.append((list(range(len(cells))), known_range(everything, pack)))
    nothing = [(0, MANY)] * len(cells)
    for r, row in enumerate(body):
        for c, cell in enumerate(row.cells):
            if cell.hidden:
                at = r * width + c
                told_anyway = parts and is_told(*extremes(at, nothing, elsewhere), pack)
                yield (r, c), grid[r][c], extremes(at, cells, sums + elsewhere), told_anyway


COUNTS = st.one_of(st.integers(0, 12), st.integers(0, 12), st.integers(0, 60))


@st.composite
def grids(draw):
    width, height = draw(st.integers(1, 3)), draw(st.integers(2, 4))
    return [[draw(COUNTS) for _ in range(width)] for _ in range(height)]


@pytest.mark.parametrize("pack", PUBLIC)
@pytest.mark.parametrize("parts", [False, True])
@settings(max_examples=50, deadline=None)
@given(grid=grids())
def test_no_small_count_is_told_by_a_table_and_its_totals(pack, parts, grid):
    assume(len(grid[0]) > 1 or not parts)  # a part that is its own whole is known from elsewhere
    pack = load(pack)
    for place, n, (least, greatest), told_anyway in attacked(grid, pack, parts):
        assert least <= n <= greatest
        assert told_anyway or not is_told(least, greatest, pack), (place, n, least, greatest)


@settings(max_examples=50, deadline=None)
@given(st.data())
def test_the_reach_of_a_figure_is_what_trying_every_table_gives(data):
    """A 2 by 2 table with its totals, each figure known up to a range."""
    grid = [[data.draw(st.integers(0, 4)) for _ in range(2)] for _ in range(2)]
    give = [[data.draw(st.integers(0, 3)) for _ in range(2)] for _ in range(8)]

    def edge(start, end, n, loose):
        return Edge(start, end, n, max(0, n - loose[0]), n + loose[1])

    edges = [edge(r, 2 + c, grid[r][c], give[2 * r + c]) for r in range(2) for c in range(2)]
    edges += [edge(-1, r, sum(grid[r]), give[4 + r]) for r in range(2)]
    edges += [edge(2 + c, -2, grid[0][c] + grid[1][c], give[6 + c]) for c in range(2)]
    whole = sum(map(sum, grid))
    edges.append(Edge(-2, -1, whole, whole, whole))
    fits = []
    for a, b, c, d in product(range(8), repeat=4):
        figures = (a, b, c, d, a + b, c + d, a + c, b + d, a + b + c + d)
        if all(e.least <= f <= e.greatest for e, f in zip(edges, figures, strict=True)):
            fits.append(figures)
    for at in range(8):
        possible = [figures[at] for figures in fits]
        assert reach(edges, at, enough=50) == (min(possible), max(possible))


def test_dfe_hides_three_others_to_keep_one_hidden():
    """3 is small. Its row is known, so 30 goes with it (the first column is what the table is
    about, and goes last); then the smallest of its column, 12; 25 closes the square.

    From the page then follow 3 + 30 = 33 and 12 + 25 = 37 across, 3 + 12 = 15 and 30 + 25 = 55
    down, and no more: the 3 can be anything from 0 to 15.
    """
    grid = [[20, 3, 30], [15, 12, 25], [40, 30, 10]]
    drawn = table({"North": (20, 3, 30), "South": (15, 12, 25), "West": (40, 30, 10),
                   "Total": (75, 45, 65)}, parts=3)  # fmt: skip
    out = release(findings(drawn), pack="dfe").table("t")
    c = "confidential (c)"
    assert [[cell.shown for cell in row.cells] for row in out.rows] == [
        ["20", c, c],
        ["15", c, c],
        ["40", "30", "10"],
        ["75", "45", "65"],
    ]
    told = {place: told for place, _, told, _ in attacked(grid, load("dfe"), parts=True)}
    assert told == {(0, 1): (0, 15), (0, 2): (18, 33), (1, 1): (0, 15), (1, 2): (22, 37)}


def test_two_small_ones_that_add_up_to_little_are_joined_by_a_third():
    """1 and 1 alone would be told to be 2 together."""
    drawn = table({"a": (1,), "b": (1,), "c": (30,), "d": (40,), "e": (50,), "Total": (122,)})
    rows = release(findings(drawn), pack="dfe").table("t").rows
    assert [row.cells[0].hidden for row in rows] == [True, True, True, False, False, False]


def test_a_lone_small_count_and_its_total_take_a_companion_though_totals_are_rounded():
    """hes: 40, 40, 40 and 3 make 123, shown as 125: 3 would be told to be 1 to 7, no nearer."""
    drawn = table({"a": (40,), "b": (40,), "c": (40,), "d": (3,), "Total": (123,)})
    rows = release(findings(drawn), pack="hes").table("t").rows
    assert [row.cells[0].shown for row in rows] == ["40", "40", "40", "1 to 7", "125"]
