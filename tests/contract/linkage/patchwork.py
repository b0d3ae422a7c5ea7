"""A fifth maker of files, kept aside: nothing of the linkage was settled by looking at it.

Few names, drawn evenly, so that namesakes are many; each field of each record goes wrong by itself.
Workers write into the name fields what belongs elsewhere (titles, née, the name she goes by), copy
postcodes as they are spoken, and open a record for a referral that another record already covers.
Children's episodes and proceedings stand beside, as in a whole extract.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from tests.contract.linkage.made_up import nhs_number
from tests.worlds import Row, World

TODAY = date(2025, 3, 31)

_FORENAMES = """
Sarah Emma Laura Rebecca Gemma Claire Victoria Samantha Rachel Amy Jennifer Nicola Katherine
Elizabeth Kelly Natalie Jessica Joanne Danielle Michelle Lisa Stephanie Catherine Donna Hannah
Stacey Leanne Lindsay Kirsty Hayley Zoe Charlotte Louise Cheryl Kerry Jodie Natasha Tracey
Margaret Susan Christine Deborah Alison Sharon Karen Chloe Megan Shannon Bethany Jade Paige
Courtney Ellie Georgia Abigail Fatima Aisha Khadija Maryam Zainab Mohima Priya Anjali Harpreet
Agnieszka Katarzyna Magdalena Joanna Monika Elena Ioana Andreea Mihaela Blessing Grace Ngozi
Amina Hodan Fowsia Tenneh Roza Shler Nour Rania Maria Ana Isabel Thuy Mei
"""
FORENAMES = _FORENAMES.split()
_SURNAMES = """
Smith Jones Taylor Brown Williams Wilson Johnson Davies Robinson Wright Thompson Evans Walker
White Roberts Green Hall Wood Jackson Clarke Harrison Clark Hughes Lewis Harris Edwards Turner
Martin Cooper Hill Ward Hussain Moore King Watson Baker Patel Morris Anderson Lee Mitchell Shaw
Richardson Bell Carter Phillips Collins Bennett Scott Cook Young Bailey Miller Khan Davis Cox
Richards Marshall Price Griffiths Rogers Murphy Stevens Ahmed Begum Ali Murray Kelly Simpson
Wilkinson Foster Webb Hunt Powell Mills Fisher Holmes Barker Gibson Ellis Dixon Hunter Barnes
Nowak Kowalska Popescu Ionescu Mensah Okafor Mohamed Warsame Rahman Chowdhury Kaur Singh Nguyen
Chen Silva Santos Rossi O'Neill O'Connor McCarthy McDonald MacKenzie Fitzpatrick Cunningham
Featherstone Winterbottom Sutcliffe Postgate Ollerenshaw Ridgeway Tomlinson Hetherington Pickles
"""
SURNAMES = _SURNAMES.split()
GOES_BY = {
    "Elizabeth": "Liz Beth Lizzie Libby", "Katherine": "Kate Kathy Katie", "Victoria": "Vicky Tori",
    "Catherine": "Cath Cathy Kate", "Rebecca": "Becky Becca", "Samantha": "Sam Sammy",
    "Jennifer": "Jen Jenny", "Stephanie": "Steph", "Deborah": "Debbie Debs", "Susan": "Sue Susie",
    "Margaret": "Maggie Peggy Meg", "Christine": "Chris Chrissie", "Natasha": "Tasha", "Jessica":
    "Jess", "Danielle": "Dani", "Nicola": "Nicky Nikki", "Michelle": "Shelley", "Abigail": "Abi",
    "Charlotte": "Charlie Lottie", "Natalie": "Nat", "Bethany": "Beth", "Magdalena": "Magda",
    "Katarzyna": "Kasia", "Agnieszka": "Aga", "Joanna": "Jo Asia", "Joanne": "Jo", "Alison": "Ali",
    "Tracey": "Tracy", "Aisha": "Ayesha", "Maryam": "Mariam", "Fatima": "Fatema", "Amina": "Ameena",
}  # fmt: skip
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass
class Mum:
    """A real woman; `names` are her surnames and `homes` her postcodes in the order of time."""

    given: str
    middle: str
    names: list[str]
    born: date
    homes: list[str]
    nhs: str
    ethnicity: str
    children: list[date] = field(default_factory=list)
    daughter_of: int = -1


def letter_wrong(word: str, dice: Random) -> str:
    """Return a word with one letter left out, put in, changed or moved, anywhere."""
    at = dice.randrange(len(word))
    kind = dice.choice("oicm")
    if kind == "o" and len(word) > 2:
        return word[:at] + word[at + 1 :]
    if kind == "i":
        return word[:at] + dice.choice(LETTERS) + word[at:]
    if kind == "m" and at + 1 < len(word):
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return word[:at] + dice.choice(LETTERS) + word[at + 1 :]


def date_wrong(born: date, dice: Random) -> str:
    """Return a birth date as it was mistaken; nothing where nobody asked."""
    kind = dice.random()
    if kind < 0.3:
        return ""
    if kind < 0.45 and born.day <= 12:
        return date(born.year, born.day, born.month).isoformat()
    if kind < 0.6:
        return f"{born.year + dice.choice((-1, 1))}-{born.month:02d}-{min(born.day, 28):02d}"
    if kind < 0.75:
        return f"{born.year + dice.choice((0, 0, 0, 1, -1))}-01-01"
    if kind < 0.9:
        return f"{born.year}-{born.month:02d}-{dice.randrange(1, 29):02d}"
    return f"{born.year}-{dice.randrange(1, 13):02d}-{min(born.day, 28):02d}"


class Office:
    """A county's women and what its workers wrote."""

    def __init__(self, women: int, seed: int) -> None:
        self.dice, self.women = Random(seed), list[Mum]()
        self.taken: set[tuple[str, str, date]] = set()
        self.numbered = 0
        self.truth: dict[str, int] = {}
        self.tables: dict[str, list[Row]] = {
            name: []
            for name in (
                "person", "mother", "address", "person_alias", "header", "episodes", "proceedings"
            )
        }  # fmt: skip
        while len(self.women) < women:
            self._add()
        for number, her in enumerate(self.women):
            self._write(number, her)

    def _home(self) -> str:
        dice = self.dice
        tail = "".join(dice.choices("ABDEFGHJLNPQRSTUWXYZ", k=2))
        area = dice.choice(("LX", "LY", "LZ"))
        return f"{area}{dice.randrange(1, 20)} {dice.randrange(1, 10)}{tail}"

    def _number(self) -> str:
        self.numbered += 1
        return nhs_number(self.numbered)

    def _mum(self) -> Mum:
        dice = self.dice
        born = date(1975, 1, 1) + timedelta(days=dice.randrange(32 * 365))
        names = [dice.choice(SURNAMES)]
        while dice.random() < 0.22:
            names.append(dice.choice(SURNAMES))
        if len(names) > 1 and dice.random() < 0.15:
            names[-1] = f"{names[-2]}-{names[-1]}"
        return Mum(dice.choice(FORENAMES), dice.choice((*FORENAMES, *[""] * 40)), names, born,
                   [self._home() for _ in range(dice.choice((1, 2, 2, 3, 4)))],
                   self._number() if dice.random() < 0.7 else "",
                   dice.choices(("WBRI", "WOTH", "AIND", "BAFR", "MOTH", "NOBT"),
                                (70, 8, 8, 7, 5, 2))[0])  # fmt: skip

    def _add(self) -> None:
        """Add a woman and, now and then, one whom a worker may take for her."""
        dice, her = self.dice, self._mum()
        new = [her]
        kind = dice.random()
        other = self._mum()
        if kind < 0.05:  # sister, now and then twin
            other.names, other.homes = [her.names[0], *other.names[1:]], list(her.homes)
            apart = dice.choice((0, *range(300, 3000, 77)))
            other.born = her.born + timedelta(days=apart)
            new += [other] if other.given != her.given else []
        elif kind < 0.08:  # grown daughter in the same house
            other.names, other.homes = [her.names[-1]], her.homes[-1:] + other.homes
            other.born = min(
                her.born + timedelta(days=dice.randrange(6000, 8000)), date(2008, 1, 1)
            )
            other.daughter_of = len(self.women)
            other.given = her.given if dice.random() < 0.1 else other.given
            new += [other] if (other.born - her.born).days > 5500 else []
        elif kind < 0.10:  # somebody of her name
            other.given, other.names = her.given, list(her.names)
            new += [other]
        for one in new:
            said = {(one.given, name, one.born) for name in one.names}
            if not said & self.taken:
                self.taken |= said
                self.women.append(one)

    def _given(self, her: Mum) -> str:
        dice, kind = self.dice, self.dice.random()
        if kind < 0.05:
            return letter_wrong(her.given.lower(), dice).title()
        if kind < 0.12 and her.given in GOES_BY:
            called = dice.choice(GOES_BY[her.given].split())
            return called if dice.random() < 0.8 else f"{her.given} ({called})"
        if kind < 0.2 and her.middle:
            return f"{her.given} {her.middle}"
        return {
            0: f"Ms {her.given}",
            1: her.given[0],
            2: her.given.upper(),
            3: f"{her.given} ",
        }.get(dice.randrange(80), her.given)

    def _surname(self, her: Mum, record: str, part: float) -> str:
        """Return the surname of that part of her life, with what workers do to it."""
        dice = self.dice
        now = her.names[min(int(part * len(her.names)), len(her.names) - 1)]
        before = list(her.names[: her.names.index(now)])
        if before and dice.random() < 0.45:
            self.tables["person_alias"].append(
                {"alias_person_id": record, "alias_surname": before[-1],
                 "alias_forename": her.given if dice.random() < 0.5 else "",
                 "alias_kind": dice.choice(("maiden", "previous", ""))}
            )  # fmt: skip
        elif before and dice.random() < 0.1:
            return f"{now} (nee {before[-1]})"
        if dice.random() < 0.05:
            return letter_wrong(now.lower(), dice).title()
        return now.replace("-", " ") if dice.random() < 0.3 else now

    def _write(self, number: int, her: Mum) -> None:
        dice = self.dice
        opened = dice.choices((1, 2, 3, 4), (72, 20, 6, 2))[0]
        ids = [str(dice.randrange(10**6, 10**7)) for _ in range(opened)]
        for place, record in enumerate(ids):
            self.truth[record] = number
            part = (place + dice.random()) / opened
            born = her.born.isoformat() if dice.random() > 0.12 else date_wrong(her.born, dice)
            self.tables["person"].append(
                {"pers_person_id": record, "pers_forename": self._given(her),
                 "pers_surname": self._surname(her, record, part), "pers_dob": born,
                 "pers_sex": dice.choice(("F", "F", "F", "2", "U", "")),
                 "pers_single_unique_id": her.nhs if dice.random() < 0.45 else "",
                 "pers_ethnicity": her.ethnicity if dice.random() < 0.9 else "NOBT"}
            )  # fmt: skip
            self._addresses(her, record, part)
        self._children(number, her, ids)
        if her.daughter_of >= 0:
            mother = next(r for r, woman in self.truth.items() if woman == her.daughter_of)
            self.tables["mother"].append(
                {"moth_person_id": mother, "moth_childs_person_id": ids[0]}
            )

    def _addresses(self, her: Mum, record: str, part: float) -> None:
        """Write where she lived about that time, the postcode at times as it was heard."""
        dice = self.dice
        if dice.random() < 0.2:
            return
        at = min(int(part * len(her.homes)), len(her.homes) - 1)
        for place in range(max(0, at - dice.choice((0, 0, 1))), at + 1):
            code = her.homes[place]
            spoken = {
                0: code.replace(" ", ""),
                1: code.lower(),
                2: letter_wrong(code, dice).upper(),
            }
            self.tables["address"].append(
                {"addr_person_id": record,
                 "addr_address_postcode": spoken.get(dice.randrange(40), code),
                 "addr_address_start_date": f"{2008 + 4 * place}-06-01",
                 "addr_address_end_date": f"{2012 + 4 * place}-05-31" if place < at else ""}
            )  # fmt: skip

    def _children(self, number: int, her: Mum, ids: Sequence[str]) -> None:
        """Give her children, each under the record of its time; some were taken, often together."""
        dice = self.dice
        day = her.born + timedelta(days=dice.randrange(6000, 10_500))
        while day < TODAY and len(her.children) < dice.choice((1, 2, 2, 3, 3, 4, 6)):
            her.children.append(day)
            day += timedelta(days=dice.randrange(320, 1600))
        taken = [child for child in her.children if dice.random() < 0.4]
        together = max(taken, default=TODAY) + timedelta(days=dice.randrange(2000))
        for place, born in enumerate(her.children):
            child = f"9{number:06d}{place}"
            mother = ids[min(place * len(ids) // len(her.children), len(ids) - 1)]
            surname = dice.choice((*her.names, dice.choice(SURNAMES)))
            self.tables["person"].append(
                {"pers_person_id": child, "pers_forename": dice.choice(FORENAMES),
                 "pers_surname": surname, "pers_dob": born.isoformat(), "pers_sex": "M"}
            )  # fmt: skip
            for record in {mother, dice.choice(ids) if dice.random() < 0.06 else mother}:
                self.tables["mother"].append(
                    {"moth_person_id": record, "moth_childs_person_id": child}
                )
            if born in taken:
                alone = born + timedelta(days=dice.randrange(2500))
                self._take(number, child, born, together if dice.random() < 0.6 else alone)

    def _take(self, number: int, child: str, born: date, day: date) -> None:
        dice = self.dice
        if day >= TODAY:
            return
        self.tables["header"].append(
            {"CHILD": child, "SEX": "1", "DOB": born.isoformat(), "ETHNIC": "WBRI", "UPN": "UN5",
             "MOTHER": "", "MC_DOB": ""}
        )  # fmt: skip
        self.tables["episodes"].append(
            {"CHILD": child, "DECOM": day.isoformat(), "RNE": "S", "LS": dice.choice(("C1", "V2")),
             "CIN": "N1", "PLACE": "U1", "PLACE_PROVIDER": "PR1", "DEC": "", "REC": "",
             "REASON_PLACE_CHANGE": "", "HOME_POST": "", "PL_POST": "", "URN": ""}
        )  # fmt: skip
        if dice.random() < 0.3:
            self.tables["proceedings"].append(
                {"proc_id": f"{number}-{day:%Y%m}", "proc_child_person_id": child,
                 "proc_application_date": day.isoformat()}
            )  # fmt: skip


def patchwork(women: int, seed: int) -> tuple[World, dict[str, int]]:
    """Return a county's file, and who is who in truth among those who are mothers."""
    office = Office(women, seed)
    mothers = {row["moth_person_id"] for row in office.tables["mother"]}
    known = {office.truth[record] for record in mothers if record in office.truth}
    truth = {record: woman for record, woman in office.truth.items() if woman in known}
    return World(office.tables, TODAY), truth
