"""A fourth maker of files: women's lives first, then what each desk wrote of them when they came.

Errors go by desk, not by field: a duty line that hears names, an old system that cuts and shouts, a
hospital that knows numbers and dates, a night team that guesses ages. Names, addresses and names by
marriage are those of the day. Nothing is shared with the other makers but the extract's columns.
"""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from tests.worlds import Row, World

TODAY = date(2025, 3, 31)

_TRADITIONS: tuple[tuple[int, str, str], ...] = (
    (  # Punjab, Bengal and Kashmir
        24,
        "Sukhjit Paramjit Amandeep Navdeep Kiranjit Rupinder Balbir Sarbjit Nazma Shahida Mumtaz "
        "Rashida Taslima Rohima Shireen Afshan Mehwish Sidra Anum Komal Lubna Tabassum Zahida "
        "Monira Sultana Rehmat Gulshan Humaira Asma Sameena Kalsoom Nighat Zubaida Rizwana",
        "Kaur Begum Khatun Bano Dhaliwal Grewal Johal Bains Chowdhury Hoque Alam Khanum Raja "
        "Mughal Awan Kiani Dar Lone Sarkar Talukdar Biswas Choudry Rafiq Sadiq Yaqoob Latif",
    ),
    (  # from the Baltic to the Black Sea
        18,
        "Aleksandra Ilona Bozena Grazyna Renata Urszula Wioletta Zaneta Kinga Izabela Svetlana "
        "Oksana Tetiana Nadezhda Violeta Rasa Egle Ramune Vilma Anca Camelia Doina Luminita "
        "Nicoleta Roxana Silvia Steliana Ivanka Desislava Zlatka Adela Blanka Ildiko Reka",
        "Wrobel Pawlak Sikora Baran Duda Szewczyk Tomaszewska Zajac Krol Wieczorek Jablonska "
        "Kolesnyk Shevchenko Bondarenko Jankauskas Stankevica Liepa Vasilescu Matei Florea "
        "Lazar Barbu Nistor Georgieva Todorova Hristova Farkas Szabo Toth Lakatos Rostas",
    ),
    (  # Lagos, Accra, Mogadishu, Kinshasa
        18,
        "Abosede Bukola Ifeanyi Nkechi Obiageli Omolara Oluwakemi Ronke Simisola Temilade Araba "
        "Esi Maame Serwaa Yaa Fardosa Hani Idil Khadra Sagal Ubah Zamzam Aline Bijou Chantal "
        "Clarisse Gloria Nadege Ruth Sifa Wivine Zawadi Ebun Uju",
        "Adeleke Afolabi Akinola Bamidele Chukwuma Ezeh Fashola Igwe Nnamdi Obi Ogbonna Okeke "
        "Acheampong Addo Agyeman Ansah Bonsu Darko Ofori Quaye Aden Dahir Elmi Guled Hersi Nur "
        "Ilunga Kabongo Kalala Lukusa Mbuyi Mutombo Ngoy Tshibangu",
    ),
    (  # Irish, many of them Travellers: few names, and large families
        12,
        "Margaret Bridget Mary Ann Kathleen Winifred Nora Philomena Eileen Barbara Teresa Josie "
        "Breda Noreen Attracta Majella Sheila Dympna Concepta Geraldine",
        "Ward McDonagh Maughan Connors Doran Stokes Cash Collins Sweeney Mongan Quilligan "
        "O'Reilly O'Driscoll McGinley Delaney Purcell Keenan Lawlor",
    ),
    (  # English and Caribbean
        28,
        "Kirstie Donna-Marie Lindsey Tracy Mandy Sheree Cassandra Tasha Keeley Candice Lacey "
        "Ebony Jasmine Chanelle Maxine Yvette Marcia Beverley Sharron Lorna Hollie Bryony Robyn "
        "Gabrielle Francesca Rosie Lydia Esme Martha Naomi Leah Tabitha Ingrid Coral Saffron",
        "Ashby Barlow Blackwell Bradshaw Burgess Coates Cartwright Chadwick Dobson Draper Farrell "
        "Gilbert Goddard Hargreaves Heath Holland Horton Humphries Jarvis Kirby Lambert Lister "
        "Naylor Nicholls Norris Openshaw Parkinson Rowley Saunders Sharpe Stephenson Tate Thorpe "
        "Vickers Whitehead Wilkins Yates Bailey-Reid Francis Joseph Gordon",
    ),
)
_HEARD = (("ph", "f"), ("f", "ph"), ("v", "w"), ("kh", "k"), ("sz", "sh"), ("cz", "ch"), ("j", "y"),
          ("oo", "u"), ("aa", "a"), ("ee", "i"), ("ei", "e"), ("ck", "k"), ("x", "ks"), ("dd", "d"),
          ("tt", "t"), ("ll", "l"), ("nn", "n"), ("ie", "y"), ("c", "k"), ("i", "e"))  # fmt: skip


