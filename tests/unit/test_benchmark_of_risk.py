"""The benchmark of risk compares like with like, and a difference is seen."""

import pytest
from benchmarks.measure import Run
from benchmarks.risk import check_alike, contend
from benchmarks.risk_contenders import CHECKS, CONTENDERS, make

ROWS = 1500


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("rows")
    make(folder, ROWS, 7)
    return folder


def said(folder, part):
    """Return what every contender of a part says, each in a process of its own."""
    names = [name for of, name in CONTENDERS if of == part]
    return {name: [contend("run", str(folder), str(ROWS), part, name)] for name in names}


def test_k_l_and_t_are_pycanons(folder):
    found = said(folder, "k-l-and-t")
    assert set(found) == {"casescope", "pycanon"}
    check_alike(found)


def test_means_and_checks_are_acros_and_each_check_fails_somewhere(folder):
    found = said(folder, "crosstab")
    check_alike(found)
    ours = found["casescope"][0].said
    for check in CHECKS:
        assert {value for name, value in ours.items() if name.endswith(check)} == {0, 1}


@pytest.mark.parametrize(("name", "value"), [("t", 0.5), ("k", 7)])
def test_a_difference_is_seen(name, value):
    same = {"k": 1, "l": 2, "t": 0.9}
    runs = {"casescope": [Run(1, 1, 1, same)], "pycanon": [Run(1, 1, 1, {**same, name: value})]}
    with pytest.raises(AssertionError, match=name):
        check_alike(runs)


def test_a_recoding_is_found_of_pretend_women_and_of_unrelated_columns(folder):
    for part in ("search", "lattice"):
        said = CONTENDERS[part, "casescope"](folder, 300)
        assert len(said["steps"]) == 8
        assert 0 < said["loss"] < 1
