"""The benchmark of the ledger compares the same trees, and stops where they differ."""

from dataclasses import replace

import pytest
from benchmarks import exchange_ledger
from benchmarks.exchange_ledger_contenders import (
    CONTENDERS,
    tree_of_casescope,
    tree_of_pymerkle,
)
from benchmarks.measure import Run


def as_if(name: str, size: int) -> Run:
    """A run in this process; nothing that needs a register."""
    said = {"seconds": 1.0} if name == "register" else CONTENDERS[name](size)
    return Run(2.0, 1.0, 1.0, said)


def test_both_trees_have_one_root():
    assert tree_of_casescope(300)["root"] == tree_of_pymerkle(300)["root"]


def test_rates_are_entries_by_the_median_second(monkeypatch):
    monkeypatch.setattr(exchange_ledger, "_contend", as_if)
    result = exchange_ledger.measure(entries=300, exported=20, repeats=1)
    held = {one.what: one for one in result.targets}
    appended = held["entries a second, entries and tree in memory"]
    assert (appended.value, appended.met) == (150, False)  # 300 in 2 s
    proof = held["a proof checked, ms"]  # 2 s for a proof of each of 299 places and sizes
    assert (proof.value, proof.met) == (round(2000 / 598, 4), False)


def test_another_root_stops_it(monkeypatch):
    def forked(name: str, size: int) -> Run:
        run = as_if(name, size)
        if name == "tree-pymerkle":
            return replace(run, said={**run.said, "root": "00"})
        return run

    monkeypatch.setattr(exchange_ledger, "_contend", forked)
    with pytest.raises(AssertionError, match="different roots"):
        exchange_ledger.measure(entries=300, exported=20, repeats=1)
