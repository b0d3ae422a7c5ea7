"""Two records with their children: whether they are one woman, wait for a person, or are two."""

import pytest

from tests.contract.linkage.measure import clusters, linked
from tests.worlds import drawn, world

COLUMNS = "pers_person_id | pers_forename | pers_surname | pers_dob"


def outcome(people, *, mother="m1 | c1 \n m2 | c2", decisions=(), **tables):
    """Return `joined`, `review` or `apart` for m1 and m2."""
    drawn_world = world(
        person=f"{COLUMNS}\n{people}",
        mother=f"moth_person_id | moth_childs_person_id\n{mother}",
        dob={"c1": "2010-03-01", "c2": "2015-03-01"},
        **tables,
    )
    with linked(drawn_world, today=drawn_world.reference_date, decisions=decisions) as connection:
        if any({"m1", "m2"} <= cluster for cluster in clusters(connection)):
            return "joined"
        waits = connection.execute("SELECT count(*) FROM people.review").fetchone()
        return "review" if waits[0] else "apart"


ONE_HOME = """
    addr_person_id | addr_address_postcode
    m1             | ZZ1 1AA
    m2             | ZZ1 1AA
"""
ALIAS = """
    alias_person_id | alias_forename | alias_surname | alias_kind
    m2              | Katarzyna      | Nowak         | maiden
"""
KATARZYNA = "m1 | Katarzyna | Nowak | 1990-06-25"

JOINED = {
    "a nickname": f"{KATARZYNA} \n m2 | Kasia | Nowak | 1990-06-25",
    "a slip in the surname": f"{KATARZYNA} \n m2 | Katarzyna | Nowka | 1990-06-25",
    "a surname as it sounds": "m1 | Meg | Philips | 1990-06-25 \n m2 | Meg | Filips | 1990-06-25",
    "names in each other's place": f"{KATARZYNA} \n m2 | Nowak | Katarzyna | 1990-06-25",
    "a hyphen": f"{KATARZYNA} \n m2 | Katarzyna | Nowak-Thornley | 1990-06-25",
    "an accent and a slip": "m1 | Siân | Penhale | 1990-06-25 \n m2 | Sian | Penhal | 1990-06-25",
    "spelt otherwise": "m1 | Ayesha | Begum | 1990-06-25 \n m2 | Aisha | Begum | 1990-06-25",
    "Niamh as heard": "m1 | Niamh | Tindall | 1990-06-25 \n m2 | Neve | Tindall | 1990-06-25",
    "a letter that is no accent": (
        "m1 | Małgorzata | Wójcik | 1990-06-25 \n m2 | Malgorzata | Wojick | 1990-06-25"
    ),
    "a middle name": "m1 | Emma | Nowak | 1990-06-25 \n m2 | Emma Jane | Nowka | 1990-06-25",
    "a middle name and its initial": (
        "m1 | Emma J | Nowak | 1990-06-25 \n m2 | Emma Jane | Nowka | 1990-06-25"
    ),
    "one word or two": "m1 | Ana-Maria | Popa | 1990-06-25 \n m2 | Anamaria | Popaa | 1990-06-25",
    "a short form that no list holds": (
        "m1 | Kulvinderjit | Gill | 1990-06-25 \n m2 | Kulvi | Gill | 1990-06-25"
    ),
    "a double name in the forename's place": (
        "m1 | Rūta | Kazlauskė | 1990-06-25 \n m2 | Kazlauske | Ruta Thornley | 1990-06-25"
    ),
    "an initial alone": f"{KATARZYNA} \n m2 | K | Nowak | 1990-06-25",
    "part of a double name misspelt": (
        "m1 | Katarzyna | Thornley | 1990-06-25 \n m2 | Katarzyna | Thornly-Webb | 1990-06-25"
    ),
    "a pet name in brackets": (
        "m1 | Katarzyna (Kasia) | Nowak | 1990-06-25 \n m2 | Katarzyna Ewa | Nowka | 1990-06-25"
    ),
    "a maiden name after née": (
        "m1 | Ida | Thornley (née Nowak) | 1990-06-25 \n m2 | Ida | Nowak | 1990-06-25"
    ),
    "two surnames with a stroke": (
        "m1 | Ida | Thornley/Nowak | 1990-06-25 \n m2 | Ida | Nowak | 1990-06-25"
    ),
    "what a worker wrote of the record": (
        "m1 | Ida | Nowak - DUPLICATE DO NOT USE | 1990-06-25 \n m2 | Ida | Nowak | 1990-06-25"
    ),
    "the second of two middle names": (
        "m1 | Emma Jane Ruth | Nowak | 1990-06-25 \n m2 | Emma Ruth | Nowka | 1990-06-25"
    ),
    "day and month swapped, and a slip": (
        "m1 | Katarzyna | Nowak | 1990-06-05 \n m2 | Katarzyna | Nowwak | 1990-05-06"
    ),
}


