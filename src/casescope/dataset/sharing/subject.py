"""The women whom a shared dataset may tell of, as fine as the analysis dataset knows them."""

from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files
from itertools import pairwise
from typing import Any

import duckdb

from casescope.dataset.schema import AGE_GROUPS


@dataclass(frozen=True)
class Subject:
    """One woman; days are counted from the reference date, `followed` in days from the index.

    `days` are those of her events that took a child for the first time, earliest first; `followed`
    is None for who had a further event, and for who had none at all.
    """

    woman: str
    age: int | None
    ethnicity: str
    area: str
    children: int
    child_ages: tuple[str, ...]
    days: tuple[int, ...]
    followed: int | None
    tier: str
    in_her_care: str
    pregnant: bool
    care_experienced: bool
    ending: str
    reference_date: date

    @property
    def index(self) -> date | None:
        """Return the day of her first removal event."""
        return self.reference_date + timedelta(days=self.days[0]) if self.days else None

    @property
    def intervals(self) -> tuple[int, ...]:
        """Return the days from each of her events to the next."""
        return tuple(later - day for day, later in pairwise(self.days))


def subjects(
    connection: duckdb.DuckDBPyConnection, *, linkage: str, reference_date: date
) -> tuple[Subject, ...]:
    """Return everybody in a tier or with a removed child, under one linkage and the broad count."""
    statement = files("casescope.dataset.sharing").joinpath("subject.sql").read_text("utf-8")
    found = connection.execute(statement, {"linkage": linkage, "age_groups": list(AGE_GROUPS)})
    columns = [column[0] for column in found.description or ()]
    return tuple(
        _subject(dict(zip(columns, row, strict=True)), reference_date) for row in found.fetchall()
    )


def _subject(row: dict[str, Any], reference_date: date) -> Subject:
    lists = {name: tuple(row[name]) for name in ("child_ages", "days")}
    return Subject(**row | lists, reference_date=reference_date)
