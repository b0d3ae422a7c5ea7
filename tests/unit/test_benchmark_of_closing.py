"""The benchmark of closing takes its times from what was closed and verified."""

from benchmarks import exchange_close
from benchmarks.measure import Run


def test_times_are_medians_of_what_the_runs_say(monkeypatch):
    runs = iter([
        Run(3.0, 1.0, 1.0, {"verified": 0.5, "kilobytes": 9}),
        Run(9.0, 2.0, 1.0, {"verified": 2.0, "kilobytes": 9}),
        Run(4.0, 1.0, 1.0, {"verified": 1.5, "kilobytes": 9}),
    ])  # fmt: skip
    monkeypatch.setattr(exchange_close, "_closed", lambda *_: next(runs))
    result = exchange_close.measure(mothers=10, entries=20, repeats=3)
    verified, closed = result.targets
    assert (verified.value, verified.met) == (1.5, False)
    assert (closed.value, closed.met) == (4.0, None)
