"""Nobody in the pretend county can be taken for a real person."""

from datetime import date

from casescope.synthetic.dice import Dice
from casescope.synthetic.people import Registry, nhs_number, upn


def test_nhs_numbers_are_valid_and_of_the_range_given_to_no_patient():
    numbers = [nhs_number(serial) for serial in range(1_000_000, 1_002_000)]
    given = [number for number in numbers if number]
    assert len(set(given)) == len(given) > 1500
    for number in given:
        total = sum(int(d) * w for d, w in zip(number[:9], range(10, 1, -1), strict=True))
        assert number.startswith("999")
        assert (total + int(number[9])) % 11 == 0


def test_pupil_numbers_are_of_an_authority_that_does_not_exist():
    numbers = {upn(serial) for serial in range(1_000_000, 1_000_500)}
    assert len(numbers) == 500
    assert all(len(number) == 13 and number[1:4] == "999" for number in numbers)


def test_a_name_with_a_birth_date_is_given_once():
    registry = Registry(Dice(1, "test"))
    born = date(1990, 1, 1)
    people = [registry.person("F", "CHNE", born) for _ in range(40)]
    assert len({(p.forename, p.surname) for p in people}) == 40
