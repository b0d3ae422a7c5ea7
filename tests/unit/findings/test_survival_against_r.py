"""Curves, bands and the log-rank test against R's survival, on published data sets.

`tests/reference_answers/survival.R` wrote the answers; where R is installed it is run again.
"""

import csv
import shutil
import subprocess
from collections import defaultdict
from pathlib import Path

import pytest

from casescope.findings.survival import Step, cumulative_incidence, log_rank, product_limit

ANSWERS = Path(__file__).parents[2] / "reference_answers"
SCRIPT = ANSWERS / "survival.R"
FILES = ("counts.csv", "curves.csv", "compared.csv")
CLOSE = 1e-9


def read(folder, name):
    with (folder / name).open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def number(text):
    return None if text in {"NA", "NaN"} else float(text)


def steps():
    found = defaultdict(list)
    for row in read(ANSWERS, "counts.csv"):
        counts = (int(row[name]) for name in ("events", "censored", "competing", "entered"))
        found[row["data"], row["group"]].append(Step(float(row["day"]), *counts))
    return found


def told(method):
    found = defaultdict(dict)
    for row in read(ANSWERS, "curves.csv"):
        if row["method"] == method:
            found[row["data"], row["group"]][float(row["day"])] = {
                name: number(row[name]) for name in ("at_risk", "estimate", "lower", "upper")
            }
    return found


STEPS, KM, AJ = steps(), told("km"), told("aj")


def agree(points, answers, bands=True):
    seen = {point.day: point for point in points}
    assert len(answers) > 20
    for day, answer in answers.items():
        point = seen[day]
        assert point.at_risk == answer["at_risk"]
        assert point.estimate == pytest.approx(answer["estimate"], abs=CLOSE)
        if bands and None not in (answer["lower"], answer["upper"]) and answer["estimate"] > 0:
            assert point.lower == pytest.approx(answer["lower"], abs=CLOSE)
            assert point.upper == pytest.approx(answer["upper"], abs=CLOSE)


@pytest.mark.parametrize("key", KM, ids=" ".join)
def test_kaplan_meier_is_rs_also_with_delayed_entry(key):
    agree(product_limit(STEPS[key]), KM[key])


@pytest.mark.parametrize("key", AJ, ids=" ".join)
def test_aalen_johansen_is_rs(key):
    """Under delayed entry R's bands are the infinitesimal jackknife's, which are others."""
    agree(cumulative_incidence(STEPS[key]), AJ[key], bands="by age" not in key[0])


@pytest.mark.parametrize("data", ["lung", "veteran", "mgus2"])
def test_the_log_rank_test_is_rs(data):
    rows = [row for row in read(ANSWERS, "compared.csv") if row["data"] == data]
    found = log_rank([STEPS[data, row["group"]] for row in rows])
    assert found is not None
    assert found.observed == tuple(int(row["observed"]) for row in rows)
    assert found.expected == pytest.approx([float(row["expected"]) for row in rows], abs=CLOSE)
    assert found.df == int(rows[0]["df"])
    assert found.chi_square == pytest.approx(float(rows[0]["chi_square"]), abs=CLOSE)
    assert found.p == pytest.approx(float(rows[0]["p"]), rel=1e-9)


def test_the_data_sets_hold_what_they_are_for():
    """Competing ends, delayed entry, and days on which events, ends and entries fall together."""
    assert {data for data, _ in STEPS} == {"lung", "veteran", "mgus2", "heart", "mgus2 by age"}
    ages = STEPS["mgus2 by age", "all"]
    assert any(step.events and step.competing and step.entered for step in ages)
    assert sum(step.entered for step in STEPS["heart", "1"]) > 50


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="Rscript is not installed")
def test_r_still_says_so(tmp_path):
    ran = subprocess.run(["Rscript", str(SCRIPT), str(tmp_path)], capture_output=True, check=False)
    if b"no package called" in ran.stderr:
        pytest.skip("R is installed without its survival package")
    assert ran.returncode == 0, ran.stderr.decode()
    for name in FILES:
        for new, kept in zip(read(tmp_path, name), read(ANSWERS, name), strict=True):
            for column, text in kept.items():
                try:
                    value = number(text)
                except ValueError:
                    assert new[column] == text
                    continue
                assert number(new[column]) == pytest.approx(value, abs=CLOSE)