@dataclass
class Life:
    """One woman: what she was called when, where she lived when, and her children."""

    tradition: int
    given: list[str]
    names: list[tuple[date, str]]
    born: date
    homes: list[tuple[date, str]]
    number: str
    children: list[date] = field(default_factory=list)

    def at(self, day: date) -> tuple[str, str]:
        """Return the surname and postcode of a day."""
        name = [name for since, name in self.names if since <= day][-1]
        return name, [home for since, home in self.homes if since <= day][-1]


@dataclass
class Entry:
    """What a desk writes."""

    given: str
    family: str
    born: date | None
    homes: list[str]
    number: str
    former: str = ""


def _heard(word: str, dice: Random) -> str:
    possible = [pair for pair in _HEARD if pair[0] in word.lower()[1:]]
    if not possible:
        return word
    wrong, right = dice.choice(possible)
    return word[0] + word[1:].lower().replace(wrong, right, 1)


def _fumbled(word: str, dice: Random) -> str:
    """Return a word with two letters exchanged, or one left out or struck twice."""
    if len(word) < 4:
        return word
    at = dice.randrange(1, len(word) - 1)
    if dice.random() < 0.4:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return word[:at] + (word[at + 1 :] if dice.random() < 0.5 else word[at] + word[at:])


def duty_line(entry: Entry, life: Life, dice: Random) -> None:
    """Hear names on the telephone, and seldom ask for more than the age."""
    if dice.random() < 0.35:
        entry.given = _heard(entry.given, dice)
    if dice.random() < 0.4:
        entry.family = _heard(entry.family, dice)
    if dice.random() < 0.08:
        entry.born = None
    elif dice.random() < 0.15:
        entry.born = date(life.born.year + dice.choice((0, 0, 0, 1, -1)), 1, 1)
    if dice.random() < 0.5:
        entry.homes = []
    entry.number = ""


def old_system(entry: Entry, life: Life, dice: Random) -> None:
    """Cut names to twelve letters, in capitals, without accents; dates at times turned round."""
    plain = unicodedata.normalize("NFKD", entry.family).encode("ascii", "ignore").decode()
    entry.family = plain.replace("'", "").replace("-", " ").upper()[:12].strip()
    entry.given = entry.given.upper()[:12]
    if dice.random() < 0.12:
        entry.given, entry.family = entry.family, entry.given
    if life.born.day <= 12 and dice.random() < 0.2:
        entry.born = date(life.born.year, life.born.day, life.born.month)
    if dice.random() < 0.3:
        entry.homes = []


def hospital(entry: Entry, life: Life, dice: Random) -> None:
    """Know numbers and dates; write every given name, or only the second that she goes by."""
    if len(life.given) > 1:
        entry.given = " ".join(life.given) if dice.random() < 0.6 else entry.given
    if dice.random() < 0.15:
        entry.family = _fumbled(entry.family, dice)


def night_team(entry: Entry, life: Life, dice: Random) -> None:
    """Type in haste: one field in two has a slip, and a birth date may be a digit off."""
    if dice.random() < 0.4:
        entry.given = _fumbled(entry.given, dice)
    if dice.random() < 0.4:
        entry.family = _fumbled(entry.family, dice)
    if dice.random() < 0.15:
        entry.born = life.born + timedelta(days=dice.choice((-1, 1, 10, -10, 30, -30)))
    entry.number = entry.number if dice.random() < 0.2 else ""


DESKS: tuple[tuple[Callable[[Entry, Life, Random], None], int], ...] = (
    (duty_line, 25), (old_system, 25), (hospital, 25), (night_team, 25),
)  # fmt: skip


