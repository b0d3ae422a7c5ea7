"""What the auditor takes each figure to mean is what the figure counts, person by person."""

from collections import Counter
from datetime import date
from itertools import chain

import pytest

from casescope.dataset.frame import FRAME
from casescope.disclosure import release
from casescope.disclosure.pack import PACKS, load
from casescope.disclosure.relations import children, women
from casescope.disclosure.relations.curves import followed
from casescope.disclosure.relations.everything import meanings, members, never, unions
from casescope.disclosure.relations.figures import Readable, figures
from casescope.findings import compute
from casescope.findings.care import FOLLOWED_YEARS, KINDS, OUTCOMES
from casescope.findings.finding import Count, Reading
from casescope.governance.study_file.parameters import Parameters
from casescope.synthetic import write_county
from tests.functional.county import studied

LEADING = "lenient"
REFERENCE = date(2026, 6, 30)
UNIONS = unions()
FOLLOWED = (date(REFERENCE.year - FOLLOWED_YEARS, REFERENCE.month, REFERENCE.day) - REFERENCE).days


@pytest.fixture(scope="module")
def county(tmp_path_factory):
    """Exact findings of a pretend county, and its women, children and removals one by one."""
    folder = tmp_path_factory.mktemp("county")
    write_county(folder, mothers=300, seed=11)
    with studied(folder, reference_date=REFERENCE) as connection:
        connection.execute("USE dataset")
        found = compute(connection, linkage=LEADING, parameters=Parameters(),
                        reference_date=REFERENCE)  # fmt: skip
        return found, people_of(connection)


def rows(connection, query):
    result = connection.execute(query)
    names = [column[0] for column in result.description]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def people_of(connection):
    """Return what is true of each woman, child and removal, by universe."""
    of = f"linkage = '{LEADING}'"
    standing = rows(connection, f"SELECT * FROM standing WHERE {of}")
    issue = rows(connection, f"SELECT * FROM issue WHERE {of} AND removals = 'broad'")
    removal = rows(connection, f"SELECT * FROM removal WHERE {of}")
    course = rows(connection, f"SELECT * FROM care_course WHERE {of} AND removals = 'broad'")
    woman = {row["woman"]: {} for row in rows(connection, f"SELECT woman FROM woman WHERE {of}")}
    for row in standing:
        woman[row["woman"]] |= of_standing(row, removal)
    for token, known in woman.items():
        hers = [row for row in issue if row["woman"] == token]
        known |= of_issues(hers)
    for row in rows(connection, f"SELECT * FROM woman WHERE {of}"):
        woman[row["woman"]] |= {
            "age": age_band(row["age"]), "ethnic group": row["ethnicity"], "area": row["area"],
        }  # fmt: skip
    child = [of_course(row) | {"tier, broad": woman[row["woman"]]["tier, broad"]} for row in course]
    return {
        women.WOMEN: list(woman.values()),
        children.CHILDREN: child,
        children.REMOVALS: list(of_removals(removal)),
    }


def of_standing(row, removal):
    unknown = row["in_her_care"] == "unknown" and not row["pregnant"]
    tier = row["tier"] or row["no_tier"]
    if tier == "T2":
        tier = women.ONLY_UNKNOWN if unknown else women.T2_OTHER
    count = row["removals"]
    hers = [r for r in removal if r["woman"] == row["woman"] and r["removals"] == count]
    pattern = "none"
    if hers:
        pattern = "repeat" if row["repeat_events"] else (
            "multiple" if row["multiple_removal"] else "other")  # fmt: skip
    again = len(hers) > len({r["child"] for r in hers})
    return {f"tier, {count}": tier, f"pattern, {count}": pattern,
            f"taken again, {count}": "yes" if again else "no"}  # fmt: skip


def of_issues(hers):
    states = {}
    for timing in ("at_latest_removal", "current", "ever"):
        now = {}
        for issue in FRAME:
            told = {
                row["state"]
                for row in hers
                if (row["issue"], row["timing"], row["source"]) == (issue.id, timing, "structured")
            }
            now[issue.label] = ("yes" if "yes" in told else
                                "recorded no" if told else "not recorded")  # fmt: skip
        either = "yes" in (now["Alcohol"], now["Drugs"])
        states |= {f"{name}, {timing}": state for name, state in now.items()}
        states[f"Alcohol or drugs, {timing}"] = "yes" if either else women.NOT_YES
    two = [
        states[f"{name}, ever"]
        for name in ("Learning disability or difficulty", "Physical ill-health or disability")
    ]
    states["disability"] = ("Recorded" if "yes" in two else
                            "Recorded no" if "recorded no" in two else "Not recorded")  # fmt: skip
    return states


