"""Risk of a table beside pycanon, the search for a recoding, and a checked crosstab beside acro."""

import sys
import tempfile
from functools import partial
from math import isclose

from benchmarks.answer import check_same
from benchmarks.measure import Run, fresh, interleaved, medians, ratio
from benchmarks.results import Result, Target

OURS, PYCANON, ACRO = "casescope", "pycanon", "acro"
ROWS, FEW_ROWS = 1_000_000, 10_000
_SEED = 1
_CLOSE = 1e-9
_MOST_SECONDS, _MOST_SEARCH_SECONDS = 1.0, 5.0
_TIMES_PYCANON, _TIMES_ACRO = 50, 20

_Runs = dict[str, list[Run]]


def measure(*, rows: int = ROWS, few_rows: int = FEW_ROWS, repeats: int) -> Result:
    """Return the medians of all; raise AssertionError where two do not say the same."""
    with tempfile.TemporaryDirectory(prefix="casescope-benchmark-") as folder:
        for size in (rows, few_rows):
            contend("make", folder, str(size), str(_SEED))
        run = partial(_turns, folder, repeats)
        many = run("k-and-l", rows, OURS, PYCANON)
        few = run("k-l-and-t", few_rows, OURS, PYCANON)
        search = run("search", few_rows, OURS)
        lattice = run("lattice", few_rows, OURS)
        crosstab = run("crosstab", rows, OURS, ACRO)
    searches = (search, lattice)
    measured = {
        f"{rows:,} rows × 6: k and l (casescope: t and three risks too)": many,
        f"{few_rows:,} rows × 6: k, l and t (casescope: three risks too)": few,
        f"{few_rows:,} women × 8: the recoding that loses least": search,
        f"{few_rows:,} rows × 8 unrelated columns: the same": lattice,
        f"{rows:,} rows: crosstab of means with threshold, nk and p-ratio checks": crosstab,
    }
    return Result(
        name="risk",
        title="Risk of sharing, recoding, and a checked crosstab",
        rows=[{"what": what, "contender": name, **medians(held)}
              for what, runs in measured.items() for name, held in runs.items()],
        targets=[*_times_faster(many, few, crosstab, rows, few_rows),
                 *(_search(what, runs) for what, runs in measured.items() if runs in searches)],
        notes={"seed": _SEED, "search": dict(search[OURS][0].said),
               "lattice": dict(lattice[OURS][0].said)},
    )  # fmt: skip


def contend(*words: str) -> Run:
    """Run one contender, or the maker of their rows, in a process of its own."""
    return fresh([sys.executable, "-m", "benchmarks.risk_contenders", *words], says=True)


def _turns(folder: str, repeats: int, part: str, rows: int, *contenders: str) -> _Runs:
    runs = interleaved(
        {name: partial(contend, "run", folder, str(rows), part, name) for name in contenders},
        repeats=repeats,
    )
    check_alike(runs)
    return runs


def check_alike(runs: _Runs) -> None:
    """Raise AssertionError unless every contender came to the same whole numbers and fractions."""
    first, *others = runs
    for other in others:
        one, two = (dict(runs[name][0].said) for name in (first, other))
        near, far = _split(one), _split(two)
        check_same({first: near[0], other: far[0]})
        apart = [
            name for name, value in far[1].items()
            if not isclose(near[1].get(name, -1), value, rel_tol=_CLOSE, abs_tol=_CLOSE)
        ]  # fmt: skip
        if apart or len(near[1]) < len(far[1]):
            raise AssertionError(f"{first} and {other} differ in {', '.join(apart)}")


def _split(said: dict[str, object]) -> tuple[dict[str, int], dict[str, float]]:
    whole, fractions = {}, {}
    for name, value in said.items():
        if isinstance(value, int):
            whole[name] = value
        elif isinstance(value, float):
            fractions[name] = value
    return whole, fractions


def _times_faster(
    many: _Runs, few: _Runs, crosstab: _Runs, rows: int, few_rows: int
) -> list[Target]:
    ours = medians(many[OURS])["seconds"]
    faster = ratio(many, OURS, PYCANON, "seconds")
    also = ratio(few, OURS, PYCANON, "seconds")
    checked = ratio(crosstab, OURS, ACRO, "seconds")
    return [
        Target(f"{rows:,} rows: seconds", ours, f"under {_MOST_SECONDS:g}",
               met=ours < _MOST_SECONDS),
        Target(f"{rows:,} rows: times faster than pycanon", faster, f"at least {_TIMES_PYCANON}",
               met=faster >= _TIMES_PYCANON),
        Target(f"{few_rows:,} rows: times faster than pycanon", also, f"at least {_TIMES_PYCANON}",
               met=also >= _TIMES_PYCANON),
        Target(f"{rows:,} rows: crosstab, times faster than acro", checked,
               f"at least {_TIMES_ACRO}", met=checked >= _TIMES_ACRO),
    ]  # fmt: skip


def _search(what: str, runs: _Runs) -> Target:
    seconds = medians(runs[OURS])["seconds"]
    return Target(f"{what}: seconds", seconds, f"under {_MOST_SEARCH_SECONDS:g}",
                  met=seconds < _MOST_SEARCH_SECONDS)  # fmt: skip
