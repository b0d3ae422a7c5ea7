"""What every measure needs: the analysis tables, the study's parameters, and words for captions."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from importlib.resources import files
from typing import Any, Protocol

import duckdb

from casescope.findings.finding import Row, TableFinding
from casescope.governance.study_file.parameters import Parameters
from casescope.kernel.dates import add_years

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
           "October", "November", "December")  # fmt: skip
_PARAMETER = re.compile(r"\$(\w+)")


def in_words(day: date) -> str:
    """Return the date as the report writes it: 31 October 2026."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


class Records(Protocol):
    """What a measure needs that is made of an analysis dataset and of a shared one alike."""

    def rows(self, statement: str, **values: object) -> list[dict[str, Any]]:
        """Return the rows of one statement, each as a dict by column name."""
        ...

    @property
    def table(self) -> Callable[..., TableFinding]:
        """Return what makes a table that names these records as its source."""
        ...

    @property
    def as_at(self) -> str:
        """Return the period of a measure taken on one day."""
        ...


@dataclass(frozen=True)
class Reader:
    """One analysis dataset under one linkage of women, at one reference date."""

    con: duckdb.DuckDBPyConnection
    linkage: str
    parameters: Parameters
    reference_date: date
    authority: str = ""
    about: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        facts = {row["name"]: row["value"] for row in self.rows("about")}
        object.__setattr__(self, "about", facts)

    def rows(self, statement: str, **values: object) -> list[dict[str, Any]]:
        """Return the rows of one statement of `sql/`, each as a dict by column name."""
        sql = files("casescope.findings").joinpath("sql", f"{statement}.sql").read_text("utf-8")
        known = {"linkage": self.linkage, "reference_date": self.reference_date, **values}
        result = self.con.execute(sql, {name: known[name] for name in _PARAMETER.findall(sql)})
        columns = [column[0] for column in result.description or ()]
        return [dict(zip(columns, row, strict=True)) for row in result.fetchall()]

    @property
    def observation_start(self) -> date | None:
        """Return the first day the extract can be trusted to show removals, if it is known."""
        if self.parameters.observation_start is not None:
            return self.parameters.observation_start
        found = self.about.get("observation_start")
        return date.fromisoformat(found) if found else None

    @property
    def first_index_day(self) -> int:
        """Return the first day, counted from the reference date, on which an index counts."""
        start = self.observation_start
        if start is None:
            return -(10**6)
        return (add_years(start, self.parameters.washout_years) - self.reference_date).days

    @property
    def source(self) -> str:
        """Return whose records these are, for a caption."""
        whose = f"Council records of {self.authority}" if self.authority else "Council records"
        return f"{whose}, to {in_words(self.reference_date)}"

    @property
    def as_at(self) -> str:
        """Return the period of a measure taken on one day."""
        return f"At {in_words(self.reference_date)}"

    @property
    def observed(self) -> str:
        """Return the period of a measure over all the records."""
        start = self.observation_start
        until = in_words(self.reference_date)
        return f"All records to {until}" + (f", in full from {in_words(start)}" if start else "")

    @property
    def lookback(self) -> str:
        """Return the period in which a woman's latest removal must lie."""
        start = add_years(self.reference_date, -self.parameters.lookback_years)
        return f"{in_words(start)} to {in_words(self.reference_date)}"

    def day(self, offset: int) -> date:
        """Return the date that lies `offset` days from the reference date."""
        return self.reference_date + timedelta(days=offset)

    def table(
        self,
        finding_id: str,
        title: str,
        *,
        unit: str,
        dimensions: tuple[str, ...],
        columns: tuple[str, ...],
        rows: list[Row],
        method: str,
        period: str,
        caveats: tuple[str, ...] = (),
        parts: tuple[str, ...] = (),
        flow: bool = False,
        sums: tuple[tuple[int, ...], ...] = (),
        nested: tuple[tuple[str, ...], ...] = (),
    ) -> TableFinding:
        """Return a table that names these records as its source."""
        return TableFinding(finding_id, title, unit, dimensions, columns, tuple(rows), method,
                            self.source, period, caveats, parts, flow, sums,
                            nested=nested)  # fmt: skip
