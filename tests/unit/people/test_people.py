"""The people layer over small worlds: decisions, restrictions and the ids of SSDA903."""

import pytest

from tests.contract.linkage.measure import clusters, linked
from tests.engine import studied
from tests.linked import scored_once
from tests.worlds import world

TODAY = world(mother="moth_person_id | moth_childs_person_id").reference_date

TWO = """
    pers_person_id | pers_forename | pers_surname | pers_dob
    m1             | Katarzyna     | Nowak        | 1990-06-25
    m2             | Kasia         | Nowak        | 1990-06-25
    m3             | Megan         | Thornley     | 1984-02-11
"""
MOTHERS = """
    moth_person_id | moth_childs_person_id
    m1             | c1
    m2             | c2
    m3             | c3
"""
BORN = {"c1": "2010-03-01", "c2": "2015-03-01", "c3": "2012-03-01"}


def women(**tables):
    return world(person=TWO, mother=MOTHERS, dob=BORN, **tables)


def is_one(connection, *people):
    return any(set(people) <= cluster for cluster in clusters(connection))


def said(connection, query):
    return connection.execute(query).fetchall()


def ids(connection):
    """Return the random subject ids of m1, m2 and m3, which are new each time."""
    return dict(said(connection, "SELECT person_id, record_subject_id FROM links.record"))


@pytest.fixture(scope="module", autouse=True)
def links():
    """The three women's links are scored once, whatever is decided of them."""
    with scored_once():
        yield


@pytest.fixture
def decided(monkeypatch):
    """Make subject ids steady, so that a decision can name them before the layers are built."""
    numbers = iter(range(10_000))
    monkeypatch.setattr("secrets.token_hex", lambda size: f"{next(numbers):0{size * 2}x}")

    def build(decisions=(), restricted=()):
        nonlocal numbers
        numbers = iter(range(10_000))
        return linked(women(), today=TODAY, decisions=decisions, restricted=restricted)

    with build() as connection:
        known = ids(connection)
    return known, build


def test_a_link_joins_and_both_linkages_have_their_rows(decided):
    _, build = decided
    with build() as connection:
        assert is_one(connection, "m1", "m2")
        counts = dict(said(connection, "SELECT linkage, count(*) FROM people.woman GROUP BY 1"))
        children = said(connection, "SELECT count(*) FROM people.motherhood "
                                    "WHERE linkage = 'lenient' GROUP BY woman_id "
                                    "ORDER BY 1")  # fmt: skip
    assert counts == {"strict": 3, "lenient": 2}
    assert children == [(1,), (2,)]


def test_a_woman_goes_by_the_record_registered_first(decided):
    _, build = decided
    with build() as connection:
        rows = said(connection, "SELECT person_id, woman_id, registered FROM people.same_woman "
                                "JOIN people.record USING (subject) WHERE linkage = 'lenient' "
                                "AND person_id IN ('m1', 'm2') ORDER BY 1")  # fmt: skip
    (_, first, registered), (_, second, _) = rows
    assert first == second == registered


@pytest.mark.parametrize("turned", [False, True])
def test_different_keeps_two_records_apart(decided, turned):
    known, build = decided
    pair = (known["m2"], known["m1"]) if turned else (known["m1"], known["m2"])
    with build([f"{pair[0]} {pair[1]} different"]) as connection:
        assert not is_one(connection, "m1", "m2")
        assert said(connection, "SELECT * FROM people.review") == []


def test_same_joins_what_the_model_does_not(decided):
    known, build = decided
    with build([f"{known['m1']} {known['m3']} same"]) as connection:
        assert is_one(connection, "m1", "m2", "m3")
        strict = said(connection, "SELECT count(*) FROM people.woman WHERE linkage = 'strict'")
    assert strict == [(3,)]


def test_a_decision_on_a_record_that_is_gone_is_left_for_later(decided):
    known, build = decided
    with build([f"{known['m1']} 0123456789abcdef different"]) as connection:
        assert is_one(connection, "m1", "m2")


@pytest.mark.parametrize("named", ["m1", "m2"])
def test_a_merged_woman_takes_the_strictest_restriction_under_both_linkages(decided, named):
    """Definitions: "a merged woman takes the strictest restriction"."""
    known, build = decided
    with build(restricted=[known[named]]) as connection:
        left = said(connection, "SELECT DISTINCT linkage, person_id FROM people.woman "
                                "JOIN people.record ON subject = woman_id "
                                "ORDER BY ALL")  # fmt: skip
        known_ids = said(connection, "SELECT source_id FROM people.known_as ORDER BY 1")
    assert left == [("lenient", "m3"), ("strict", "m3")]
    assert known_ids == [("c3",), ("m3",)]


def test_held_apart_by_a_decision_only_the_one_named_is_restricted(decided):
    known, build = decided
    apart = [f"{known['m1']} {known['m2']} different"]
    with build(apart, restricted=[known["m1"]]) as connection:
        left = said(connection, "SELECT count(*) FROM people.woman WHERE linkage = 'lenient'")
    assert left == [(2,)]


