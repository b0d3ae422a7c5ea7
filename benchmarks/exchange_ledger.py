"""A hundred thousand ledger entries appended at once, proofs checked, an export verified."""

import sys
from functools import partial
from statistics import median

from benchmarks.measure import Run, fresh, interleaved, medians, ratio
from benchmarks.results import Result, Target

ENTRIES = 100_000
EXPORTED = 2_000
_LEAST_A_SECOND = 50_000
_MOST_MS = 1.0
_MOST_SECONDS = 1.0

_APPENDED = {
    "entries": "casescope: entries and tree in memory",
    "register": "casescope: the same, and the register on SQLite",
    "tree-casescope": "casescope: tree alone",
    "tree-pymerkle": "pymerkle: tree alone",
}
_CHECKED = {"proofs-casescope": "casescope", "proofs-pymerkle": "pymerkle"}


def measure(*, entries: int = ENTRIES, exported: int = EXPORTED, repeats: int) -> Result:
    """Return the medians of all; raise AssertionError where the two trees' roots differ."""
    sizes = {**dict.fromkeys((*_APPENDED, *_CHECKED), entries), "export": exported}
    runs = interleaved(
        {name: partial(_contend, name, size) for name, size in sizes.items()}, repeats=repeats
    )
    roots = {run.said["root"] for name in ("tree-casescope", "tree-pymerkle") for run in runs[name]}
    if len(roots) != 1:
        raise AssertionError("the two trees have different roots; no time counts")
    proofs = runs["proofs-casescope"][0].said["proofs"]
    what = {
        **dict.fromkeys(_APPENDED, f"{entries:,} entries appended"),
        **dict.fromkeys(_CHECKED, f"{proofs:,} proofs checked"),
        "export": f"an export of {exported:,} entries verified",
    }
    names = {**_APPENDED, **_CHECKED, "export": "casescope"}
    return Result(
        name="exchange_ledger",
        title="The ledger's tree",
        rows=[
            {"what": what[name], "contender": names[name], **medians(held)}
            for name, held in runs.items()
        ],
        targets=_targets(runs, entries),
        notes={"entries": entries, "exported": exported,
               "export_mb": runs["export"][0].said["megabytes"]},
    )  # fmt: skip


def _targets(runs: dict[str, list[Run]], entries: int) -> list[Target]:
    appended = _rate(runs["entries"], entries)
    checked = _ms_a_proof(runs["proofs-casescope"])
    verified = medians(runs["export"])["seconds"]
    return [
        Target("entries a second, entries and tree in memory", appended,
               f"at least {_LEAST_A_SECOND:,}", met=appended >= _LEAST_A_SECOND),
        Target("entries a second of processor time", _rate(runs["entries"], entries, "processor"),
               "none set", met=None),
        Target("entries a second, with the register on SQLite", _rate(runs["register"], entries),
               "none set", met=None),
        Target("times faster than pymerkle, tree alone",
               ratio(runs, "tree-casescope", "tree-pymerkle", "seconds"), "none set", met=None),
        Target("a proof checked, ms", checked, f"under {_MOST_MS:g}", met=checked < _MOST_MS),
        Target("times faster than pymerkle, proofs checked",
               ratio(runs, "proofs-casescope", "proofs-pymerkle", "seconds"), "none set", met=None),
        Target("an export verified, seconds", verified, f"under {_MOST_SECONDS:g}",
               met=verified < _MOST_SECONDS),
    ]  # fmt: skip


def _rate(runs: list[Run], entries: int, of: str = "wall") -> float:
    taken = [run.processor_seconds if of == "processor" else run.seconds for run in runs]
    return round(entries / median(taken))


def _ms_a_proof(runs: list[Run]) -> float:
    return round(median(1000 * run.seconds / _count(run) for run in runs), 4)


def _count(run: Run) -> int:
    proofs = run.said["proofs"]
    if not isinstance(proofs, int):
        raise TypeError("a contender says how many proofs it checked")
    return proofs


def _contend(name: str, size: int) -> Run:
    """Run one contender in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.exchange_ledger_contenders", name, str(size)]
    return fresh(command, says=True)