@pytest.mark.parametrize("people", JOINED.values(), ids=JOINED)
def test_one_woman_under_two_spellings(people):
    assert outcome(people) == "joined"


SURNAMES = (
    "Kowalska Kowalski", "Horváthová Horvath", "Kazlauskienė Kazlauskaitė", "Petrova Petrov",
    "O'Reilly Riley", "McDonagh MacDonough", "O'Connor Connors", "Xasan Hassan", "Cabdi Abdi",
    "Akhtar Akther", "Chowdhury Chaudhry", "Maxamed Muhammad", "Begum Begom", "Tesfay Tesfai",
)  # fmt: skip


@pytest.mark.parametrize("surnames", SURNAMES)
def test_a_surname_that_is_written_in_several_ways(surnames):
    """Both spellings are borne by others of the file, so that neither is a misspelt other one."""
    one, other = surnames.split()
    others = "".join(
        f"\n {name[:2]}{number} | {given} | {name} | {1960 + 3 * number}-02-1{number}"
        for name in (one, other)
        for number, given in enumerate(["Una", "Vera", "Wanda", "Xenia"])
    )
    people = f"m1 | Ida | {one} | 1990-06-25 \n m2 | Ida | {other} | 1990-06-26 {others}"
    assert outcome(people, address=ONE_HOME) == "joined"


def test_a_married_woman_whose_maiden_name_is_known():
    married = f"{KATARZYNA} \n m2 | Katarzyna | Thornley | 1990-06-25"
    assert outcome(married, person_alias=ALIAS) == "joined"


def test_a_shared_postcode_makes_up_for_a_mistaken_birth_date():
    mistaken = f"{KATARZYNA} \n m2 | Katarzyna | Nowak | 1990-06-26"
    assert outcome(mistaken, address=ONE_HOME) == "joined"


@pytest.mark.parametrize(("others", "said"), [(18, "joined"), (60, "apart")])
def test_a_street_of_many_women_still_speaks_for_two_records_of_one_name(others, said):
    """Of some twenty neighbours none has her whole name; what a hostel has for an address may."""
    neighbours = [f"n{number} | Ida | Penhale{number} | " for number in range(others)]
    homes = "".join(f"\n n{number} | ZZ1 1AA" for number in range(others))
    people = "\n".join([KATARZYNA, "m2 | Katarzyna | Nowak | ", *neighbours])
    assert outcome(people, address=ONE_HOME.rstrip() + homes) == said


MARRIED_AND_MISDATED = f"{KATARZYNA} \n m2 | Katarzyna | Thornley | 1990-06-26"


@pytest.mark.parametrize(("other", "said"), [("A1", "joined"), ("A2", "apart")])
def test_children_in_one_set_of_proceedings_have_one_mother(other, said):
    """A surname that changed and a birth date a day off: the forename is all that agrees."""
    tracker = f"""
        proc_id | proc_child_person_id | proc_application_date
        A1      | c1                   | 2016-02-01
        {other} | c2                   | 2018-02-01
    """
    assert outcome(MARRIED_AND_MISDATED, proceedings=tracker) == said


