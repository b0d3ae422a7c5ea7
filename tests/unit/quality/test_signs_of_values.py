"""Values and files that could not be used are said before any number, with what they do to it."""

import pytest

from casescope.identified.quality.sections import sections
from tests.engine import studied
from tests.worlds import world

CHILDREN = [f"c{n}" for n in range(1, 9)]
MOTHERS = "moth_person_id | moth_childs_person_id \n " + " \n ".join(f"m1 | {c}" for c in CHILDREN)
PERSON = "pers_person_id | pers_dob \n m1 | 1990-06-15 \n "


def told(mother=MOTHERS, **tables):
    """Return the lines that come before any number, and the signs with count and place."""
    with studied(world(mother=mother, **tables), until="quality") as connection:
        found = sections(connection)
    signs = {one["sign"]: (one["records"], one["of"], one["detail"])
             for one in found["truncation_signs"] if one["seen"]}  # fmt: skip
    return [line["finding"] for line in found["verdict"]], signs


def episodes(*statuses):
    """Return an episode of each child; every one begins a day after the one before."""
    told = enumerate(zip(CHILDREN, statuses, strict=True), start=1)
    rows = [f"{child} | 2020-05-0{n} | {status}" for n, (child, status) in told]
    return "CHILD | DECOM | LS \n " + " \n ".join(rows)


def born(*days):
    return PERSON + " \n ".join(f"{c} | {day}" for c, day in zip(CHILDREN, days, strict=True))


def test_legal_statuses_in_words_are_said():
    lines, signs = told(episodes=episodes(*["C2 - Full care order"] * 5, *["C2"] * 3))
    assert signs["legal_status_not_known"] == (5, 8, "episodes LS")
    assert "legal_status_not_known" in lines


def test_a_few_legal_statuses_that_are_none_are_no_sign():
    _, signs = told(episodes=episodes(*["ZZ"] * 4, *["C2"] * 4))
    assert "legal_status_not_known" not in signs


def test_dates_that_cannot_be_read_are_said():
    days = ["31/02/2015"] * 6 + ["01/02/2015"] * 2
    lines, signs = told(person=born(*days), episodes=episodes(*["C2"] * 8))
    assert signs["values_not_read"] == (6, 9, "person pers_dob")
    assert "values_not_read" in lines


def test_placements_in_words_are_said():
    """Where a child is placed with its parents, and the return says so in words, it would count."""
    rows = " \n ".join(f"{child} | 2020-05-01 | C2 | With parents" for child in CHILDREN)
    lines, signs = told(episodes="CHILD | DECOM | LS | PLACE \n " + rows)
    assert signs["values_not_read"] == (8, 8, "episodes PLACE")
    assert "values_not_read" in lines


@pytest.mark.parametrize(("written", "read"), [('[{{"code":"{}"}}]', False), ("{}, 4B", True)])
def test_factors_in_other_forms_are_read_or_said(written, read):
    assessed = " \n ".join(f"a{n} | {c} | 2020-01-01" for n, c in enumerate(CHILDREN))
    factors = " \n ".join(f"a{n} | {written.format('1B')}" for n in range(8))
    _, signs = told(
        episodes=episodes(*["C2"] * 8),
        assessment="cina_assessment_id | cina_person_id | cina_assessment_start_date \n "
                   + assessed,
        assessment_factor="cinf_assessment_id | cinf_assessment_factors_json \n " + factors,
    )  # fmt: skip
    where = "assessment_factor cinf_assessment_factors_json"
    assert signs.get("values_not_read") == (None if read else (8, 8, where))


def living(outside, **tables):
    """Eight mothers, one of each child, of whom so many live where the lookup doesn't reach."""
    women = [f"m{n}" for n in range(1, 9)]
    homes = ["QQ7 7QQ"] * outside + ["EX1 1AA"] * (8 - outside)
    return told(
        episodes=episodes(*["C2"] * 8),
        address="addr_person_id | addr_address_postcode | addr_address_start_date \n "
                + " \n ".join(f"{w} | {home} | 2020-01-01 \n {w} | QQ7 7QQ | 2010-01-01"
                              for w, home in zip(women, homes, strict=True)),
        mother="moth_person_id | moth_childs_person_id \n "
               + " \n ".join(f"{w} | {c}" for w, c in zip(women, CHILDREN, strict=True)),
        **tables,
    )[1]  # fmt: skip


LOOKUP = "place_postcode | place_in_authority \n EX1 | 1"


@pytest.mark.parametrize(
    ("outside", "lookup", "seen"),
    [(5, LOOKUP, (5, 8, "place")), (4, LOOKUP, None), (0, LOOKUP + " \n OT2 | 0", None),
     (0, "", (8, 8, "place")), (8, LOOKUP + " \n QQ7 7QQ | 0", None)],
)  # fmt: skip
def test_latest_addresses_that_the_lookup_does_not_know_are_said(outside, lookup, seen):
    """A lookup of the authority's own postcodes alone never tells that anybody left."""
    found = living(outside, **({"place": lookup} if lookup else {}))
    assert found.get("address_not_in_lookup") == seen


