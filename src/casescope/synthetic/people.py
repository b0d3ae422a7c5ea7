"""Gives the people of the pretend county names, ids and numbers, no two alike by accident."""

from datetime import date

from casescope.synthetic.dice import Dice
from casescope.synthetic.facts import Record
from casescope.synthetic.names import BOYS, ETHNICITY_SHARES, GIRLS, ORIGIN, SURNAMES

_UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


def nhs_number(serial: int) -> str:
    """Return a number from the 999 range, which the NHS gives to no patient; empty if it has none.

    One number in eleven has no check digit; each serial below two million gives its own.
    """
    digits = f"999{serial % 1_000_000:06d}"
    check = -sum(int(d) * w for d, w in zip(digits, range(10, 1, -1), strict=True)) % 11
    return "" if check == 10 or serial >= 2_000_000 else f"{digits}{check}"


def upn(serial: int) -> str:
    """Return a pupil number of authority 999, which does not exist."""
    digits = f"999{serial:09d}"
    total = sum(int(d) * w for d, w in zip(digits, range(2, 14), strict=True))
    return _UPN_LETTERS[total % 23] + digits


class Registry:
    """Registers people: ids in order, and no name with one birth date twice unless asked for."""

    def __init__(self, dice: Dice) -> None:
        self._dice = dice
        self._next = 1_000_001
        self._next_return = 500_001
        self._proceedings = 0
        self._taken: set[tuple[str, str, date]] = set()

    def record_id(self) -> str:
        """Return the next id of the case system."""
        self._next += self._dice.number(1, 3)
        return str(self._next)

    def return_id(self) -> str:
        """Return the next id of the SSDA903 return; the two ranges never meet."""
        self._next_return += self._dice.number(1, 3)
        return str(self._next_return)

    def proc_id(self) -> str:
        """Return the next number of the legal team's tracker."""
        self._proceedings += 1
        return f"AS{self._proceedings:05d}"

    def reserve(self, forename: str, surname: str, born: date | None) -> bool:
        """Take a name with a birth date; false if somebody has it."""
        if born is None:
            return True
        key = (forename.lower(), surname.lower(), born)
        if key in self._taken:
            return False
        self._taken.add(key)
        return True

    def ethnicity(self) -> str:
        """Return a DfE code as common as in the county."""
        return self._dice.weighed(ETHNICITY_SHARES)

    def forename(self, sex: str, ethnicity: str) -> str:
        """Return a forename of the origin that goes with the ethnicity."""
        lists = GIRLS if sex == "F" else BOYS
        return self._dice.pick(lists[ORIGIN.get(ethnicity, "british")].split())

    def surname(self, ethnicity: str) -> str:
        """Return a surname of the origin that goes with the ethnicity."""
        return self._dice.pick(SURNAMES[ORIGIN.get(ethnicity, "british")].split())

    def person(
        self, sex: str, ethnicity: str, born: date | None, surname: str = "", forename: str = ""
    ) -> Record:
        """Register somebody new under a free name."""
        family = surname or self.surname(ethnicity)
        given = forename or self.forename(sex, ethnicity)
        while not self.reserve(given, family, born):
            given = self.forename(sex, ethnicity)
            family = family if surname and self._dice.chance(0.9) else self.surname(ethnicity)
        record = Record(self.record_id(), given, family, sex, ethnicity, born)
        if born and self._dice.chance(0.7):
            record.nhs = nhs_number(int(record.id))
        return record
