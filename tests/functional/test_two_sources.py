"""A county whose yearly returns and case system hold the same facts says the same from either."""

import csv
import json
import shutil
from datetime import date, timedelta

import pytest

from casescope.synthetic import write_county
from tests.functional.county import grouped, studied

RETURNS = {"CHILD"}
"""What only files of the 903 return have in their header."""
CASE_SYSTEM = {"clae_person_id", "clap_cla_placement_id"}


@pytest.fixture(scope="module")
def county(tmp_path_factory):
    folder = tmp_path_factory.mktemp("county")
    truth = json.loads(write_county(folder, mothers=400, seed=11).read_text(encoding="utf-8"))
    return folder, date.fromisoformat(truth["reference_date"])


def header_of(path):
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return set(next(csv.reader(stream)))


def only(county, to, leave_out):
    """Copy the county's files but those with one of these columns."""
    folder, reference_date = county
    to.mkdir()
    for path in folder.rglob("*.csv"):
        if not header_of(path) & leave_out:
            shutil.copy(path, to / f"{path.parent.name}-{path.name}")
    return to, reference_date


def told(folder, reference_date):
    """Return every woman's events and tier, and the conflicts, under all counts."""
    with studied(folder, reference_date=reference_date) as connection:
        persons = "(SELECT woman_id, min(source_id) AS woman FROM people.same_woman " \
            "JOIN people.known_as USING (subject) WHERE linkage = 'strict' " \
            "AND source = 'person' GROUP BY woman_id)"  # fmt: skip
        events = grouped(
            connection,
            f"SELECT removals, woman, (event_on, route, children, new_children, newborn) "
            f"FROM removals.event JOIN {persons} USING (woman_id) "
            "WHERE linkage = 'strict' ORDER BY event",
        )
        tiers = grouped(
            connection,
            f"SELECT removals, woman, (tier, no_tier, in_her_care) FROM cohort.standing "
            f"JOIN {persons} USING (woman_id) WHERE linkage = 'strict'",
        )
        return events, tiers, grouped(connection, "SELECT kind, child_id FROM removals.conflict")


def test_the_same_from_the_returns_alone_the_case_system_alone_and_both(county, tmp_path):
    returns = told(*only(county, tmp_path / "returns", CASE_SYSTEM))
    system = told(*only(county, tmp_path / "system", RETURNS))
    both = told(*county)
    assert len(returns[0]) > 100
    assert returns == system == both
    assert not both[2]


def test_returns_that_end_early_are_filled_from_the_case_system(county, tmp_path):
    """The newest return is missing: women and removals are as if it were there."""
    folder, reference_date = county
    to = tmp_path / "older"
    shutil.copytree(folder, to)
    newest = max(_returned_to(path) for path in to.rglob("*.csv") if "DECOM" in header_of(path))
    for path in to.rglob("*.csv"):
        if "DECOM" in header_of(path) and _returned_to(path) > newest - timedelta(days=180):
            path.unlink()
    events, tiers, _ = told(to, reference_date)
    whole_events, whole_tiers, _ = told(folder, reference_date)
    assert events == whole_events
    assert tiers == whole_tiers


def _returned_to(path):
    """Return the latest day in a return."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        days = [row[name] for row in csv.DictReader(stream) for name in ("DECOM", "DEC")]
    return max(date(*map(int, reversed(day.split("/")))) for day in days if day)
