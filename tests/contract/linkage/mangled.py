"""A third maker of files: a clean register of women first, then records mangled field by field.

After GeCo (Tran, Vatsalan, Christen 2013): each further record takes up to so many modifications,
each in a field drawn by its weight, by one of that field's corruptors. Names go by tradition and
are Zipf distributed; families hold what is easily taken for one woman.
"""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from tests.contract.linkage.corruption import HEARD, SCANNED, misdated, replaced, typed
from tests.contract.linkage.made_up import nhs_number
from tests.contract.linkage.peoples import PEOPLES, People
from tests.worlds import Row, World

TODAY = date(2025, 1, 1)


@dataclass(frozen=True)
class Setting:
    """How large, how mangled and how sparse a file is; shares are of one."""

    women: int = 1000
    twice: float = 0.2
    modifications: int = 3
    moved: float = 0.4
    addresses: float = 0.85
    numbers: float = 0.3
    aliases: float = 0.3
    no_birth_date: float = 0.03
    relatives: float = 0.1
    children: bool = True


@dataclass
class Woman:
    """A real woman: what is true of her at the time of her first record."""

    people: People
    given: str
    family: str
    born: date
    home: str
    nhs: str = ""
    mother: int = -1
    births: list[date] = field(default_factory=list)


@dataclass
class Written:
    """One record as it is going to be written."""

    given: str
    family: str
    born: date | None
    homes: list[str]
    nhs: str
    aliases: list[tuple[str, str]] = field(default_factory=list)


Corruptor = Callable[["Register", Woman, Written], None]


class Register:
    """Women, their families, their records and the truth of who is who."""

    def __init__(self, setting: Setting, seed: int) -> None:
        self.setting, self.dice = setting, Random(seed)
        self.women: list[Woman] = []
        self.taken: set[tuple[str, str, date]] = set()
        self.truth: dict[str, int] = {}
        self.tables: dict[str, list[Row]] = {
            name: [] for name in ("person", "mother", "address", "person_alias")
        }

    def postcode(self) -> str:
        dice = self.dice
        letters = "".join(dice.choices("ABDEFGHJLNPQRSTUWXYZ", k=2))
        return (
            f"{dice.choice(('ZX', 'ZY'))}{dice.randrange(1, 15)} {dice.randrange(1, 10)}{letters}"
        )

    def drawn(self, names: list[str]) -> str:
        weights = [1 / (place + 2) ** 0.85 for place in range(len(names))]
        return self.dice.choices(names, weights)[0]

    def woman(self, **said: object) -> Woman:
        """Return a new woman; no two have one name and birth date, which strict linkage joins."""
        dice = self.dice
        people = dice.choices(PEOPLES, [one.share for one in PEOPLES])[0]
        born = date(1969, 1, 1) + timedelta(days=int(dice.triangular(0, 38 * 365, 22 * 365)))
        her = Woman(people, self.drawn(people.given), self.drawn(people.family), born,
                    self.postcode())  # fmt: skip
        for name, value in said.items():
            setattr(her, name, value)
        while (her.given, her.family, her.born) in self.taken:
            her.born += timedelta(days=97)
        self.taken.add((her.given, her.family, her.born))
        her.nhs = nhs_number(len(self.taken)) if dice.random() < self.setting.numbers else ""
        return her

    def family_of(self, her: Woman) -> list[Woman]:
        """Return who is easily taken for her, if anybody."""
        dice = self.dice
        if dice.random() > self.setting.relatives:
            return []
        kin = {"people": her.people, "family": her.family, "home": her.home}
        given = dice.choice([name for name in her.people.given if name != her.given])
        kind = dice.choice(("sister", "twin", "daughter", "named after", "namesake", "cousin"))
        later = her.born + timedelta(days=dice.randrange(16 * 365, 22 * 365))
        return {
            "sister": lambda: [self.woman(
                **kin, given=given, born=her.born + timedelta(days=dice.randrange(330, 2500)))],
            "twin": lambda: [self.woman(**kin, given=given, born=her.born)],
            "daughter": lambda: [self.woman(**kin, given=given, born=later,
                                            mother=len(self.women))],
            "named after": lambda: [self.woman(**kin, given=her.given, born=later,
                                               mother=len(self.women))],
            "namesake": lambda: [self.woman(people=her.people, given=her.given,
                                            family=her.family)],
            "cousin": lambda: [self.woman(people=her.people, given=given, family=her.family,
                                          born=her.born + timedelta(days=dice.randrange(9)))],
        }[kind]()  # fmt: skip


def _slip(word: str, dice: Random) -> str:
    """Return a word with one slip of the keyboard, the scanner or the ear."""
    kind = dice.choice(("typed", "typed", "scanned", "heard"))
    lower = word.lower()
    pairs = SCANNED if kind == "scanned" else HEARD
    wrong = typed(lower, dice) if kind == "typed" else replaced(lower, pairs, dice)
    return wrong.title()


def _forename_slip(register: Register, her: Woman, written: Written) -> None:
    written.given = _slip(written.given, register.dice)


def _surname_slip(register: Register, her: Woman, written: Written) -> None:
    written.family = _slip(written.family, register.dice)


def _other_form(register: Register, her: Woman, written: Written) -> None:
    forms = her.people.forms.get(her.given)
    written.given = register.dice.choice(forms) if forms else _slip(written.given, register.dice)


def _middle_name(register: Register, her: Woman, written: Written) -> None:
    middle = register.drawn(her.people.given)
    written.given += f" {middle if register.dice.random() < 0.7 else middle[0]}"


