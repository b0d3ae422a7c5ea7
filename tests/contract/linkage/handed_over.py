"""A sixth maker of files: a council that changed systems.

What the others have not: children recorded twice, with errors of their own; grandmothers, aunts and
a father's partner who stand as mother; mothers nobody knows, many children's under one record; a
girl's own record from her time in care beside that as a mother, both her mother's child; notes in
names; surnames whose spelling goes by who writes it; second records that hold a name, a date and a
child. It is the small form of one that was made from the definitions before the code was read.
"""

import unicodedata
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from tests.contract.linkage.made_up import nhs_number
from tests.worlds import Row, World

TODAY = date(2026, 3, 31)

_FORENAMES = """
Sarah,Sara Laura Gemma,Jemma Emma Rebecca,Becky,Becca Claire,Clare Victoria,Vicky,Vikki
Samantha,Sam Rachel,Rachael Amy,Aimee Nicola,Nikki Katie,Kate Lisa Kelly,Kellie Natalie,Nat Louise
Michelle,Shelly Hayley,Haley Hannah,Hanna Charlotte,Lottie Joanne,Jo Lucy,Lucie Elizabeth,Liz,Beth
Leanne,Lianne Danielle,Dani Donna Stephanie,Steph Stacey,Stacy Lauren Jodie,Jody Kerry,Kerrie
Jessica,Jess Zoe Kirsty,Kirstie Chantelle,Shantelle Natasha,Tasha Kayleigh,Kayley Holly Paige Jade
Megan,Meg Shannon,Shannen Bethany,Beth Courtney Tanya,Tania Abigail,Abi Demi Chelsea Toni Amber
Deborah,Debbie Susan,Sue Karen Julie Sharon Angela,Angie Tracey,Tracy Margaret,Maggie Bernadette
"""
_SURNAMES = """
Smith Jones Taylor Brown Williams Wilson Johnson Davies Robinson Wright Thompson,Thomson Evans
Walker White Roberts,Robert Green Hall Wood Jackson Clarke,Clark Harrison Hughes Lewis Harris
Edwards Turner Martin Cooper Hill Ward Moore Bailey Ashworth Bradley Cobham Cranfield Denholm
Elderfield Fairburn Goldthorpe Halstead Haworth Kilburn Langstone Marwood Norwood Pemberley Redfern
Rushworth Selwood Standen Thornley Walbrook Whitcombe Woolston Blackmore Brambley Charlwood Oakden
"""
_ELSEWHERE = (
    ("Aisha,Ayesha Fatima,Fatema Saima Nasreen,Nasrin Shabana Rukhsana,Ruksana "
     "Yasmin,Yasmeen Samina Shazia Farzana Zainab,Zaynab Khadija,Khadijah Parveen,Parvin "
     "Halima,Haleema Nazia Uzma",
     "Akhtar,Akhter Begum,Begom Hussain,Hussein Khan Mahmood,Mehmood Bibi Ahmed,Ahmad Iqbal Ali "
     "Kauser,Kausar Chowdhury,Choudhury Khatun,Khatoon Rehman,Rahman Malik Shah Miah"),
    ("Agnieszka,Aga Katarzyna,Kasia Małgorzata,Gosia Monika Magdalena,Magda Ewa,Eva Joanna Renáta "
     "Zuzana Žaneta,Zaneta Denisa Ioana Mihaela Rasa Jurgita Daiva",
     "Kowalska,Kowalski Wiśniewska,Wiśniewski Kamińska,Kamiński Horváthová,Horváth Balážová,Baláž "
     "Gaborová,Gabor Kazlauskienė,Kazlauskas Petrauskaitė,Petrauskas Nowak Mazur Popescu Ciurar"),
    ("Faduma,Fatuma Hodan Ifrah Sahra,Zahra Nimo Deqa Fowsia,Fawzia Maryan,Maryam Hawa "
     "Saynab,Zainab Ngozi Chioma Folasade,Sade Oluwaseun,Seun Blessing Abena",
     "Ali,Cali Mohamed,Maxamed Abdi,Cabdi Hassan,Xasan Omar,Cumar Farah,Faarax Jama,Jaamac Osman "
     "Yusuf,Yuusuf Okafor Adeyemi Mensah Owusu Boateng Balogun Eze"),
    ("Siobhan,Shivaun Niamh,Neve Bridget,Bridie Mary Margaret,Mags Kathleen,Kathy Winifred,Winnie "
     "Nora Roisin,Rosheen Sinead,Shinade Theresa,Teresa Eileen Philomena Julia Barbara Ann",
     "O'Brien,OBrien O'Connor,Connors McDonagh,MacDonagh Doherty,Docherty Reilly,O'Reilly Maughan "
     "Ward Stokes Quilligan,Culligan Cash Delaney,Delany Sweeney Joyce Doran Casey McGinley"),
)  # fmt: skip