@pytest.mark.parametrize(
    ("lookup", "seen"),
    [(LOOKUP, True), (LOOKUP + " \n OT2 | 0", False), ("", False)],
)  # fmt: skip
def test_a_lookup_without_any_place_outside_is_said(lookup, seen):
    """Whatever share of addresses it knows, by it nobody ever left."""
    found = living(0, **({"place": lookup} if lookup else {}))
    assert ("nowhere_outside_in_lookup" in found) is seen


def named_apart(*ids):
    """A child of each of these ids in a return, and no other table that names a child."""
    rows = " \n ".join(f"{one} | 2020-05-01 | C2" for one in ids)
    return told(mother="moth_person_id | moth_childs_person_id \n m1 | c1",
                episodes="CHILD | DECOM | LS \n " + rows)  # fmt: skip


@pytest.mark.parametrize(
    ("ids", "seen"),
    [(("0012", "12", "0013", "13", "0014"), (2, 3, "returns")),
     (("0012", "12", "0013"), None), (("0012", "0013", "120"), None),
     (("A012", "A12", "B01", "B1"), None), (("00", "0", "000"), None)],
)  # fmt: skip
def test_ids_that_lost_their_zeros_are_said_first(ids, seen):
    lines, signs = named_apart(*ids)
    assert signs.get("ids_without_their_zeros") == seen
    assert (lines[0] == "ids_without_their_zeros") is bool(seen)


def test_zeros_lost_in_a_table_of_the_case_system_are_said():
    _, signs = told(
        person="pers_person_id | pers_dob \n 001 | 2015-01-01 \n 002 | 2016-01-01",
        mother="moth_person_id | moth_childs_person_id \n m1 | 1 \n m1 | 2",
        episodes=episodes(*["C2"] * 8),
    )
    assert signs["ids_without_their_zeros"] == (2, 2, "case system")


NAMED = "pers_person_id | pers_forename | pers_surname | pers_dob | pers_single_unique_id \n "


@pytest.mark.parametrize(
    ("one", "other", "seen"),
    [("m1 | Ana | Lee | 1990-01-01 |", "m2 | ANA | Lee | 1990-01-01 |", (1, 1, "person")),
     ("m1 | Ana | Lee | 1900-01-01 |", "m2 | Ana | Lee | 1900-01-01 |", None),
     ("m1 | Ana | Lee | 1990-01-01 | 9434765919", "m2 | Ana | Lee | 1990-01-01 | 9434765919", None),
     ("m1 | Ana | Lee | 1990-06-15 |", "m2 | Ana | Lee | 1990-06-15 |", None),
     ("m1 | Ana | Lee | 1990-01-01 |", "m2 | Ida | Lee | 1990-01-01 |", None)],
)  # fmt: skip
def test_women_joined_by_name_and_1_january_are_counted(one, other, seen):
    """They are joined, as definitions say, and the analyst is told on what that rests. 1 January
    1900 is what databases write for no date: no birth date is shared, so nothing is joined on it.
    """
    _, signs = told(
        person=f"{NAMED}{one} \n {other}",
        mother="moth_person_id | moth_childs_person_id \n m1 | c1 \n m2 | c2",
        episodes=episodes(*["C2"] * 8),
    )
    assert signs.get("joined_on_1_january") == seen


@pytest.mark.parametrize("returned", [True, False])
def test_the_case_system_alone_cannot_tell_asylum_seekers(returned):
    tables = {"episodes": episodes(*["C2"] * 8)} if returned else {}
    signs = told(
        cla_episode="clae_person_id | clae_cla_id | clae_cla_episode_start_date "
                    "\n c1 | 1 | 2020-01-01",
        **tables,
    )[1]  # fmt: skip
    assert ("asylum_seekers_not_told" in signs) is not returned


@pytest.mark.parametrize(
    ("written", "seen"),
    [("EXCC", (5, 6, None)), ("Exampleshire CC", None), ("Exampleshire", None)],
)
def test_an_authority_that_the_tracker_names_otherwise_is_said(written, seen):
    """Its own proceedings would count as removals by another authority, in the wide count."""
    rows = " \n ".join(f"p{c} | {c} | 2020-01-01 | {written}" for c in CHILDREN[:5])
    _, signs = told(
        proceedings="proc_id | proc_child_person_id | proc_application_date | proc_authority "
        f"\n {rows} \n p6 | {CHILDREN[5]} | 2020-01-01 |",
        episodes=episodes(*["C2"] * 8),
    )
    assert signs.get("proceedings_of_others") == seen
