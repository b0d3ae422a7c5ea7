"""One survival curve with its bands, from millions of rows: ours beside lifelines."""

import sys
import tempfile
from collections.abc import Sequence
from functools import partial

from benchmarks.measure import Run, fresh, interleaved, medians, ratio
from benchmarks.results import Result, Target

OURS, LIFELINES = "casescope", "lifelines"
ROWS = 10_000_000
_TIMES_FASTER = 30
_CLOSE = 1e-9
_SEED = 1


def measure(*, rows: int = ROWS, repeats: int) -> Result:
    """Return the medians of both; raise AssertionError where they do not say the same."""
    with tempfile.TemporaryDirectory(prefix="casescope-benchmark-") as folder:
        contend("make", folder, str(rows), str(_SEED))
        runs = interleaved(
            {name: partial(contend, "run", folder, name) for name in (OURS, LIFELINES)},
            repeats=repeats,
        )
    apart = max(map(furthest, runs[OURS], runs[LIFELINES]))
    if apart > _CLOSE:
        raise AssertionError(f"the curves lie {apart:g} apart; no time counts")
    what = f"{rows:,} rows into a curve with bands"
    faster = ratio(runs, OURS, LIFELINES, "seconds")
    return Result(
        name="survival",
        title="A survival curve",
        rows=[{"what": what, "contender": name, **medians(held)} for name, held in runs.items()],
        targets=[
            Target("times faster than lifelines", faster, f"at least {_TIMES_FASTER}",
                   met=faster >= _TIMES_FASTER),
            Target("times less processor time", ratio(runs, OURS, LIFELINES, "processor_seconds"),
                   "none set", met=None),
            Target("furthest apart on any day, curve or band", apart, f"at most {_CLOSE:g}",
                   met=True),
        ],
        notes={"rows": rows, "seed": _SEED, "days": len(_curve(runs[OURS][0]))},
    )  # fmt: skip


def contend(*words: str) -> Run:
    """Run one contender, or the maker of their rows, in a process of its own."""
    return fresh([sys.executable, "-m", "benchmarks.survival_contenders", *words], says=True)


def furthest(one: Run, other: Run) -> float:
    """Return the greatest difference of two curves: day, at risk, surviving, lower, upper."""
    ours, theirs = _curve(one), _curve(other)
    if len(ours) != len(theirs) or not ours:
        raise AssertionError(f"{len(ours):,} days in one curve, {len(theirs):,} in the other")
    return max(
        abs(a - b)
        for first, second in zip(ours, theirs, strict=True)
        for a, b in zip(first, second, strict=True)
    )


def _curve(run: Run) -> Sequence[Sequence[float]]:
    said = run.said["curve"]
    if not isinstance(said, list):
        raise TypeError("a contender says its curve as a list")
    return said