class Borough:
    """All the women of a place, and what the desks hold of them."""

    def __init__(self, women: int, seed: int) -> None:
        self.dice, self.lives, self.truth = Random(seed), list[Life](), dict[str, int]()
        self.taken: set[tuple[str, str, date]] = set()
        self.postcodes = [self._postcode() for _ in range(max(400, women // 2))]
        self.tables: dict[str, list[Row]] = {
            name: [] for name in ("person", "mother", "address", "person_alias", "cp_plan")
        }
        while len(self.lives) < women:
            self.lives += self._household()
        for number, life in enumerate(self.lives):
            self._come(number, life)

    def _postcode(self) -> str:
        dice = self.dice
        return f"ZV{dice.randrange(1, 9)} {dice.randrange(10)}" + "".join(
            dice.choices("ABDEFGHJLNPQRSTUWXYZ", k=2)
        )

    def _drawn(self, words: str) -> str:
        names = words.split()
        return names[min(int(self.dice.expovariate(4 / len(names))), len(names) - 1)]

    def _household(self) -> list[Life]:
        """Return one woman, or one with a sister, a twin, a daughter of her name or a cousin."""
        dice = self.dice
        her = self._life(dice.choices(range(5), [share for share, _, _ in _TRADITIONS])[0])
        kind = dice.choices(("alone", "sister", "twin", "daughter", "cousin"), (84, 6, 2, 4, 4))[0]
        if kind == "alone":
            return [her]
        other = self._life(her.tradition, family=her.names[0][1])
        if kind in ("sister", "twin"):
            other.homes = list(her.homes[:1]) + other.homes[1:]
            apart = 0 if kind == "twin" else dice.randrange(320, 3000)
            other.born = her.born + timedelta(days=apart)
        elif kind == "daughter":
            other.given = [her.given[0], *other.given[1:]]
            other.born = her.born + timedelta(days=dice.randrange(16 * 365, 20 * 365))
            other.homes = list(her.homes[:1]) + other.homes[1:]
        else:
            other.given = [her.given[0], *other.given[1:]]
        same = (other.given[0], other.names[0][1], other.born)
        if same[0] == her.given[0] and other.born == her.born:
            return [her]
        if same in self.taken:
            return [her]
        self.taken.add(same)
        return [her, other]

    def _life(self, tradition: int, family: str = "") -> Life:
        dice = self.dice
        _, given, surnames = _TRADITIONS[tradition]
        names = [self._drawn(given), *([self._drawn(given)] if dice.random() < 0.3 else [])]
        born = date(1972, 1, 1) + timedelta(days=dice.randrange(33 * 365))
        family = family or self._drawn(surnames)
        if (names[0], family, born) in self.taken:
            return self._life(tradition, family)
        self.taken.add((names[0], family, born))
        first = date(1972, 1, 1)
        called = [(first, family)]
        if dice.random() < 0.3:
            other = dice.choice(_TRADITIONS)[2] if dice.random() < 0.3 else surnames
            day = born + timedelta(days=dice.randrange(19 * 365, 34 * 365))
            new = self._drawn(other)
            called.append((day, new if dice.random() < 0.75 else f"{family}-{new}"))
        homes = [(first, dice.choice(self.postcodes))]
        day = date(2008, 1, 1)
        while (day := day + timedelta(days=int(dice.expovariate(1 / 1500)) + 60)) < TODAY:
            homes.append((day, dice.choice(self.postcodes)))
        serial = f"998{len(self.taken):06d}"
        check = -sum(int(d) * w for d, w in zip(serial, range(10, 1, -1), strict=True)) % 11
        her = Life(tradition, names, called, born, homes, f"{serial}{check}" if check < 10 else "")
        day = born + timedelta(days=dice.randrange(17 * 365, 30 * 365))
        while day < TODAY and dice.random() < 0.62:
            her.children.append(day)
            day += timedelta(days=dice.randrange(330, 1400))
        return her

    def _come(self, number: int, life: Life) -> None:
        """Let her come to a desk on one or more days; each child is entered under one record."""
        dice = self.dice
        visits = dice.choices((1, 2, 3, 4), (66, 22, 9, 3))[0]
        opened = date(2009, 1, 1)
        days = sorted(opened + timedelta(days=dice.randrange(5800)) for _ in range(visits))
        ids = [f"{chr(65 + place)}{number:06d}" for place in range(visits)]
        for day, identity in zip(days, ids, strict=True):
            self._write(number, life, day, identity)
        plan = TODAY - timedelta(days=dice.randrange(3000))
        for place, born in enumerate(life.children):
            child = f"k{number}.{place}"
            mother = ids[place] if place < visits else dice.choice(ids)
            self.tables["mother"].append({"moth_person_id": mother, "moth_childs_person_id": child})
            surname = life.at(max(born, opened))[0]
            self.tables["person"].append(
                {"pers_person_id": child, "pers_forename": f"Kid{place}", "pers_surname": surname,
                 "pers_dob": born.isoformat(), "pers_sex": dice.choice("MF")}
            )  # fmt: skip
            if born < plan and number % 3 == 0 and dice.random() < 0.8:
                self.tables["cp_plan"].append(
                    {"cppl_person_id": child, "cppl_cp_plan_start_date": plan.isoformat()}
                )

    def _write(self, number: int, life: Life, day: date, identity: str) -> None:
        dice = self.dice
        family, home = life.at(day)
        goes_by = life.given[-1] if dice.random() < 0.1 else life.given[0]
        entry = Entry(goes_by, family, life.born, [home], life.number)
        dice.choices(*zip(*DESKS, strict=True))[0](entry, life, dice)
        if family != life.names[0][1] and dice.random() < 0.4:
            entry.former = life.names[0][1]
        self.truth[identity] = number
        self.tables["person"].append(
            {"pers_person_id": identity, "pers_forename": entry.given, "pers_sex": "F",
             "pers_surname": entry.family, "pers_single_unique_id": entry.number,
             "pers_dob": entry.born.isoformat() if entry.born else ""}
        )  # fmt: skip
        if entry.former:
            self.tables["person_alias"].append(
                {"alias_person_id": identity, "alias_forename": entry.given,
                 "alias_surname": entry.former, "alias_kind": "maiden"}
            )  # fmt: skip
        self.tables["address"] += [
            {"addr_person_id": identity, "addr_address_postcode": postcode}
            for postcode in entry.homes
        ]


def desks(women: int, seed: int) -> tuple[World, dict[str, int]]:
    """Return a borough's file, and who is who in truth among those who are mothers."""
    borough = Borough(women, seed)
    mothers = {borough.truth[row["moth_person_id"]] for row in borough.tables["mother"]}
    truth = {record: woman for record, woman in borough.truth.items() if woman in mothers}
    return World(borough.tables, TODAY), truth
