"""Ranges are those of Tau-Argus; what it protects passes, and fails without its companions."""

import json
import subprocess
import sys
from itertools import product
from math import ceil, floor

import pytest
from scipy.optimize import linprog

from casescope.disclosure.audit import AuditRules, Cell, Figure, Place, audit
from tests.docs.pages import ROOT

RULES = AuditRules(threshold=4, implied=False, full_cells=False)
NEAR = 1e-6
THREE = (5, 4, 3)


def asked(folder, total, seed, *shape):
    words = [str(folder), str(total), str(seed), *map(str, shape)]
    ran = subprocess.run([sys.executable, "-m", "tests.unit.audit.tauargus", *words], cwd=ROOT,
                         capture_output=True, text=True, check=True)  # fmt: skip
    return json.loads(ran.stdout.splitlines()[-1])


def figures(cells, hidden):
    for one in cells:
        term = ((1, Cell.of("people", one["categories"])),)
        place = Place("table", str(one["categories"]))
        if one["status"] in hidden:
            yield Figure(place, term, 0, None, "hidden")
        else:
            yield Figure(place, term, one["count"], one["count"])


@pytest.fixture(scope="module")
def two_ways(tmp_path_factory):
    return asked(tmp_path_factory.mktemp("two"), 2500, 3, 10, 13)


@pytest.fixture(scope="module")
def three_ways(tmp_path_factory):
    return asked(tmp_path_factory.mktemp("three"), 1500, 5, *THREE)


def compared(cells):
    """Yield our range and theirs of every suppressed cell."""
    done = audit(list(figures(cells, "UM")), rules=RULES)
    ours = {one.target.terms[0][1].categories: one for one in done.ranges}
    for one in cells:
        if one["status"] in "UM":
            assert one["of"] == one["count"], "their audit and their table number cells alike"
            found = ours[tuple(sorted(one["categories"].items()))]
            yield (found.least.value, found.most.value), one["range"]


def test_two_way_ranges_are_the_same(two_ways):
    pairs = list(compared(two_ways))
    assert len(pairs) > 20
    for ours, theirs in pairs:
        assert ours == (ceil(theirs[0] - NEAR), floor(theirs[1] + NEAR))


def test_three_way_ranges_are_whole_and_within_those_of_linear_programming(three_ways):
    """Of a three-way table Tau-Argus takes a reader to know more beforehand; scipy does not."""
    parts = list(product(*map(range, THREE)))
    rows = {n: [float(counted(one["categories"], part)) for part in parts]
            for n, one in enumerate(three_ways)}  # fmt: skip
    shown = [n for n, one in enumerate(three_ways) if one["status"] not in "UM"]
    known = {"A_eq": [rows[n] for n in shown], "b_eq": [three_ways[n]["count"] for n in shown]}
    done = audit(list(figures(three_ways, "UM")), rules=RULES)
    assert len(done.ranges) > 10
    for ranged in done.ranges:
        number = ranged.target.figures[0]
        low = linprog(rows[number], **known).fun
        high = -linprog([-value for value in rows[number]], **known).fun
        assert (ranged.least.value, ranged.most.value) == (ceil(low - NEAR), floor(high + NEAR))


def counted(categories, part):
    return all(int(value[1:]) == part[int(name[1:])] for name, value in categories.items())


@pytest.mark.parametrize("ways", ["two_ways", "three_ways"])
def test_what_it_protects_passes_and_without_its_companions_fails(ways, request):
    cells = request.getfixturevalue(ways)
    assert any(one["status"] == "M" for one in cells), "nothing needed a companion"
    assert audit(list(figures(cells, "UM")), rules=RULES).passed
    assert not audit(list(figures(cells, "U")), rules=RULES).passed