def _married(register: Register, her: Woman, written: Written) -> None:
    former, written.family = written.family, register.drawn(register.dice.choice(PEOPLES).family)
    if register.dice.random() < register.setting.aliases:
        written.aliases.append((written.given, former))


def _double(register: Register, her: Woman, written: Written) -> None:
    other = register.drawn(her.people.family)
    joint = register.dice.choice(("-", " "))
    both = (written.family, other) if register.dice.random() < 0.7 else (other, written.family)
    written.family = joint.join(both)


def _letters(register: Register, her: Woman, written: Written) -> None:
    """Lose accents, apostrophes and hyphens, or cut a long name as an old system did."""

    def plain(name: str) -> str:
        ascii_only = unicodedata.normalize("NFKD", name.replace("ł", "l").replace("Ł", "L"))
        return "".join(letter for letter in ascii_only if not unicodedata.combining(letter))

    written.given = plain(written.given).replace("-", register.dice.choice((" ", "")))
    family = plain(written.family).replace("'", register.dice.choice(("", " ", "’")))
    written.family = family[: register.dice.choice((40, 10))]


def _exchanged(register: Register, her: Woman, written: Written) -> None:
    written.given, written.family = written.family, written.given


def _misdated(register: Register, her: Woman, written: Written) -> None:
    written.born = misdated(her.born, register.dice)


def _moved(register: Register, her: Woman, written: Written) -> None:
    written.homes = [register.postcode()]


CORRUPTORS: tuple[tuple[Corruptor, int], ...] = (
    (_forename_slip, 14), (_surname_slip, 18), (_other_form, 12), (_middle_name, 6), (_married, 10),
    (_double, 6), (_letters, 8), (_exchanged, 3), (_misdated, 15), (_moved, 8),
)  # fmt: skip


def mangled(setting: Setting, seed: int) -> tuple[World, dict[str, int]]:
    """Return a file made by a setting, and who is who in truth."""
    register = Register(setting, seed)
    while len(register.women) < setting.women:
        her = register.woman()
        kin = register.family_of(her)
        register.women += [her, *kin]
    for number, her in enumerate(register.women):
        _bear(register, her)
        _record(register, number, her)
    mothers = {row["moth_person_id"] for row in register.tables["mother"]}
    known = {register.truth[record] for record in mothers}
    truth = {record: woman for record, woman in register.truth.items() if woman in known}
    return World(register.tables, TODAY), truth


def _bear(register: Register, her: Woman) -> None:
    dice = register.dice
    day = her.born + timedelta(days=dice.randrange(16 * 365, 28 * 365))
    for _ in range(dice.choice((1, 1, 2, 3, 4))):
        if day < TODAY:
            her.births.append(day)
        day += timedelta(days=dice.randrange(300, 1300))


def _record(register: Register, number: int, her: Woman) -> None:
    dice, setting = register.dice, register.setting
    copies = 1 + (dice.random() < setting.twice) + (dice.random() < setting.twice / 6)
    ids = [f"{number}/{dice.randrange(10**7)}" for _ in range(copies)]
    for place, identity in enumerate(ids):
        _write(register, number, identity, _written(register, her, further=place > 0))
    for place, born in enumerate(sorted(set(her.births))):
        child = f"K{number}.{place}"
        # each record was opened for a child; the rest went to whichever came to hand
        mother = ids[place] if place < len(ids) else dice.choice(ids)
        register.tables["mother"].append({"moth_person_id": mother, "moth_childs_person_id": child})
        if setting.children:
            register.tables["person"].append(
                {"pers_person_id": child, "pers_surname": her.family,
                 "pers_forename": dice.choice(("Leo", "Mia", "Ava", "Baby")),
                 "pers_dob": born.isoformat(), "pers_sex": dice.choice("MF")}
            )  # fmt: skip
    if her.mother >= 0:
        mother = next(i for i, woman in register.truth.items() if woman == her.mother)
        register.tables["mother"].append(
            {"moth_person_id": mother, "moth_childs_person_id": ids[0]}
        )


def _written(register: Register, her: Woman, *, further: bool) -> Written:
    dice, setting = register.dice, register.setting
    written = Written(her.given, her.family, her.born, [her.home], her.nhs)
    if not further:
        return written
    written.nhs = her.nhs if dice.random() < 0.2 else ""
    if dice.random() < setting.moved:
        written.homes = [register.postcode()]
    for _ in range(dice.randrange(1, setting.modifications + 1)):
        corruptor = dice.choices(*zip(*CORRUPTORS, strict=True))[0]
        corruptor(register, her, written)
    if dice.random() < setting.no_birth_date:
        written.born = None
    return written


def _write(register: Register, number: int, identity: str, written: Written) -> None:
    register.truth[identity] = number
    tables = register.tables
    tables["person"].append(
        {"pers_person_id": identity, "pers_forename": written.given,
         "pers_surname": written.family, "pers_sex": "F", "pers_single_unique_id": written.nhs,
         "pers_dob": written.born.isoformat() if written.born else ""}
    )  # fmt: skip
    for given, family in written.aliases:
        tables["person_alias"].append(
            {"alias_person_id": identity, "alias_forename": given, "alias_surname": family,
             "alias_kind": "maiden"}
        )  # fmt: skip
    if register.dice.random() < register.setting.addresses:
        tables["address"] += [
            {"addr_person_id": identity, "addr_address_postcode": home} for home in written.homes
        ]