def test_two_mothers_in_one_set_of_proceedings_are_two_where_forenames_differ():
    tracker = """
        proc_id | proc_child_person_id | proc_application_date
        A1      | c1                   | 2016-02-01
        A1      | c2                   | 2016-02-01
    """
    sisters = f"{KATARZYNA} \n m2 | Magdalena | Nowak | 1990-06-25"
    assert outcome(sisters, proceedings=tracker) != "joined"


def test_a_record_that_is_no_mothers_joins_by_another_that_is_none():
    """The third agrees well enough with the second alone, by a home; the second with the first."""
    people = f"""
        {KATARZYNA}
        m2 | Katarzyna | Nowwak | 1990-06-25
        m3 | Katarzyna | Nowak  | 1990-06-28
    """
    home = ONE_HOME.replace("m1", "m3")
    made = world(
        person=f"{COLUMNS}\n{people}", address=home,
        mother="moth_person_id | moth_childs_person_id\nm1 | c1",
        dob={"c1": "2010-03-01"},
    )  # fmt: skip
    with linked(made, today=made.reference_date) as connection:
        assert {"m1", "m2", "m3"} in clusters(connection)


def test_what_a_worker_wrote_of_two_records_is_no_name_that_they_share():
    marked = (
        "m1 | Ida | Nowak - DUPLICATE | 1990-06-25 \n m2 | Ida | Thornley - DUPLICATE | 1990-06-26"
    )
    assert outcome(marked, address=ONE_HOME) == outcome(
        marked.replace(" - DUPLICATE", ""), address=ONE_HOME
    )


CHILD_TWICE = f"""
    {KATARZYNA}
    m2 | Katarzyna | Nowwak | 1990-06-25
    c1 | Rowan     | Nowak  | 2010-05-03
    c2 | {{}}      | Nowak  | 2010-03-05
"""


@pytest.mark.parametrize(("name", "said"), [("Rowan", "joined"), ("Sorrel", "review")])
def test_a_child_recorded_twice_with_a_slip_in_its_birth_date_is_no_second_birth(name, said):
    """Two births two months apart are no one woman's; one child's two birth dates may be."""
    assert outcome(CHILD_TWICE.format(name)) == said


NOT_JOINED = {
    "an initial, and a birth date a day off": f"{KATARZYNA} \n m2 | K | Nowak | 1990-06-26",
    "an initial, and another surname": f"{KATARZYNA} \n m2 | K | Thornley | 1990-06-25",
    "one name, a birth date a day off": f"{KATARZYNA} \n m2 | Katarzyna | Nowak | 1990-06-26",
    "one name, no birth date": f"{KATARZYNA} \n m2 | Katarzyna | Nowak |",
    "one name, 1 January": f"{KATARZYNA} \n m2 | Katarzyna | Nowak | 1990-01-01",
    "one name, another date": f"{KATARZYNA} \n m2 | Katarzyna | Nowak | 1990-11-03",
    "one name, years apart": f"{KATARZYNA} \n m2 | Katarzyna | Nowak | 1979-02-03",
    "one birth date alone": f"{KATARZYNA} \n m2 | Megan | Thornley | 1990-06-25",
    "no names at all": "m1 | | | 1990-06-25 \n m2 | | | 1990-06-25",
}


@pytest.mark.parametrize("people", NOT_JOINED.values(), ids=NOT_JOINED)
def test_never_on_a_name_or_a_date_alone(people):
    assert outcome(people) != "joined"


