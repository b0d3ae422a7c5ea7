"""On a county without mess, what the steps come to is what is true, woman by woman."""

import json
from datetime import date

import pytest

from casescope.findings import compute, exact_json
from casescope.findings.recurrence import YEARS
from casescope.findings.survival import Step, product_limit, value_at
from casescope.governance.study_file.parameters import Parameters
from casescope.kernel.codes import REMOVAL_COUNTS
from casescope.kernel.dates import DAYS_PER_YEAR
from casescope.synthetic import write_county
from tests.functional.county import grouped, studied

COUNTIES = [(1, 400), (2, 400), (3, 400), (4, 2000)]


@pytest.fixture(scope="module", params=COUNTIES, ids=lambda c: f"seed {c[0]}, {c[1]} mothers")
def told_and_found(request, tmp_path_factory):
    """The truth of one county, and what the steps say of it."""
    seed, mothers = request.param
    folder = tmp_path_factory.mktemp("county")
    truth = json.loads(write_county(folder, mothers=mothers, seed=seed).read_text(encoding="utf-8"))
    reference_date = date.fromisoformat(truth["reference_date"])
    with studied(folder, reference_date=reference_date) as connection:
        return truth, _found(connection, reference_date)


def _found(connection, reference_date):
    persons = grouped(
        connection,
        "SELECT COLUMNS(* EXCLUDE (source, source_id, registered)), source_id "
        "FROM people.known_as WHERE source = 'person' ORDER BY registered",
    )
    id_of = {subject: ids[0] for (subject,), ids in persons.items()}
    connection.execute("USE dataset")
    findings = compute(
        connection, linkage="strict", parameters=Parameters(), reference_date=reference_date
    )
    about = dict(connection.execute("SELECT name, value FROM about").fetchall())
    return {
        "women": _women(connection, persons, id_of),
        "issues": _issues(connection, persons),
        "person_records": connection.execute("SELECT count(*) FROM people.record").fetchone()[0],
        "recurrence": {
            "broad": exact_json(findings)["recurrence"],
            "strict": exact_json(findings)["recurrence_strict"],
            "wide": _recurrence(connection, about["observation_start"], reference_date, "wide"),
        },
        "rate": {count: _rate(findings.table("rate"), count) for count in REMOVAL_COUNTS},
        "observation_start": about["observation_start"],
        "flow": grouped(
            connection, "SELECT removals, name, women FROM cohort.flow WHERE linkage = 'strict'"
        ),
    }


def _women(connection, persons, id_of):
    """Give each woman under each count, by her case-system ids, in the words of truth.json."""
    each = (
        "FROM removals.event_removal JOIN removals.account USING (account) WHERE linkage = 'strict'"
    )
    removed = grouped(connection, f"SELECT DISTINCT removals, woman_id, child_id {each}")
    many = grouped(connection, f"SELECT removals, woman_id, count(*) {each} GROUP BY ALL")
    parts = grouped(connection, f"SELECT DISTINCT removals, woman_id, event, child_id {each}")
    events = grouped(connection, "SELECT removals, woman_id, {'event': event, 'date': event_on, "
                     "'route': route} FROM removals.event WHERE linkage = 'strict' "
                     "ORDER BY event_on, event")  # fmt: skip
    standing = connection.execute(
        "SELECT removals, woman_id, tier, no_tier, repeat_events, in_her_care, pregnant, age "
        "FROM cohort.standing WHERE linkage = 'strict'"
    ).fetchall()
    found = {}
    for count, woman, tier, no_tier, repeats, in_her_care, pregnant, age in standing:
        key = (count, woman)
        found[tuple(sorted(persons[(woman,)])), count] = {
            "tier": tier,
            "no_tier": no_tier,
            "removed_children": sorted(id_of[child] for child in removed.get(key, [])),
            "removals": many[key][0] if key in many else 0,
            "events": [
                {
                    "date": event["date"].isoformat(),
                    "children": sorted(id_of[child] for child in parts[*key, event["event"]]),
                    "route": event["route"],
                }
                for event in events.get(key, [])
            ],
            "repeat_events": repeats,
            "in_her_care": in_her_care,
            "pregnant": pregnant,
            "age": age,
        }
    return found


