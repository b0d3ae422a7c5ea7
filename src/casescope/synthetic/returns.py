"""SSDA903 as the county returned it, a collection year at a time, in each year's own codes."""

from datetime import date

from casescope.kernel.dates import age_on
from casescope.synthetic.dice import Dice
from casescope.synthetic.facts import HELD_FROM, REFERENCE, Child, County, Episode, Woman
from casescope.synthetic.homes import postcode
from casescope.synthetic.tables import Row, Tables, started_by

HEADER = ("CHILD", "SEX", "DOB", "ETHNIC", "UPN", "MOTHER", "MC_DOB")
EPISODES = (
    "CHILD", "DECOM", "RNE", "LS", "CIN", "PLACE", "PLACE_PROVIDER", "DEC", "REC",
    "REASON_PLACE_CHANGE", "HOME_POST", "PL_POST", "URN",
)  # fmt: skip
RETURN_COLUMNS: dict[str, tuple[str, ...]] = {
    "header": HEADER,
    "episodes": EPISODES,
    "uasc": ("CHILD", "SEX", "DOB", "DUC"),
    "placed_for_adoption": (
        "CHILD", "DOB", "DATE_PLACED", "DATE_PLACED_CEASED", "REASON_PLACED_CEASED",
    ),
    "ad1": (
        "CHILD", "DOB", "DATE_INT", "DATE_MATCH", "FOSTER_CARE", "NB_ADOPTR", "SEX_ADOPTR",
        "LS_ADOPTR",
    ),
    "previous_permanence": ("CHILD", "DOB", "PREV_PERM", "LA_PERM", "DATE_PERM"),
}  # fmt: skip
_PROVIDERS = {"P": "PR0", "K": "PR4", "T": "", "Z": ""}


def british(day: date | None) -> str:
    """Return a date as the return writes it."""
    return day.strftime("%d/%m/%Y") if day else ""


def columns_of(table: str, year: int) -> tuple[str, ...]:
    """Return a table's columns in the collection year that starts in `year`: URN from 2020-21."""
    if table == "episodes" and year < 2020:
        return tuple(column for column in EPISODES if column != "URN")
    return RETURN_COLUMNS[table]


def sex_code(sex: str, year: int) -> str:
    """Return 1 or 2 up to 2023-24, the letter from 2024-25."""
    return sex if year >= 2024 else {"M": "1", "F": "2"}.get(sex, "")


def place_code(place: str, year: int) -> str:
    """Return the placement in the code of the year: K3 was H5, Z11 was Z1."""
    if place == "K3" and year < 2024:
        return "H5"
    return "Z1" if place == "Z11" and year < 2025 else place


class Return:
    """One collection year's return, from 1 April of `year` to 31 March."""

    def __init__(self, year: int, mothers: dict[str, Woman], dice: Dice) -> None:
        self.year, self.mothers, self.dice = year, mothers, dice
        self.first, self.last = date(year, 4, 1), date(year + 1, 3, 31)
        self.rows: Tables = {name: [] for name in RETURN_COLUMNS}

    def add(self, child: Child) -> None:
        """Write a child's header, episodes of the year and what hangs on them."""
        open_now = [e for e in child.episodes if self._in_year(e)]
        if not open_now:
            return
        self._header(child)
        before = child.forgotten
        for episode in child.episodes:
            if episode in open_now:
                self._episode(child, episode, started_by(before, episode))
            before = episode
        if child.unaccompanied:
            of_age = british(date(child.born.year + 18, child.born.month, min(child.born.day, 28))
                             if child.born else None)  # fmt: skip
            sex = sex_code(child.record.sex, self.year)
            self._row("uasc", child.return_id, sex, british(child.born), of_age)
        self._adoption(child, open_now)

    def _in_year(self, episode: Episode) -> bool:
        return episode.start <= self.last and (episode.end is None or episode.end >= self.first)

    def _row(self, table: str, *values: str) -> None:
        row: Row = dict(zip(RETURN_COLUMNS[table], values, strict=True))
        self.rows[table].append({name: row[name] for name in columns_of(table, self.year)})

    def _header(self, child: Child) -> None:
        record = child.record
        known = record.upn or ("UN1" if child.born and age_on(child.born, self.last) < 5 else "UN4")
        own = self._own_births(child)
        is_mother = ("1" if own else "0") if record.sex == "F" else ""
        self._row(
            "header", child.return_id, sex_code(record.sex, self.year), british(child.born),
            record.ethnicity, known, is_mother, british(own[0] if own else None),
        )  # fmt: skip

    def _own_births(self, child: Child) -> list[date]:
        """Return the births, so far, of a looked-after girl who is a mother herself."""
        woman = self.mothers.get(child.id)
        births = [c.born for c in woman.children if c.born] if woman else []
        in_care = [born for born in births if born <= self.last]
        return sorted(in_care)

    def _episode(self, child: Child, episode: Episode, started: str) -> None:
        ended = bool(episode.end and episode.end <= self.last)
        moved = ended and episode.reason == "X1"
        short = child.return_id[-2:]
        self._row(
            "episodes", child.return_id, british(episode.start), started, episode.status,
            episode.need, place_code(episode.place, self.year),
            _PROVIDERS.get(episode.place[0], "PR1"),
            british(episode.end if ended else None), episode.reason if ended else "",
            "CHILD" if moved else "", f"ZZ{1 + int(short) % 12} 1AA", postcode(self.dice, True),
            "" if episode.place[0] in "PTZ" else f"9{self.dice.number(100000, 999999)}",
        )  # fmt: skip

    def _adoption(self, child: Child, episodes: list[Episode]) -> None:
        for episode in episodes:
            if episode.place in ("A5", "A6"):
                done = episode.end if episode.end and episode.end <= self.last else None
                reason = "" if not done or episode.reason in ("E11", "E12") else "RD4"
                self._row(
                    "placed_for_adoption", child.return_id, british(child.born),
                    british(episode.start), british(done if reason else None), reason,
                )  # fmt: skip
            if episode.reason in ("E11", "E12") and episode.end and episode.end <= self.last:
                self._adopted(child, episode)
        if any(self.first <= e.start <= self.last and e is child.episodes[0] for e in episodes):
            self._row("previous_permanence", child.return_id, british(child.born), "Z1", "", "")

    def _adopted(self, child: Child, episode: Episode) -> None:
        same = "1" if episode.place == "A5" else "0"
        self._row(
            "ad1", child.return_id, british(child.born), british(episode.start),
            british(episode.start), same, "2", "MF", "L0",
        )  # fmt: skip


def returns(county: County, dice: Dice) -> dict[int, Tables]:
    """Return the rows of every collection year, by the year in which it starts."""
    mothers = {w.as_child.id: w for w in county.women if w.as_child}
    years: dict[int, Tables] = {}
    for year in range(HELD_FROM.year, REFERENCE.year):
        collection = Return(year, mothers, dice)
        for child in county.children:
            if child.return_id:
                collection.add(child)
        years[year] = collection.rows
    return years
