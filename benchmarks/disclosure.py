"""The audit of published tables: ours beside linear programmes one by one; what a fix loses."""

import sys
from collections.abc import Mapping, Sequence
from functools import partial
from math import ceil, floor
from statistics import median

from benchmarks.measure import Run, fresh, interleaved, medians, ratio
from benchmarks.results import Result, Target

OURS, SCIPY = "casescope", "scipy"
REPORTS = 10
_MOST_SECONDS, _MOST_WHOLE_REPORT = 1.0, 30.0
_NEAR = 1e-6
_WAYS = ("casescope, hiding", "casescope, any way", "hide under 10", "hide whole rows",
         "hide all totals")  # fmt: skip


def measure(*, reports: int = REPORTS, repeats: int) -> Result:
    """Return the medians; raise AssertionError where a range of ours lies outside scipy's."""
    three = interleaved(
        {name: partial(contend, "three", name, "1") for name in (OURS, SCIPY)}, repeats=repeats
    )
    wholes = interleaved(
        {read: partial(contend, "report", read, "1") for read in ("exact", "rounded")}, repeats=1
    )
    narrower = compared(three[OURS][0].said["ranges"], three[SCIPY][0].said["ranges"])
    fixes = [contend("utility", str(seed)).said for seed in range(1, reports + 1)]
    rows: list[dict[str, str | float]] = [
        {"what": "540 cells, 12 x 9 x 5: every hidden cell's range", "contender": name,
         **medians(held)} for name, held in three.items()
    ]  # fmt: skip
    rows += [
        {"what": f"60 tables, {held[0].said['figures']:,} figures, {read}", "contender": OURS,
         **medians(held)} for read, held in wholes.items()
    ]  # fmt: skip
    return Result(
        "disclosure", "Auditing published tables", rows,
        [*_speed(three, wholes), Target("540 cells: ranges narrower in whole numbers than relaxed",
                                        narrower, "none set", met=None), *_utility(fixes)],
        {"reports": reports, "whole reports": [held[0].said for held in wholes.values()],
         "fixes": fixes},
    )  # fmt: skip


def contend(*words: str) -> Run:
    """Run one contender in a process of its own."""
    return fresh([sys.executable, "-m", "benchmarks.disclosure_contenders", *words], says=True)


def compared(ours: object, theirs: object) -> int:
    """Return how many of our ranges are narrower; none may be wider, or of another cell."""
    if not isinstance(ours, dict) or not isinstance(theirs, dict) or ours.keys() != theirs.keys():
        raise AssertionError("the two did not look at the same cells")
    narrower = 0
    for cell, (least, most) in ours.items():
        low, high = ceil(theirs[cell][0] - _NEAR), floor(theirs[cell][1] + _NEAR)
        if least < low or most > high:
            raise AssertionError(f"{cell}: {least} to {most} is not within {low} to {high}")
        narrower += (least, most) != (low, high)
    if not ours:
        raise AssertionError("no cell was looked at")
    return narrower


def _speed(three: Mapping[str, Sequence[Run]], wholes: Mapping[str, Sequence[Run]]) -> list[Target]:
    seconds = medians(three[OURS])["seconds"]
    longest = max(medians(held)["seconds"] for held in wholes.values())
    return [
        Target("540 cells: seconds", seconds, f"under {_MOST_SECONDS:g}",
               met=seconds < _MOST_SECONDS),
        Target("540 cells: times faster than one by one",
               ratio(three, OURS, SCIPY, "seconds"), "none set", met=None),
        Target("60 tables: seconds, the longer of two", longest, f"under {_MOST_WHOLE_REPORT:g}",
               met=longest < _MOST_WHOLE_REPORT),
    ]  # fmt: skip


def _utility(fixes: Sequence[Mapping[str, object]]) -> list[Target]:
    """Return what each way loses in the middle one of the reports, and how often it is safe."""
    found = []
    for name in _WAYS:
        lost = [_way(one, name) for one in fixes]
        cells, passed = median(one["cells"] for one in lost), sum(one["passed"] for one in lost)
        ours = name.startswith(OURS)
        found += [
            Target(f"{name}: figures lost, median report", cells, "none set", met=None),
            Target(f"{name}: bits lost, median report",
                   round(median(one["information"] for one in lost), 1), "none set", met=None),
            Target(f"{name}: reports safe, of {len(fixes)}", passed,
                   "all" if ours else "none set", met=passed == len(fixes) if ours else None),
        ]  # fmt: skip
    return found


def _way(one: Mapping[str, object], name: str) -> Mapping[str, float]:
    ways = one["ways"]
    if not isinstance(ways, dict):
        raise TypeError("a contender says its ways as an object")
    way: Mapping[str, float] = ways[name]
    return way
