"""What agrees and disagrees between two women's records, said in words."""

from datetime import date

import pytest

from casescope.identified.review.compare import compared
from casescope.identified.review.side import Address, Child, Name, Side, masked, printable


def side(**given) -> Side:
    return Side(subject_ids=("x",), **given)


def said(one: Side, other: Side) -> tuple[set[str], set[str], set[str]]:
    found = compared(one.sharing(other), other.sharing(one))
    assert found == compared(other.sharing(one), one.sharing(other)), "the same both ways round"
    return set(found.agrees), set(found.disagrees), set(found.not_known)


def test_nothing_known_is_neither_agreement_nor_disagreement():
    agrees, disagrees, not_known = said(side(), side())
    assert agrees == disagrees == set()
    assert not_known == {
        "NHS number not on both sides", "forename not on both sides", "surname not on both sides",
        "birth date not on both sides", "postcodes not on both sides",
        "children not on both sides",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "agrees", "disagrees"),
    [
        ("Anna Bell", "ANNA BELL", {"the same forename", "the same surname"}, set()),
        ("Anna Bell", "Anna Dunn", {"the same forename"}, {"different surnames"}),
        ("Annabel Bell", "Annabell Dunn", {"forenames that are alike"}, {"different surnames"}),
        ("Anna Bell", "Zara Dunn", set(), {"different forenames", "different surnames"}),
        ("Mary O'Neill", "Mary ONeill", {"the same forename", "the same surname"}, set()),
        ("Bell Anna", "Anna Bell", {"forename and surname are the same, but swapped"}, set()),
        ("Anna Anna", "Anna Anna", {"the same forename", "the same surname"}, set()),
    ],
)
def test_names(one, other, agrees, disagrees):
    first, second = (side(names=(Name(*name.split()),)) for name in (one, other))
    assert said(first, second)[:2] == (agrees, disagrees)


def test_a_married_name_is_another_name():
    one = side(names=(Name("Anna", "Bell"),), aliases=(Name("Anna", "Dunn", "married"),))
    other = side(names=(Name("Anna", "Dunn"),))
    assert "a surname of one is another name of the other" in said(one, other)[0]


@pytest.mark.parametrize(
    ("one", "other", "words", "agrees"),
    [
        ("1990-06-15", "1990-06-15", "the same birth date", True),
        ("1990-06-05", "1990-05-06", "birth dates with day and month swapped", True),
        ("1990-01-01", "1990-06-15", "the same birth year, one of them written as 1 January", True),
        ("1990-06-15", "1980-06-15", "birth dates 10 years apart to the day", False),
        ("1990-06-15", "1990-06-16", "birth dates that differ in one digit", False),
        ("1990-06-15", "1990-11-02", "different birth dates in one year", False),
        ("1990-06-15", "1971-11-02", "different birth dates", False),
    ],
)
def test_birth_dates(one, other, words, agrees):
    found = said(*(side(born=(date.fromisoformat(day),)) for day in (one, other)))
    assert found[0 if agrees else 1] == {words}


def test_the_nearest_of_several_birth_dates_counts():
    one = side(born=(date(1971, 3, 3), date(1990, 6, 15)))
    assert said(one, side(born=(date(1990, 6, 15),)))[0] == {"the same birth date"}


@pytest.mark.parametrize(
    ("one", "other", "agrees", "disagrees"),
    [
        (("943",), ("943",), {"the NHS numbers are equal"}, set()),
        (("943", "111"), ("111",), {"the NHS numbers are equal"}, set()),
        (("943",), ("111",), set(), {"the NHS numbers differ"}),
        (("943",), (), set(), set()),
    ],
)
def test_nhs_numbers(one, other, agrees, disagrees):
    assert said(side(nhs_numbers=one), side(nhs_numbers=other))[:2] == (agrees, disagrees)


@pytest.mark.parametrize(
    ("one", "other", "agrees", "disagrees"),
    [
        ("AB1 CD2", "AB1", {"in common: 1 postcode"}, set()),
        ("AB1 CD2", "AB1 CD2", {"in common: 2 postcodes"}, set()),
        ("AB1", "CD2", set(), {"no postcode in common"}),
    ],
)
def test_postcodes(one, other, agrees, disagrees):
    first, second = (
        side(addresses=tuple(Address(code) for code in codes.split())) for codes in (one, other)
    )
    assert said(first, second)[:2] == (agrees, disagrees)


def child(number: int, born: str, name: str = "") -> Child:
    return Child(number, name, date.fromisoformat(born) if born else None, None)


@pytest.mark.parametrize(
    ("one", "other", "agrees", "disagrees"),
    [
        ([child(1, "2018-03-01")], [child(1, "2018-03-01")],
         {"recorded as the mother of 1 child of both"}, set()),
        ([child(1, "2018-03-01", "Tom Bell")], [child(2, "2018-03-01", "tom bell")],
         {"1 child of the same name and birth date on both"}, {"no child in common"}),
        ([child(1, "2018-03-01")], [child(2, "2018-06-01")],
         set(), {"no child in common", "children born 92 days apart, hardly by one woman"}),
        ([child(1, "2018-03-01")], [child(2, "2018-03-02")], set(), {"no child in common"}),
        ([child(1, "2018-03-01")], [child(2, "2019-03-01")], set(), {"no child in common"}),
        ([child(1, "")], [child(2, "")], set(), {"no child in common"}),
    ],
)  # fmt: skip
def test_children(one, other, agrees, disagrees):
    found = said(side(children=tuple(one)), side(children=tuple(other)))
    assert found[:2] == (agrees, disagrees)


def test_a_birth_after_the_death_of_the_other_speaks_against():
    dead = side(died=(date(2015, 1, 1),))
    mother = side(children=(child(2, "2018-03-01"),))
    assert "a child of one was born after the death of the other" in said(dead, mother)[1]


def test_an_nhs_number_is_never_shown_whole():
    number = "9434765919"
    shown = side(nhs_numbers=(number,)).rows()["NHS number"]
    assert shown == [masked(number)] == ["••• ••• ••19"]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Anna  Bell ", "Anna Bell"),
        ("Anna\x1b[31mBell", "Anna\ufffd[31mBell"),
        ("Anna\u202eBell", "Anna\ufffdBell"),
        ("An\x00na", "An\ufffdna"),
        ("Anna\nBell\t", "Anna Bell"),
        ("Zoë Ní Bhriain", "Zoë Ní Bhriain"),
        (None, ""),
    ],
)
def test_no_text_steers_a_terminal(written, shown):
    assert printable(written) == shown
