"""`python -m benchmarks [NAME]`: measure, print, write results/ and README.md."""

import argparse
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime

from benchmarks import (
    coverage,
    demo,
    disclosure,
    exchange_close,
    exchange_ledger,
    exchange_seal,
    intake,
    linkage,
    removals,
    results,
    risk,
    start,
    survival,
)
from benchmarks.results import Result

_QUICK = (2_000, 20_000)
_LOADED = 1_000_000
_THOUSANDS = {"k": 1_000, "M": 1_000_000}


def main() -> int:
    """Run the benchmarks named; return 1 where a target was missed."""
    given = _arguments()
    quick, repeats = given.quick, 1 if given.quick else given.repeats
    sizes = _QUICK if quick else tuple(sorted(set(given.episodes or removals.SIZES)))
    loaded = _QUICK[-1] if quick else max(given.episodes or [_LOADED])
    mothers = 200 if quick else given.mothers
    benchmarks: dict[str, Callable[[], Result]] = {
        "start": lambda: start.measure(repeats=repeats),
        "demo": lambda: demo.measure(mothers=mothers, repeats=repeats),
        "intake": lambda: intake.measure(episodes=loaded, repeats=repeats),
        "linkage": lambda: linkage.measure(women=500 if quick else linkage.MOST, repeats=repeats),
        "removals": lambda: removals.measure(sizes=sizes, repeats=repeats),
        "survival": lambda: survival.measure(
            rows=_QUICK[-1] if quick else survival.ROWS, repeats=repeats
        ),
        "risk": lambda: risk.measure(
            rows=_QUICK[-1] if quick else risk.ROWS,
            few_rows=500 if quick else risk.FEW_ROWS,
            repeats=repeats,
        ),
        "disclosure": lambda: disclosure.measure(
            reports=2 if quick else disclosure.REPORTS, repeats=repeats
        ),
        "exchange_ledger": lambda: exchange_ledger.measure(
            entries=5_000 if quick else exchange_ledger.ENTRIES,
            exported=200 if quick else exchange_ledger.EXPORTED,
            repeats=repeats,
        ),
        "exchange_close": lambda: exchange_close.measure(
            mothers=100 if quick else exchange_close.MOTHERS,
            entries=200 if quick else exchange_close.ENTRIES,
            repeats=repeats,
        ),
        "exchange_seal": lambda: exchange_seal.measure(
            women=_QUICK[0] if quick else exchange_seal.WOMEN, repeats=repeats
        ),
        "coverage": lambda: coverage.measure(studies=20 if quick else coverage.STUDIES),
    }
    missed = 0
    for name in [given.benchmark] if given.benchmark else benchmarks:
        measured = results.circumstances(given.date.isoformat(), repeats)
        print(f"{name} …", file=sys.stderr)
        result = benchmarks[name]()
        print(results.as_said(result, measured))
        if not quick:
            print(f"Written to {results.write(result, measured)}", file=sys.stderr)
        missed += sum(target.met is False for target in result.targets)
    return 1 if missed and not quick else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("benchmark", nargs="?",
                        choices=("removals", "linkage", "intake", "demo", "start", "survival",
                                 "risk", "disclosure", "exchange_close", "exchange_ledger",
                                 "exchange_seal", "coverage"),
                        help="which to run (default: all)")  # fmt: skip
    parser.add_argument("--episodes", type=_number, nargs="+", metavar="N",
                        help="rows of episodes over all yearly returns (10k 1M 9M)")  # fmt: skip
    parser.add_argument("--mothers", type=int, default=2000, help="of the demo's pretend county")
    parser.add_argument("--repeats", type=int, default=5, help="runs of each contender")
    parser.add_argument("--date", type=date.fromisoformat, default=datetime.now(UTC).date(),
                        help="the day to write beside the numbers (default: today)")  # fmt: skip
    parser.add_argument("--quick", action="store_true",
                        help="small and once, to see that it works; writes nothing")  # fmt: skip
    return parser.parse_args()


def _number(text: str) -> int:
    """Read 9000000, 10k or 9M."""
    times = _THOUSANDS.get(text[-1:], 1)
    return int(text.removesuffix(text[-1:]) if times > 1 else text) * times


if __name__ == "__main__":
    sys.exit(main())