def test_a_pair_that_waits_does_not_wait_once_she_is_restricted(monkeypatch):
    """One name and a birth date a day off wait for a person; a restricted woman's pair does not."""
    numbers = [iter(range(10_000))]
    monkeypatch.setattr("secrets.token_hex", lambda size: f"{next(numbers[0]):0{size * 2}x}")
    names = ["Xanthippe Quillfeather"] + [f"Una{chr(97 + n)} Vale{chr(97 + n)}" for n in range(3)]
    rows = [f"q{n} | {name.replace(' ', ' | ')} | 1980-02-1{n}" for n, name in enumerate(names)]
    near = "q9 | Xanthippe | Quillfeather | 1980-02-11"
    made = world(
        person="pers_person_id | pers_forename | pers_surname | pers_dob \n "
        + " \n ".join([*rows, near]),
        mother="moth_person_id | moth_childs_person_id \n q0 | c1 \n q9 | c2",
        dob=BORN,
    )
    waits = "SELECT why FROM people.review"
    with linked(made, today=TODAY) as connection:
        assert said(connection, waits) == [("little but their names agrees",)]
        hers = ids(connection)["q9"]
    numbers[0] = iter(range(10_000))
    with linked(made, today=TODAY, restricted=[hers]) as connection:
        assert said(connection, waits) == []


NAMED = """
    pers_person_id | pers_forename | pers_surname | pers_dob   | pers_upn
    c1             | Leo           | Nowak        | 2018-03-01 | H801200001001
    c2             | Mia           | Nowak        | 2016-05-01 |
"""
HEADER = "CHILD | DOB | UPN \n {} | 2018-03-01 | {}"
LINKED = "link_person_id | link_identifier_type | link_identifier_value \n "
ALIAS = "alias_person_id | alias_forename | alias_surname \n 9001 | LEO | nowak"
NO_UPN = HEADER.format("9001", "UN1")


@pytest.mark.parametrize(
    ("tables", "person", "joined_by", "reason"),
    [
        ({"header": HEADER.format("c1", "")}, "c1", "same id", None),
        (
            {"header": NO_UPN, "linked_identifier": f"{LINKED} c1 | 903 id | 90 01"},
            "c1", "linked identifier", None,
        ),
        ({"header": HEADER.format("9001", "H801200001001")}, "c1", "UPN", None),
        ({"header": NO_UPN, "person_alias": ALIAS}, "c1", "name and birth date", None),
        ({"header": NO_UPN}, None, "not joined", "no such id"),
        (
            {"header": NO_UPN,
             "linked_identifier": f"{LINKED} c1 | old id | 9001 \n c2 | legacy id | 9001"},
            None, "not joined", "ambiguous: a linked identifier names several people",
        ),
        (
            {"header": NO_UPN, "linked_identifier": f"{LINKED} c1 | family id | 9001"},
            None, "not joined", "no such id",
        ),
        # two number series overlap: c2 is somebody else, and the identifier names who was born then
        (
            {"header": HEADER.format("c2", ""), "linked_identifier": f"{LINKED} c1 | 903 id | c2"},
            "c1", "linked identifier", None,
        ),
    ],
)  # fmt: skip
def test_a_903_id_is_joined_the_first_way_that_names_one_person(tables, person, joined_by, reason):
    made = world(
        person=NAMED,
        mother="moth_person_id | moth_childs_person_id \n m1 | c1 \n m1 | c2",
        **tables,
    )
    with linked(made, today=TODAY) as connection:
        rows = said(connection, "SELECT joined_by, reason, person_id FROM people.child_903 "
                                "LEFT JOIN people.record USING (subject)")  # fmt: skip
    assert rows == [(joined_by, reason, person)]


ADOPTED = "m1 | c1 \n g1 | c2"


@pytest.mark.parametrize(
    ("identifier", "one"),
    [
        ("c2 | pre-adoption id | c1", True),
        ("c1 | 903 child id | 9001 \n c2 | former 903 id | 9001", True),
        ("c1 | family id | 77 \n c2 | family id | 77", False),
    ],
)
def test_ids_of_before_and_after_adoption_join_on_declared_evidence_only(identifier, one):
    made = world(
        person=NAMED.replace("Mia           | Nowak        | 2016-05-01",
                             "Max           | Thornley     | 2018-03-01"),
        mother=f"moth_person_id | moth_childs_person_id \n {ADOPTED}",
        header=HEADER.format("9001", ""),
        linked_identifier=f"{LINKED} {identifier}",
    )  # fmt: skip
    with linked(made, today=TODAY) as connection:
        people = said(connection, "SELECT count(DISTINCT subject) FROM people.record "
                                  "WHERE person_id IN ('c1', 'c2')")  # fmt: skip
    assert people == [(1 if one else 2,)]


@pytest.mark.parametrize(
    ("system", "returned", "meant"),
    [("WBRI", "MOTH", "WBRI"), ("NOBT", "WBRI", "WBRI"), ("REFU", "NOBT", "NOBT"),
     ("", "WBRI", "WBRI"), ("NOBT", "", "NOBT")],
)  # fmt: skip
def test_an_ethnicity_that_was_told_stands_before_one_not_obtained(system, returned, meant):
    """Most newborns are NOBT in the return of their first year."""
    drawn = world(
        person=f"pers_person_id | pers_ethnicity \n c1 | {system}",
        header=f"CHILD | ETHNIC \n c1 | NOBT \n c1 | {returned or 'NOBT'}",
        mother="moth_person_id | moth_childs_person_id \n m1 | c1",
    )
    with studied(drawn, until="people") as connection:
        assert said(connection, "SELECT ethnicity FROM people.child") == [(meant,)]
