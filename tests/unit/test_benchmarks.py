"""The benchmark compares like with like: all contenders come to the same answer."""

import sys

import pytest
from benchmarks import __main__ as command
from benchmarks import results
from benchmarks.answer import check_same
from benchmarks.measure import Run
from benchmarks.pretend_care import make
from benchmarks.removals import measure
from benchmarks.removals_contenders import OURS, PANDAS, STATEMENT, Side, check_answers, sides_of
from benchmarks.removals_inputs import prepare
from benchmarks.removals_words import COLUMNS


@pytest.fixture(scope="module")
def answers(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pretend")
    make(folder, episodes=2000, seed=7)
    prepare(folder)
    return {side: side.contend(folder)[-1] for side in sides_of(2000)}


def test_every_contender_in_every_part_counts_the_same(answers):
    assert len({(side.contender, side.part) for side in answers}) == 10
    check_answers(answers)


def test_what_is_compared_is_every_kind_of_thing(answers):
    kinds = " ".join(answers[Side(OURS, "compute", 2000)])
    for wanted in (
        "care court compulsory", "care voluntary ", "order court",
        "strict: strict repeat events", "lenient: wide multiple removals",
        "lenient: broad events with a newborn",
    ):  # fmt: skip
        assert wanted in kinds, f"the pretend extract has no {wanted}, so nothing was compared"


def test_the_two_linkages_differ(answers):
    said = answers[Side(OURS, "compute", 2000)]
    assert said["lenient: broad women"] < said["strict: broad women"]
    assert said["lenient: broad removed children"] == said["strict: broad removed children"]


def test_the_statement_is_held_to_all_that_is_said_of_women(answers):
    said = answers[Side(STATEMENT, "compute", 2000)]
    whole = answers[Side(OURS, "compute", 2000)]
    assert set(said) == {name for name in whole if ": " in name}

    wrong = {**said, "strict: wide women": said["strict: wide women"] + 1}
    with pytest.raises(AssertionError, match="strict: wide women"):
        check_answers({**answers, Side(STATEMENT, "compute", 2000): wrong})


def test_a_difference_in_single_removals_stops_the_others(answers):
    side = Side(PANDAS, "compute", 2000)
    wrong = {**answers[side], "removals, sum of ages": 0}
    with pytest.raises(AssertionError, match="removals, sum of ages"):
        check_answers({**answers, side: wrong})


def test_more_rows_are_asked_for_and_no_more_than_asked_are_made(tmp_path):
    few = make(tmp_path / "few", episodes=300, seed=1)
    many = make(tmp_path / "many", episodes=3000, seed=1)

    assert 250 < few["episodes"] <= 300
    assert 2950 < many["episodes"] <= 3000
    assert set(few) == set(COLUMNS)


def test_the_command_runs_small_and_writes_nothing(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["benchmarks", "removals", "--quick"])
    monkeypatch.setattr(command, "_QUICK", (1000,))
    before = {path: path.read_bytes() for path in results.FOLDER.iterdir()}

    assert command.main() == 0

    said = capsys.readouterr().out
    assert "| 1,000 episodes: compute alone | one DuckDB statement |" in said
    assert "| 1,000 episodes: with encrypted reading and writing | casescope |" in said
    assert {path: path.read_bytes() for path in results.FOLDER.iterdir()} == before


@pytest.mark.parametrize(
    ("text", "number"), [("10k", 10_000), ("9M", 9_000_000), ("20000", 20_000), ("5", 5)]
)
def test_sizes_are_read_as_they_are_said(monkeypatch, text, number):
    monkeypatch.setattr(sys, "argv", ["benchmarks", "removals", "--episodes", text])
    assert command._arguments().episodes == [number]


def test_targets_are_set_for_the_great_size_and_for_growth(monkeypatch):
    monkeypatch.setattr("benchmarks.removals.made", _made_as_if)
    monkeypatch.setattr(Side, "run", _as_if)

    held = {one.what: one for one in measure(sizes=(1_000_000, 9_000_000), repeats=3).targets}

    assert held["9,000,000 episodes: times faster than pandas"].met is True  # 90 s against 10
    assert held["9,000,000 episodes: times faster than polars"].met is False  # 20 s against 10
    assert held["9,000,000 episodes: time, of one statement's"].met is True  # 10 s against 10
    assert held["9,000,000 episodes: peak MB"].met is False  # 2,000
    assert held["1,000,000 episodes: times faster than pandas"].met is None
    growth = held["time for a row at 9,000,000 episodes, of that at 1,000,000"]
    assert (growth.value, growth.met) == (1.11, False)  # 10 s against 1, for 9 times the rows


def _made_as_if(folder, *, episodes, seed):
    return {"episodes": episodes}


def _as_if(side, folder):
    times = {"pandas": 9, "polars": 2}.get(side.contender, 1)
    seconds = times * (10.0 if side.episodes == 9_000_000 else 1.0)
    return Run(seconds, seconds, 2000.0, {"answer": {"strict: wide women": 1}})


def test_a_difference_is_named():
    with pytest.raises(AssertionError, match="strict women: casescope 5, pandas 4"):
        check_same({"casescope": {"strict women": 5}, "pandas": {"strict women": 4}})


def test_agreeing_on_nothing_is_no_agreement():
    with pytest.raises(AssertionError):
        check_same({"casescope": {}, "pandas": {}})
