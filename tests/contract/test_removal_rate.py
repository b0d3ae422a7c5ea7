"""The rate counted by the SQL holds the truth; the naive one does not (regression to the mean).

Counties of women at a known constant hazard are invented, 200 of them, and put through the SQL of
the cohort step in one go. Everybody's time at risk begins on one day and lasts to the reference
date; no removals join into events.
"""

from datetime import date, timedelta
from importlib.resources import files

import duckdb
import numpy as np
import pyarrow as pa
import pytest

from casescope.findings.poisson import garwood
from casescope.vault.sql import parameters_of

HAZARD, YEARS, WOMEN, COUNTIES = 0.15, 12, 400, 200
START = date(2010, 1, 1)
DAYS = round(YEARS * 365.25)
REFERENCE = START + timedelta(days=DAYS)


@pytest.fixture(scope="module")
def removals():
    """Woman and day of each removal, days counted from the start, no two of a woman's on one."""
    rng = np.random.default_rng(20260101)
    women, removed = [], []
    for county in range(COUNTIES):
        happens = rng.poisson(HAZARD * YEARS, WOMEN)
        for woman, count in enumerate(happens):
            days = np.unique(rng.integers(1, DAYS + 1, count))
            women.extend([county * WOMEN + woman] * len(days))
            removed.extend(days.tolist())
    return np.array(women), np.array(removed)


@pytest.fixture(scope="module")
def counted(removals):
    """Children newly removed and days followed in each county, by the SQL."""
    con = duckdb.connect()
    con.execute("CREATE SCHEMA removals")
    women, days = removals
    drawn = pa.table({"woman_id": women, "day": days})
    con.register("drawn", drawn)
    con.execute(
        "CREATE TABLE removals.event_removal AS SELECT woman_id AS account, row_number() OVER () "
        "AS child_id, DATE '2010-01-01' + CAST(day AS INTEGER) AS removed_on FROM drawn"
    )
    con.execute(
        "CREATE TABLE removals.event AS SELECT 'strict' AS linkage, 'broad' AS removals, "
        "account AS woman_id, row_number() OVER (PARTITION BY account ORDER BY "
        "removed_on) AS event, removed_on AS latest_on FROM removals.event_removal"
    )
    con.execute(
        "CREATE TABLE removals.account AS SELECT DISTINCT 'strict' AS linkage, "
        "'broad' AS removals, account AS woman_id, account FROM removals.event_removal"
    )
    con.execute(
        "CREATE TABLE woman_now AS SELECT DISTINCT 'strict' AS linkage, woman_id, "
        "DATE '1990-06-15' AS dob, NULL::DATE AS died_on, NULL::DATE[] AS left_days FROM drawn"
    )
    facts = {"age_min": 16, "age_max": 45, "reference_date": REFERENCE}
    for name in ("newly_removed", "followed", "exposure"):
        sql = (files("casescope.identified.cohort") / f"{name}.sql").read_text("utf-8")
        bound = {one: facts[one] for one in parameters_of(sql)}
        con.execute(f"CREATE TABLE {name} AS {sql}", bound)
    return con.execute(
        f"SELECT sum(children), sum(days) FROM exposure GROUP BY woman_id // {WOMEN} ORDER BY ALL"
    ).fetchall()


def naive(removals):
    """Children removed over all the years of women chosen because they had two removals."""
    per_woman = np.bincount(removals[0], minlength=COUNTIES * WOMEN)
    chosen = per_woman[per_woman >= 2]
    return chosen.sum() / (len(chosen) * YEARS)


def test_ours_is_the_truth_and_the_naive_rate_is_far_above_it(removals, counted):
    children, days = (sum(column) for column in zip(*counted, strict=True))
    bounds = garwood(int(children), days / 365.25)
    assert bounds.lower <= HAZARD <= bounds.upper
    assert naive(removals) > 1.2 * bounds.upper


@pytest.mark.slow
def test_the_interval_holds_the_truth_in_about_19_counties_of_20(counted):
    """Exact intervals err on the wide side, so a little more than 95% is expected."""
    held = 0
    for children, days in counted:
        bounds = garwood(int(children), days / 365.25)
        held += bounds.lower <= HAZARD <= bounds.upper
    assert 0.92 <= held / len(counted) <= 0.98
