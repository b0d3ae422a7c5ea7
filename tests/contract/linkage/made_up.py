"""Two makers of files that share nothing with the pretend county but the extract's columns.

`councils` has much to go by, and much that misleads: sisters, twins, daughters named after their
mothers, namesakes, hostels, hyphens. `sparse` has names and dates of birth alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import accumulate
from random import Random

from tests.contract.linkage.corruption import blurred, misdated
from tests.worlds import Row, World

TODAY = date(2025, 1, 1)
_GIVEN = """
mary susan patricia linda barbara karen nancy betty sandra donna carol ruth sharon michelle
laura sarah kimberley deborah jessica shirley cynthia angela melissa brenda amy anna rebecca
kathleen pamela martha debra amanda stephanie carolyn christine marie janet catherine frances
ann joyce diane alice julie heather teresa doris gloria evelyn jean cheryl mildred katherine
joan ashley judith rose janice kelly nicole judy christina kathy theresa beverley denise tammy
irene jane lori rachel marilyn andrea kathryn louise sara anne jacqueline wanda bonnie julia
ruby lois tina phyllis norma paula diana annie lillian emily robin peggy crystal gladys rita
dawn connie florence tracy edna tiffany carmen rosa cindy grace wendy victoria edith kim sherry
sylvia josephine thelma shannon sheila ethel ellen elaine marjorie carrie charlotte monica
esther pauline emma juanita anita rhonda hazel amber eva debbie april leslie clara lucille
jamie joanne eleanor valerie danielle megan alicia suzanne michele gail bertha darlene veronica
jill erin geraldine lauren cathy joann lorraine lynn sally regina erica beatrice bernice audrey
yvonne annette samira fatima khadija ayesha zainab nasreen parveen shazia farzana mariam amina
hafsa siobhan niamh aoife orla sinead roisin grainne agnieszka katarzyna malgorzata magdalena
joanna ewa dorota ngozi chioma ifeoma blessing patience comfort precious
"""
_STARTS = """
ash brad cart dal ed far gar hal is jar kel lang mar nor ock pem quin rad sed tal und var wes
yar thorn ham
"""
_ENDS = """
ton ley well ham ford worth by man son field wick more stead ridge croft shaw bury combe
"""
GIVEN = _GIVEN.split()
FAMILY = [start + end for start in _STARTS.split() for end in _ENDS.split()]


@dataclass
class Someone:
    """A real woman or girl: what is true of her, whatever a file says."""

    given: str
    family: str
    born: date
    postcodes: list[str]
    nhs: str = ""
    former: str = ""
    children: list[date] = field(default_factory=list)
    mother: int = -1


def zipf(words: list[str], dice: Random, steepness: float = 0.8) -> Iterator[str]:
    """Yield words for ever, the first far more often than the last."""
    weights = list(accumulate(1 / (place + 3) ** steepness for place in range(len(words))))
    while True:
        yield dice.choices(words, cum_weights=weights)[0]


def nhs_number(serial: int) -> str:
    """Return a valid number of the 999 range, or nothing where the serial has no check digit."""
    digits = f"999{serial:06d}"
    check = -sum(int(d) * w for d, w in zip(digits, range(10, 1, -1), strict=True)) % 11
    return "" if check == 10 else f"{digits}{check}"


class Maker:
    """Makes people, their records and the truth of who is who."""

    def __init__(self, seed: int) -> None:
        self.dice = Random(seed)
        self.given, self.family = zipf(GIVEN, self.dice), zipf(FAMILY, self.dice)
        self.people: list[Someone] = []
        self.taken: set[tuple[str, str, date]] = set()
        self.tables: dict[str, list[Row]] = {
            name: [] for name in ("person", "mother", "address", "person_alias")
        }
        self.truth: dict[str, int] = {}

    def somebody(self) -> Someone:
        """Return a new person; no two have one name and birth date, which strict linkage joins."""
        born = date(1970, 1, 1) + timedelta(days=self.dice.randrange(36 * 365))
        given, family = next(self.given), next(self.family)
        if (given, family, born) in self.taken:
            return self.somebody()
        self.taken.add((given, family, born))
        return Someone(given, family, born, [self.postcode() for _ in "ab"])

    def postcode(self) -> str:
        letters = "".join(self.dice.choices("ABDEFGHJLNPQRSTUWXYZ", k=2))
        return f"QX{self.dice.randrange(1, 30)} {self.dice.randrange(1, 10)}{letters}"

    def relatives(self, her: Someone) -> list[Someone]:
        """Return those who are easily taken for her: a sister, a twin, a daughter, a namesake."""
        dice, kind = self.dice, self.dice.random()
        if kind < 0.04:
            other = replace(self.somebody(), family=her.family, postcodes=list(her.postcodes))
            return [replace(other, born=her.born + timedelta(days=dice.randrange(300, 1500)))]
        if kind < 0.06:
            other = replace(self.somebody(), family=her.family, postcodes=list(her.postcodes))
            return [replace(other, born=her.born)] if other.given != her.given else []
        if kind < 0.08:
            given = her.given if dice.random() < 0.3 else next(self.given)
            born = her.born + timedelta(days=dice.randrange(17 * 365, 24 * 365))
            late = min(born, date(2010, 1, 1))
            return [Someone(given, her.family, late, her.postcodes[-1:], mother=len(self.people))]
        if kind < 0.10:
            return [replace(self.somebody(), given=her.given, family=her.family)]
        return []

    def row(self, identity: str, person: int, **cells: str) -> None:
        self.truth[identity] = person
        self.tables["person"].append({"pers_person_id": identity, "pers_sex": "F", **cells})

    def bear(self, her: Someone) -> None:
        """Give her one to five children, nine months and more apart."""
        day = her.born + timedelta(days=self.dice.randrange(17 * 365, 27 * 365))
        for _ in range(self.dice.choice((1, 1, 2, 2, 3, 4, 5))):
            if day < TODAY:
                her.children.append(day)
            day += timedelta(days=self.dice.randrange(380, 1500))

    def world(self) -> World:
        return World(self.tables, TODAY)


def councils(women: int, seed: int) -> tuple[World, dict[str, int]]:
    """Return a file with postcodes, numbers, aliases and children, and who is who in truth."""
    maker = Maker(seed)
    while len(maker.people) < women:
        her = maker.somebody()
        maker.people.append(her)
        maker.people += maker.relatives(her)
    for number, her in enumerate(maker.people):
        maker.bear(her)
        her.nhs = nhs_number(number) if maker.dice.random() < 0.6 else ""
        if maker.dice.random() < 0.25:
            her.former, her.family = her.family, next(maker.family)
    for number, her in enumerate(maker.people):
        _records(maker, number, her)
    mothers = {row["moth_person_id"] for row in maker.tables["mother"]}
    women = {maker.truth[record] for record in mothers}
    return maker.world(), {r: w for r, w in maker.truth.items() if w in women}


def _records(maker: Maker, number: int, her: Someone) -> None:
    dice = maker.dice
    count = dice.choices((1, 2, 3), weights=(80, 17, 3))[0]
    ids = [f"{dice.randrange(10**9):09d}" for _ in range(count)]
    for place, identity in enumerate(ids):
        _written(maker, number, her, identity, blur=place > 0)
    for birth, born in enumerate(her.children):
        child, mother = f"c{number}-{birth}", dice.choice(ids)
        maker.tables["person"].append(
            {"pers_person_id": child, "pers_forename": next(maker.given).title(),
             "pers_surname": her.family.title(), "pers_dob": born.isoformat(), "pers_sex": "M"}
        )  # fmt: skip
        maker.tables["mother"].append({"moth_person_id": mother, "moth_childs_person_id": child})
    if her.mother >= 0:
        mother = next(i for i, person in maker.truth.items() if person == her.mother)
        maker.tables["mother"].append({"moth_person_id": mother, "moth_childs_person_id": ids[0]})


def _written(maker: Maker, number: int, her: Someone, identity: str, *, blur: bool) -> None:
    """Write one record of hers: the first as it is, a further one with up to three errors."""
    dice = maker.dice
    given, family, born = her.given, her.family, her.born
    if blur:
        family = _family(maker, her, identity)
        for _ in range(dice.choice((1, 1, 1, 2))):
            given, family, born = _mistaken(dice, given, family, born)
    dob = "" if dice.random() < (0.05 if blur else 0.02) else born.isoformat()
    nhs = her.nhs if not blur or dice.random() < 0.2 else ""
    maker.row(identity, number, pers_forename=given.title(), pers_surname=family.title(),
              pers_dob=dob, pers_single_unique_id=nhs)  # fmt: skip
    for postcode in her.postcodes if dice.random() < 0.85 else []:
        if dice.random() < 0.8:
            maker.tables["address"].append(
                {"addr_person_id": identity, "addr_address_postcode": postcode}
            )


def _family(maker: Maker, her: Someone, identity: str) -> str:
    """Return her surname in a further record: a former one, perhaps with an alias, or a double."""
    dice = maker.dice
    if her.former and dice.random() < 0.6:
        if dice.random() < 0.5:
            maker.tables["person_alias"].append(
                {"alias_person_id": identity, "alias_forename": her.given.title(),
                 "alias_surname": her.family.title(), "alias_kind": "married"}
            )  # fmt: skip
        return her.former
    return f"{her.family}-{next(maker.family)}" if dice.random() < 0.1 else her.family


def _mistaken(dice: Random, given: str, family: str, born: date) -> tuple[str, str, date]:
    """Return forename, surname and birth date with an error in one of them, or names swapped."""
    kind = dice.random()
    if kind < 0.3:
        return blurred(given, dice), family, born
    if kind < 0.65:
        return given, blurred(family, dice), born
    return (family, given, born) if kind < 0.72 else (given, family, misdated(born, dice))


def sparse(women: int, seed: int) -> tuple[World, dict[str, int]]:
    """Return a file of names and birth dates alone, in capitals, with one error in a record."""
    maker = Maker(seed)
    dice = maker.dice
    maker.people = [maker.somebody() for _ in range(women)]
    for number, her in enumerate(maker.people):
        for place in range(dice.choices((1, 2), weights=(85, 15))[0]):
            given, family, born = her.given, her.family, her.born
            if place:
                kind = dice.random()
                given = blurred(given, dice) if kind < 0.35 else given
                family = blurred(family, dice) if 0.3 < kind < 0.85 else family
                born = misdated(born, dice) if kind > 0.95 else born
            identity = f"P{number}-{place}"
            maker.row(identity, number, pers_forename=given.upper(), pers_surname=family.upper(),
                      pers_dob=born.strftime("%d/%m/%Y"))  # fmt: skip
            child = f"K{number}-{place}"
            maker.tables["mother"].append(
                {"moth_person_id": identity, "moth_childs_person_id": child}
            )
    return maker.world(), maker.truth
