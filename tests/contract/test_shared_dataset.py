"""What a shared dataset says, and what the council finds, of the same women."""

from collections import Counter
from datetime import date

import pytest

from casescope.dataset.frame import FRAME
from casescope.dataset.sharing.proposals import UNBANDED, fresh_tokens
from casescope.dataset.sharing.recode import Recoded, write
from casescope.dataset.sharing.subject import subjects
from casescope.disclosure import release
from casescope.disclosure.pack import load
from casescope.disclosure.relations import women as of_women
from casescope.disclosure.relations.everything import meanings, members, never_among, unions
from casescope.disclosure.relations.figures import Readable, figures
from casescope.findings import compute
from casescope.findings.finding import Count
from casescope.findings.shared_dataset import compute as compute_shared
from casescope.findings.shared_dataset.removed import ENDED
from casescope.findings.shared_dataset.who import IN_HER_CARE, IN_NO_TIER, PREGNANT
from casescope.findings.surviving import Outcome, surviving_in
from casescope.governance.study_file.parameters import Parameters
from casescope.synthetic import write_county
from tests.functional.county import studied

LEADING, REFERENCE = "lenient", date(2026, 6, 30)
COARSE = UNBANDED | {"intervals": 5, "followed": 2, "child_ages": 2, "children": 1, "age": 1,
                     "index_period": 2}  # fmt: skip


@pytest.fixture(scope="module")
def county(tmp_path_factory):
    """The council's findings; those of two shared datasets of everybody; and the women of each."""
    folder = tmp_path_factory.mktemp("county")
    write_county(folder, mothers=140, seed=11)
    with studied(folder, reference_date=REFERENCE) as connection:
        connection.execute("USE dataset")
        own = compute(connection, linkage=LEADING, parameters=Parameters(),
                      reference_date=REFERENCE)  # fmt: skip
        people = subjects(connection, linkage=LEADING, reference_date=REFERENCE)
        shared = {}
        for name, steps in (("fine", UNBANDED), ("coarse", COARSE)):
            # at a floor of one woman nobody is left out: the very women of the council's findings
            write(connection, people, Recoded(steps, 1, LEADING), tokens=fresh_tokens(people))
            shared[name] = (compute_shared(connection), people_of(connection))
        return own, shared


def rows(connection, query):
    result = connection.execute(query)
    names = [column[0] for column in result.description]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def people_of(connection):
    """Return what is true of each woman of the shared dataset, by the auditor's dimensions."""
    hers = {}
    for row in rows(connection, "SELECT * FROM shared_issue"):
        hers.setdefault(row["woman"], {})[row["issue"], row["timing"]] = row["state"]
    return [
        _standing(row) | _removals(row) | _issues(hers.get(row["woman"], {}))
        for row in rows(connection, "SELECT * FROM shared_woman")
    ]


def _standing(row):
    unknown = row["in_her_care"] == "unknown" and not row["pregnant"]
    tier = {"none": IN_NO_TIER}.get(row["tier"], row["tier"])
    if tier == "T2":
        tier = of_women.ONLY_UNKNOWN if unknown else of_women.T2_OTHER
    upper = row["age"][:1].upper() + row["age"][1:]
    return {"tier, broad": tier, "age": upper, "ethnic group": row["ethnicity"],
            "area": row["area"], "child in her care": IN_HER_CARE[row["in_her_care"]],
            "pregnant": PREGNANT[row["pregnant"]]}  # fmt: skip


def _removals(row):
    if row["children"] == "0":
        return {"pattern, broad": "none"}
    told = row["intervals"]
    events = 0 if told == "none" else told.count(",") + 1
    if told[:1] in "12" and not told.endswith(("days", "years", "year")):
        events = int(told[0])
    kind = "repeat" if events else "other" if row["children"] == "1" else "multiple"
    ages = row["child_ages"].split(", ")
    return {
        "pattern, broad": kind, "children": row["children"],
        "further events": "2 or more" if events > 1 else str(events),
        "first event": row["index_period"].split(" quarter")[0].capitalize(),
        "followed, banded": row["followed"][:1].upper() + row["followed"][1:],
        "ended by": ENDED[row["ending"]],
        **{f"child removed at {age[:1].upper()}{age[1:]}": "yes" for age in ages},
    }  # fmt: skip