TWINS = {
    "Tara and Lara": "m1 | Tara | Nowak | 1990-06-25 \n m2 | Lara | Nowak | 1990-06-25",
    "Hassana and Hussaina": "m1 | Hassana | Musa | 1990-06-25 \n m2 | Hussaina | Musa | 1990-06-25",
    "Emma and Emily": "m1 | Emma | Price | 1990-06-25 \n m2 | Emily | Price | 1990-06-25",
    "one middle name": "m1 | Emma Jane | Price | 1990-06-25 \n m2 | Lara Jane | Price | 1990-06-25",
    "one first name": (
        "m1 | Noor Fatima | Musa | 1990-06-25 \n m2 | Noor Ayesha | Musa | 1990-06-25"
    ),
    "Amy and Zoe": "m1 | Amy | Price | 1990-06-25 \n m2 | Zoe | Price | 1990-06-25",
}


@pytest.mark.parametrize("people", TWINS.values(), ids=TWINS)
def test_twins_stay_apart(people):
    """One surname, birth date and home; only the forename tells them."""
    assert outcome(people, address=ONE_HOME) != "joined"


def test_sisters_who_share_a_home_stay_apart():
    sisters = "m1 | Tara | Nowak | 1990-06-25 \n m2 | Sara | Nowak | 1992-01-14"
    assert outcome(sisters, address=ONE_HOME) == "apart"


def test_mother_and_daughter_of_one_name_and_home_stay_apart():
    family = f"{KATARZYNA} \n m2 | Katarzyna | Nowak | 2006-06-25"
    assert outcome(family, mother="m1 | m2 \n m1 | c1 \n m2 | c2", address=ONE_HOME) == "apart"


def test_children_of_one_mother_are_not_one_without_somebody_who_looks():
    children = "m1 | Marya | Nowak | 1990-06-25 \n m2 | Maryya | Nowak | 1990-06-25"
    parent = "m1 | c1 \n m2 | c2 \n g1 | m1 \n g1 | m2"
    assert outcome(children, mother=parent) != "joined"


def test_a_daughter_who_stands_twice_among_her_mothers_children_is_one():
    """Her record from her own time in care, and that as a mother: no two sisters share so much."""
    twice = f"{KATARZYNA} \n m2 | Katarzyna | Thornley | 1990-06-25"
    parent = "m1 | c1 \n m2 | c2 \n g1 | m1 \n g1 | m2"
    assert outcome(twice, mother=parent, address=ONE_HOME) == "joined"


def numbers(one, other):
    return (
        f"{COLUMNS} | pers_single_unique_id \n {KATARZYNA} | {one} \n "
        f"m2 | Kasia | Nowak | 1990-06-25 | {other}"
    )


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        ("999 000 0018", "999 000 0026", "apart"),
        ("999 000 0018", "999 000 0020", "joined"),  # the second has a wrong check digit
        ("999 000 0018", "", "joined"),
        ("999 000 0018", "999 999 9999", "joined"),  # nobody's, though its check digit is right
    ],
)
def test_two_valid_nhs_numbers_are_two_women(one, other, said):
    rows = drawn(numbers(one, other))
    made = world(
        person=numbers(one, other),
        mother="moth_person_id | moth_childs_person_id\nm1 | c1\nm2 | c2",
        dob={"c1": "2010-03-01", "c2": "2015-03-01"},
    )
    assert len(rows) == 2
    with linked(made, today=made.reference_date) as connection:
        found = any({"m1", "m2"} <= cluster for cluster in clusters(connection))
    assert found is (said == "joined")


def test_women_whose_children_were_born_three_months_apart_are_not_joined():
    near = f"{KATARZYNA} \n m2 | Kasia | Nowak | 1990-06-25"
    made = world(
        person=f"{COLUMNS}\n{near}",
        mother="moth_person_id | moth_childs_person_id\nm1 | c1\nm2 | c2",
        dob={"c1": "2010-03-01", "c2": "2010-06-01"},
    )
    with linked(made, today=made.reference_date) as connection:
        assert not any({"m1", "m2"} <= cluster for cluster in clusters(connection))