def _issues(connection, persons):
    rows = connection.execute(
        "SELECT woman_id, issue, timing, state FROM cohort.issue WHERE linkage = 'strict' "
        "AND removals = 'broad' AND state <> 'not recorded'"
    ).fetchall()
    return {
        (tuple(sorted(persons[(woman,)])), issue, timing): state
        for woman, issue, timing, state in rows
    }


def _recurrence(connection, observation_start, reference_date, count):
    """Give the recurrence of a count that no finding shows, from the dataset's spells."""
    start = date.fromisoformat(observation_start)
    first = (start.replace(year=start.year + 2) - reference_date).days
    spells = connection.execute(
        "SELECT follow_up_days, count(*) FILTER (ending = 'event'), "
        "count(*) FILTER (ending <> 'event') FROM dataset.spell "
        "WHERE linkage = 'strict' AND removals = $count AND index_day >= $first "
        "GROUP BY follow_up_days",
        {"count": count, "first": first},
    ).fetchall()
    points = product_limit(Step(*spell) for spell in spells)
    return {
        "years": list(YEARS),
        "estimate": [value_at(points, year * DAYS_PER_YEAR).estimate for year in YEARS],
        "index_women": sum(spell[1] + spell[2] for spell in spells),
        "events": sum(spell[1] for spell in spells),
    }


def _rate(table, count):
    """Give children and woman-years of a count, from the row of the leading linkage."""
    row = next(row for row in table.rows if row.labels == (count.capitalize(), "Strict"))
    return {"children": row.cells[-1].n, "woman_years": row.cells[-1].days / DAYS_PER_YEAR}


def _told(truth):
    for woman in truth["women"]:
        shared = {name: woman[name] for name in ("in_her_care", "pregnant", "age")}
        for count in REMOVAL_COUNTS:
            yield (tuple(woman["person_ids"]), count), {**woman["by_count"][count], **shared}


def test_every_woman_is_found_as_she_is(told_and_found):
    truth, found = told_and_found
    told = dict(_told(truth))
    assert found["women"].keys() == told.keys()
    wrong = {key: (told[key], found["women"][key]) for key in told
             if told[key] != found["women"][key]}  # fmt: skip
    assert not wrong, f"{len(wrong)} differ, first {next(iter(wrong.items()))}"


def test_every_issue_is_found_when_it_was(told_and_found):
    truth, found = told_and_found
    told = {
        (tuple(woman["person_ids"]), issue, timing): state
        for woman in truth["women"]
        for issue, timings in woman["issues"].items()
        for timing, state in timings.items()
    }
    # being care-experienced has no date: the truth tells it once, the dataset under each timing
    seen = {
        key: state for key, state in found["issues"].items()
        if key[1] != "care_experienced" or key[2] == "ever"
    }  # fmt: skip
    wrong = {key: (told.get(key), seen.get(key)) for key in told.keys() | seen.keys()
             if told.get(key) != seen.get(key)}  # fmt: skip
    assert not wrong, f"{len(wrong)} differ, first {next(iter(wrong.items()))}"


def test_sums_and_the_records_they_rest_on(told_and_found):
    truth, found = told_and_found
    assert found["person_records"] == truth["person_records"]
    assert found["observation_start"] == truth["observation_start"]
    for count, told in truth["totals"].items():
        women = [value for (_, which), value in found["women"].items() if which == count]
        assert {tier: found["flow"][count, tier][0] for tier in told["tiers"]} == told["tiers"]
        assert sum(len(woman["removed_children"]) for woman in women) == told["removed_children"]
        assert sum(woman["removals"] for woman in women) == told["removals"]
        assert sum(len(woman["events"]) for woman in women) == told["events"]
        assert sum(woman["repeat_events"] for woman in women) == told["repeat_events"]


@pytest.mark.parametrize("count", list(REMOVAL_COUNTS))
def test_recurrence_is_the_truth(told_and_found, count):
    truth, found = told_and_found
    told, seen = truth["recurrence"][count], found["recurrence"][count]
    assert (seen["years"], seen["index_women"], seen["events"]) == (
        told["years"], told["index_women"], told["events"],
    )  # fmt: skip
    assert seen["estimate"] == pytest.approx(told["estimate"], abs=1e-12)


def test_the_removal_rate_is_the_truth(told_and_found):
    truth, found = told_and_found
    for count, told in truth["rate"].items():
        assert found["rate"][count]["children"] == told["children"]
        assert found["rate"][count]["woman_years"] == pytest.approx(told["woman_years"])
    assert truth["rate"]["broad"]["children"] > 0