def _issues(states):
    said = {None: "not recorded", "no": "recorded no", "yes": "yes"}
    found = {
        f"{issue.label}, {timing}": said[states.get((issue.id, timing))]
        for issue in FRAME
        for timing in ("at_latest_removal", "current", "ever")
    }
    for timing in ("at_latest_removal", "ever"):
        either = "yes" in (found[f"Alcohol, {timing}"], found[f"Drugs, {timing}"])
        found[f"Alcohol or drugs, {timing}"] = "yes" if either else of_women.NOT_YES
    two = {found["Learning disability or difficulty, ever"],
           found["Physical ill-health or disability, ever"]}  # fmt: skip
    found["disability"] = ("Recorded" if "yes" in two else
                           "Recorded no" if "recorded no" in two else "Not recorded")  # fmt: skip
    return found


def number(people, group):
    known = unions()
    wanted = {dimension: members(known.get(dimension, {}), category)
              for dimension, category in group.categories}  # fmt: skip
    return sum(all(one.get(d) in allowed for d, allowed in wanted.items()) for one in people)


def exact(steps):
    return {one.finding for one in surviving_in(steps, everyone=True, left_out={})
            if one.outcome is Outcome.EXACT}  # fmt: skip


@pytest.mark.parametrize(("name", "steps", "least"), [("fine", UNBANDED, 8), ("coarse", COARSE, 7)])
def test_what_is_said_to_survive_as_it_is_is_the_councils_own_finding(county, name, steps, least):
    own, shared = county
    found, _ = shared[name]
    compared = 0
    for table in found.tables:
        if not any(_is_of(table.id, rule) for rule in exact(steps)):
            continue
        theirs = own.table(table.id)
        assert (table.columns, table.rows) == (theirs.columns, theirs.rows), table.id
        compared += 1
    assert compared >= least


def _is_of(table, rule):
    return table == rule or (rule.endswith("*") and table.startswith(rule[:-1]))


def test_what_is_told_more_coarsely_adds_up_to_the_councils_own_finding(county):
    own, shared = county
    found, _ = shared["coarse"]
    ages = {row.labels[0]: row.cells for row in found.table("ages").rows}
    theirs = {row.labels[0]: row.cells for row in own.table("ages").rows}
    for coarse, parts in (("Under 25", ("Under 20", "20–24")), ("25–34", ("25–29", "30–34")),
                          ("35 and over", ("35–39", "40 and over"))):  # fmt: skip
        for column, cell in enumerate(ages[coarse]):
            assert cell.n == sum(theirs[part][column].n for part in parts)
    removed = {row.labels[0]: row.cells[0].n for row in own.table("repeat_and_multiple").rows}
    further = {row.labels[0]: row.cells[0].n for row in found.table("shared_further_events").rows}
    assert further["Total"] == removed["Women with a removal"]
    assert further["1"] + further["2 or more"] == removed["Women with a repeat removal"] > 10


@pytest.mark.parametrize("name", ["fine", "coarse"])
def test_every_count_is_what_the_auditor_takes_it_to_mean(county, name):
    found, people = county[1][name]
    known, checked = meanings(LEADING), Counter()
    for table in found.tables:
        for row in table.rows:
            for column, cell in zip(table.columns, row.cells, strict=True):
                if not isinstance(cell, Count):
                    continue
                group = known[table.id](row.labels, column)
                assert group is not None, (table.id, row.labels, column)
                if group.universe == of_women.WOMEN and table.id != "areas":
                    assert number(people, group) == cell.n, (table.id, row.labels, column, group)
                    checked[table.id.startswith("shared_")] += 1
    assert checked[True] > 40
    assert checked[False] > 200


def test_nobody_is_where_nobody_can_be(county):
    _, people = county[1]["fine"]
    groups = list(never_among(["shared_endings"]))
    assert groups
    assert all(number(people, group) == 0 for group in groups)
    assert list(never_among(["ages"])) == []


@pytest.mark.parametrize("pack", ["opensafely"])
def test_what_is_read_off_the_partners_release_holds_of_the_women(county, pack):
    found, people = county[1]["coarse"]
    out = release(found, pack=pack)
    assert out.audit["tables_together"] is True
    checked = 0
    for figure in figures(Readable(out.tables, out.curves, load(pack), LEADING)):
        if figure.cell.universe == of_women.WOMEN and figure.place.table != "areas":
            n = number(people, figure.cell)
            assert figure.least <= n, figure
            assert figure.most is None or n <= figure.most, figure
            checked += 1
    assert checked > 300