def age_band(age):
    bands = ((20, "Under 20"), (25, "20–24"), (30, "25–29"), (35, "30–34"), (40, "35–39"))
    return next((name for below, name in bands if age is not None and age < below), "40 and over")


def of_course(row):
    kind = "other" if row["longest_kind"] == "none" else row["longest_kind"]
    return {
        "age at first removal": row["age_group"],
        "followed for years": "yes" if row["first_day"] <= FOLLOWED else "no",
        "longest placement": KINDS[kind],
        "how care ended": OUTCOMES[row["ending"]],
        "permanence": "never" if row["permanence"] == "none" else "ever",
        **{f"ever in {label}": "yes" for name, label in KINDS.items() if row[f"days_{name}"]},
    }


def of_removals(removal):
    """Yield each removal once, with the narrowest count it is in."""
    narrowest = {"strict": "strict", "broad": "broad only", "wide": "wide only"}
    once = {}
    for count in ("wide", "broad", "strict"):
        for row in removal:
            if row["removals"] == count:
                once[row["child"], row["day"]] = row | {"count": narrowest[count]}
    first = {}
    for row in removal:
        if row["removals"] == "broad":
            first[row["child"]] = min(row["day"], first.get(row["child"], row["day"]))
    for row in once.values():
        age = row["age_group"]
        if age == "under 1":
            age = "under 28 days" if row["newborn"] else "28 days to under 1"
        day = date.fromordinal(REFERENCE.toordinal() + row["day"])
        is_first = first.get(row["child"]) == row["day"]
        yield {
            "age at removal": age, "route": row["route"], "year": str(day.year),
            "count": row["count"], "removal": "first" if is_first else "again",
        }  # fmt: skip


def number(people, group):
    """Return how many of a universe are where a group says."""
    wanted = {dimension: members(UNIONS.get(dimension, {}), category)
              for dimension, category in group.categories}  # fmt: skip
    return sum(all(one.get(d) in allowed for d, allowed in wanted.items())
               for one in people[group.universe])  # fmt: skip


def counts(found):
    """Yield every count of every table with what it is taken to mean."""
    known = meanings(LEADING)
    for table in found.tables:
        for row in table.rows:
            for column, exact in zip(table.columns, row.cells, strict=True):
                if isinstance(exact, Count):
                    meant = known[table.id](row.labels, column)
                    yield table.id, row.labels, column, exact.n, meant


def test_every_count_is_what_it_is_taken_to_mean(county):
    found, people = county
    checked = Counter()
    for table, labels, column, n, group in counts(found):
        if group is not None and group.universe in people and table != "areas":
            assert number(people, group) == n, (table, labels, column, group)
            checked[group.universe] += 1
    assert checked[women.WOMEN] > 200
    assert checked[children.CHILDREN] > 100
    assert checked[children.REMOVALS] > 50


def test_nobody_is_where_nobody_can_be(county):
    _, people = county
    assert len(never()) > 20
    for group in never():
        assert number(people, group) == 0, group


def test_every_table_that_holds_a_count_is_known(county):
    found, _ = county
    known = set(meanings(LEADING))
    with_counts = {
        table.id
        for table in found.tables
        if any(isinstance(cell, Count) for row in table.rows for cell in row.cells)
    }
    assert with_counts <= known


def test_curves_of_people_follow_the_people_they_are_taken_to_follow(county):
    found, people = county
    for curve in found.curves:
        whom = followed(curve.id)
        if whom is not None and whom.universe == children.CHILDREN:
            assert number(people, whom.everybody()) == curve.women, curve.id
    read = {cell.curve for table in found.tables for cell in chain(*(r.cells for r in table.rows))
            if isinstance(cell, Reading) and cell.what in ("women", "events")}  # fmt: skip
    assert all(followed(name) for name in read)


# ons10 differs from dfe in its threshold alone, and takes four times as long
@pytest.mark.parametrize("pack", [pack for pack in PACKS if pack != "ons10"])
def test_what_is_read_off_a_release_holds_of_the_people(county, pack):
    found, people = county
    rules = load(pack)
    out = release(found, pack=pack)
    read = figures(Readable(out.tables, out.curves, rules, LEADING))
    checked = 0
    for figure in read:
        if figure.cell.universe not in people or figure.place.table == "areas":
            continue
        n = number(people, figure.cell)
        assert figure.least <= n, figure
        assert figure.most is None or n <= figure.most, figure
        checked += 1
    assert checked > 500
