"""How study.toml writes prices, price years, deflators and the course of a child's care."""

import re
from dataclasses import dataclass

from casescope.governance.study_file.line import FaultError

AGE_GROUPS = ("under 1", "1–4", "5–9", "10–15", "16–17")
STAYS = (
    "foster", "own foster", "agency foster", "kinship", "placed for adoption", "residential",
)  # fmt: skip
"""Kinds of placement that can have a cost for each week."""

OUTCOMES = ("adoption", "guardianship", "home", "in care", "other")

_YEAR = re.compile(r"(20\d\d)-(\d\d)")
_PRICED = re.compile(r"([\d,]+(?:\.\d+)?) in (\S+)")
_DEFLATOR = re.compile(r"(\S+) = (\d+(?:\.\d+)?)")
_STAY = re.compile(r"(.+?) (\d+(?:\.\d+)?)")
_SHARES_MAY_MISS = 0.01


@dataclass(frozen=True)
class Priced:
    """An amount in pounds, in the prices of one financial year (2017 is 2017-18)."""

    pounds: float
    year: int


@dataclass(frozen=True)
class Pathway:
    """What happens to some of the children removed: how many in a hundred, where, how it ends.

    `stays` are (kind of placement, weeks), one after another from the day of removal.
    """

    age_group: str
    share: float
    stays: tuple[tuple[str, float], ...]
    outcome: str


def year_of(text: str) -> int:
    """Return the first calendar year of a financial year written like 2017-18."""
    found = _YEAR.fullmatch(text.strip())
    if not found or (int(found[1]) + 1) % 100 != int(found[2]):
        raise FaultError('must be a financial year like "2017-18"')
    return int(found[1])


def year_words(year: int) -> str:
    """Return a financial year as study.toml and the report write it."""
    return f"{year}-{(year + 1) % 100:02d}"


def priced(text: str) -> Priced:
    """Return a price written like `646 in 2016-17`."""
    found = _PRICED.fullmatch(text.strip())
    if not found:
        raise FaultError('must be pounds and price year, like "646 in 2016-17"')
    return Priced(float(found[1].replace(",", "")), year_of(found[2]))


def deflator(text: str) -> tuple[int, float]:
    """Return the year and level of a price index written like `2016-17 = 89.3`."""
    found = _DEFLATOR.fullmatch(text.strip())
    if not found or float(found[2]) <= 0:
        raise FaultError('must be a year and the level of a price index, like "2016-17 = 100"')
    return year_of(found[1]), float(found[2])


def pathway(text: str) -> Pathway:
    """Return a pathway written like `under 1 | 60% | foster 60, placed for adoption 20 | adoption`.

    An infant's never holds a residential place: those costs belong to older children.
    """
    parts = [part.strip() for part in text.split("|")]
    if len(parts) != 4:
        raise FaultError(
            "must hold age, share, weeks in each placement and outcome, with | between"
        )
    age, share, stays, outcome = parts
    placed = tuple(_stay(one) for one in stays.split(","))
    group = _one_of(age.replace("-", "–"), AGE_GROUPS)
    made = Pathway(group, _percent(share), placed, _one_of(outcome, OUTCOMES))
    if made.age_group == AGE_GROUPS[0] and any(kind == "residential" for kind, _ in made.stays):
        raise FaultError("has a residential place for a child under 1")
    return made


def check_whole(pathways: tuple[Pathway, ...]) -> None:
    """Refuse pathways that are not all the children removed."""
    total = sum(one.share for one in pathways)
    if pathways and abs(total - 1) > _SHARES_MAY_MISS:
        raise FaultError(f"must add up to 100%, not {100 * total:.0f}%")


def _one_of(text: str, known: tuple[str, ...]) -> str:
    if text not in known:
        raise FaultError(f"knows {', '.join(known)}, in that part")
    return text


def _percent(text: str) -> float:
    number = text.removesuffix("%").strip()
    if not re.fullmatch(r"\d+(\.\d+)?", number) or not 0 < float(number) <= 100:
        raise FaultError("needs a share like 60%")
    return float(number) / 100


def _stay(text: str) -> tuple[str, float]:
    found = _STAY.fullmatch(text.strip())
    if not found:
        raise FaultError("needs weeks after each placement, like foster 60")
    return _one_of(found[1], STAYS), float(found[2])