def _forms(text: str) -> list[list[str]]:
    return [name.split(",") for name in text.split()]


PLACES = (
    (70, _forms(_FORENAMES), _forms(_SURNAMES)),
    *((share, _forms(given), _forms(family))
      for share, (given, family) in zip((10, 8, 7, 5), _ELSEWHERE, strict=True)),
)  # fmt: skip
_CHILDREN = """
Jack Thomas Joshua Harry Alfie Riley Kai Mason Tyler Jayden Callum Leo Ethan Reece Corey Levi
Ellie Lily Ruby Mia Skye Lacey Summer Keira Libby Amelia Grace Evie Daisy Poppy Tia Lexi
"""
CHILDREN = _CHILDREN.split()


@dataclass
class Child:
    """One real child, and the records that stand for it."""

    name: str
    surname: str
    born: date
    records: list[str] = field(default_factory=list)


@dataclass
class Mother:
    """One real woman: forms of her forename, and her surnames and homes in the order of time."""

    given: list[str]
    middle: str
    families: list[list[str]]
    born: date
    homes: list[str]
    nhs: str
    children: list[Child] = field(default_factory=list)
    parent: "Mother | None" = None
    records: list[str] = field(default_factory=list)


class HandedOver:
    """Everybody, and what the two systems and other people's letters made of them."""

    def __init__(self, women: int, seed: int) -> None:
        self.dice, self.numbered, self.links = Random(seed), 0, 0
        self.truth: dict[str, int] = {}
        self.taken: set[tuple[str, date]] = set()
        self.tables: dict[str, list[Row]] = {
            name: [] for name in ("person", "mother", "address", "person_alias")
        }
        self.postcodes = [self._postcode() for _ in range(max(women, 60))]
        self.women: list[Mother] = []
        while len(self.women) < women:
            self._family()
        for number, her in enumerate(list(self.women)):
            self._write(number, her)
        self._others()

    # -- who there is

    def _postcode(self) -> str:
        dice = self.dice
        tail = "".join(dice.choices("ABDEFGHJLNPQRSTUWXYZ", k=2))
        return f"QZ{dice.randrange(1, 30)} {dice.randrange(1, 10)}{tail}"

    def _drawn(self, names: list[list[str]]) -> list[str]:
        return names[min(int(self.dice.expovariate(3.5 / len(names))), len(names) - 1)]

    def _woman(self, place: int, family: list[str] | None, born: date) -> Mother:
        dice = self.dice
        _, forenames, surnames = PLACES[place]
        if place in (1, 3) and dice.random() < 0.1:
            born = date(born.year, 1, 1)
        given = self._drawn(forenames)
        while (given[0], born) in self.taken:  # two of one name and birth date no file can tell
            given = self._drawn(forenames)
        self.taken.add((given[0], born))
        middle = self._drawn(forenames)[0] if dice.random() < 0.6 else ""
        families = [family or self._drawn(surnames)]
        if dice.random() < 0.3:
            families.append(self._drawn(surnames))
        homes = [dice.choice(self.postcodes) for _ in range(dice.choice((1, 2, 3, 4)))]
        nhs = nhs_number(len(self.women))
        her = Mother(given, middle, families, born, homes, nhs)
        day = born + timedelta(days=dice.randrange(5500, 10_000))
        while day < TODAY and len(her.children) < 6:
            surname = her.families[-1][0] if dice.random() < 0.6 else self._drawn(surnames)[0]
            her.children.append(Child(dice.choice(CHILDREN), surname, day))
            day += timedelta(days=dice.randrange(330, 2200))
        if not her.children:
            newborn = TODAY - timedelta(days=dice.randrange(10, 400))
            her.children.append(Child(dice.choice(CHILDREN), her.families[-1][0], newborn))
        self.women.append(her)
        return her

    def _family(self) -> None:
        """Add a woman, and now and then her sister, her twin, or her daughter who is a mother."""
        dice = self.dice
        place = dice.choices(range(len(PLACES)), [share for share, *_ in PLACES])[0]
        born = date(1968, 1, 1) + timedelta(days=dice.randrange(36 * 365))
        her = self._woman(place, None, born)
        kind = dice.random()
        if kind < 0.04:
            sister = self._woman(
                place, her.families[0], born + timedelta(dice.randrange(330, 2500))
            )
            sister.homes[0] = her.homes[0]
        elif kind < 0.045:
            twin = self._woman(place, her.families[0], her.born)
            twin.homes[0], twin.born = her.homes[0], her.born
            while twin.given == her.given:
                twin.given = self._drawn(PLACES[place][1])
        elif kind < 0.09 and born.year < 1986:
            grown = born + timedelta(days=dice.randrange(16 * 365, 23 * 365))
            daughter = self._woman(place, her.families[-1], grown)
            daughter.homes[0], daughter.parent = her.homes[0], her

    # -- what is written of them

    def _slip(self, word: str) -> str:
        dice = self.dice
        at = dice.randrange(1, len(word) - 1) if len(word) > 3 else 0
        if not at:
            return word
        kind = dice.randrange(3)
        ending = word[at + 2 :] if kind == 0 else word[at:]
        return word[:at] + (word[at + 1] + word[at] if kind == 0 else word[at - kind + 1]) + ending

    def _given(self, her: Mother, careful: float) -> str:
        dice = self.dice
        name = her.given[0] if dice.random() < careful else dice.choice(her.given)
        if dice.random() > careful + 0.1:
            name = self._slip(name)
        if her.middle and dice.random() < 0.12:
            return f"{name} {her.middle}"
        return f"{name} ({her.given[-1]})" if dice.random() < 0.02 else name

    def _called(self, her: Mother, which: int, careful: float) -> str:
        dice = self.dice
        forms = her.families[min(which, len(her.families) - 1)]
        name = forms[0] if dice.random() < careful else dice.choice(forms)
        if dice.random() > careful + 0.1:
            name = self._slip(name)
        if len(her.families) > 1 and which and dice.random() < 0.06:
            name += f" (née {her.families[0][0]})"
        return name + " - DUPLICATE" if dice.random() < 0.02 else name

    def _dated(self, born: date, wrong: float) -> str:
        dice = self.dice
        if dice.random() > wrong:
            return born.isoformat()
        kind = dice.randrange(5)
        if kind == 0:
            return ""
        if kind == 1:
            return f"{born.year}-01-01"
        if kind == 2 and born.day <= 12:
            return date(born.year, born.day, born.month).isoformat()
        if kind == 3:
            return f"{born.year + dice.choice((-1, 1))}-{born.month:02d}-{min(born.day, 28):02d}"
        return (born + timedelta(days=dice.choice((-10, -1, 1, 10)))).isoformat()

    def _record(self, who: int, given: str, family: str, born: str, nhs: str = "") -> str:
        dice = self.dice
        self.numbered += dice.randrange(1, 4)
        identity = str(self.numbered)
        if dice.random() < 0.6:
            given, family = (
                "".join(c for c in unicodedata.normalize("NFKD", name.replace("ł", "l"))
                        if not unicodedata.combining(c))
                for name in (given, family)
            )  # fmt: skip
        self.truth[identity] = who
        self.tables["person"].append(
            {"pers_person_id": identity, "pers_forename": given, "pers_surname": family,
             "pers_dob": born, "pers_sex": "F", "pers_single_unique_id": nhs}
        )  # fmt: skip
        return identity

    def _lives(self, identity: str, homes: list[str]) -> None:
        self.tables["address"] += [
            {"addr_person_id": identity, "addr_address_postcode": home} for home in homes
        ]

    def _relate(self, mother: str, child: Child, home: str, *, again: bool = False) -> None:
        """Enter a child under a mother's record: as it stands already, or once more."""
        dice = self.dice
        if again or not child.records:
            self.numbered += 1
            child.records.append(f"{self.numbered}")
            name = child.name if not again or dice.random() < 0.85 else "Baby"
            born = self._dated(child.born, 0.15 if again else 0.01)
            self.tables["person"].append(
                {"pers_person_id": child.records[-1], "pers_forename": name, "pers_dob": born,
                 "pers_surname": child.surname, "pers_sex": dice.choice("MF")}
            )  # fmt: skip
            self._lives(child.records[-1], [home])
        self._link(mother, child.records[-1])

    def _link(self, mother: str, child: str) -> None:
        self.links += 1
        self.tables["mother"].append(
            {
                "moth_person_id": mother,
                "moth_childs_person_id": child,
                "moth_table_id": f"{self.links}",
            }
        )

    def _write(self, number: int, her: Mother) -> None:
        dice = self.dice
        if her.parent and dice.random() < 0.4:
            born = her.born.isoformat()
            own = self._record(number, her.given[0], self._called(her, 0, 0.97), born)
            self._lives(own, her.homes[:1])
            her.records.append(own)
        which = dice.randrange(2)
        main = self._record(
            number, self._given(her, 0.93), self._called(her, which, 0.95),
            self._dated(her.born, 0.03), her.nhs if dice.random() < 0.3 else "",
        )  # fmt: skip
        her.records.append(main)
        self._lives(main, [home for home in her.homes if dice.random() < 0.75])
        if which and len(her.families) > 1 and dice.random() < 0.4:
            self.tables["person_alias"].append(
                {"alias_person_id": main, "alias_surname": her.families[0][0],
                 "alias_forename": her.given[0], "alias_kind": "maiden"}
            )  # fmt: skip
        seconds = dice.choices((0, 1, 2), (78, 17, 5))[0]
        for child in [*her.children[: len(her.children) - seconds]]:
            self._relate(main, child, dice.choice(her.homes))
        for child in her.children[len(her.children) - seconds :] if seconds else []:
            self._second(number, her, child, main)
        if her.parent:
            for record in her.records[:1] if dice.random() < 0.6 else her.records:
                self._link(her.parent.records[-1], record)

    def _second(self, number: int, her: Mother, child: Child, main: str) -> None:
        """Write a letter's record of a name, a date and a child; or the old system's, with more."""
        dice = self.dice
        from_letter = dice.random() < 0.5
        other = self._record(
            number, self._given(her, 0.8), self._called(her, dice.randrange(2), 0.85),
            self._dated(her.born, 0.15 if from_letter else 0.06),
            "" if from_letter or dice.random() < 0.8 else her.nhs,
        )  # fmt: skip
        if not from_letter:
            self._lives(other, [home for home in her.homes if dice.random() < 0.6])
        her.records.append(other)
        self._relate(other, child, her.homes[-1])
        if dice.random() < 0.4:
            self._relate(main, child, her.homes[-1], again=dice.random() < 0.4)

    def _others(self) -> None:
        """Write those who stand as mother and are none, and those of whom nobody knows."""
        dice, who = self.dice, len(self.women)
        nobody = self._record(who, "Unknown", "Mother", "")
        for her in self.women:
            for child in her.children:
                kind, home = dice.random(), her.homes[-1]
                who += 1
                if kind < 0.01:
                    self._relate(nobody, child, home)
                elif kind < 0.02:
                    name = dice.choice(("Mother of", "Mum of", "Unknown")), child.surname
                    self._relate(self._record(who, *name, ""), child, home)
                elif kind < 0.04:
                    apart = dice.choice((-9000, -8000, -1100, -500, 700, 1500))
                    born = (her.born + timedelta(days=apart)).isoformat()
                    given = her.given[0]
                    while given in her.given:  # no two sisters bear one name
                        given = self._drawn(dice.choice(PLACES)[1])[0]
                    family = dice.choice((her.families[0][0], child.surname))
                    other = self._record(who, given, family, born)
                    self._lives(other, [home])
                    self._relate(other, child, home)


def handed_over(women: int, seed: int) -> tuple[World, dict[str, int]]:
    """Return the council's file, and who is who in truth among those who stand as mothers."""
    made = HandedOver(women, seed)
    return World(made.tables, TODAY), made.truth
