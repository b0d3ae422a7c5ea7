"""What each measure on a shared dataset needs: its tables, its steps, and words for captions."""

import re
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any

import duckdb

from casescope.dataset.sharing.quasi import QUASI, Step
from casescope.dataset.sharing.schema import NO_TIER
from casescope.findings.finding import Row, TableFinding
from casescope.kernel.errors import InputRefused

_PARAMETER = re.compile(r"\$(\w+)")
_STEP = "step of "


@dataclass(frozen=True)
class SharedReader:
    """One shared dataset: what it says of itself, and how coarsely each column is told."""

    con: duckdb.DuckDBPyConnection
    about: dict[str, str] = field(init=False)
    steps: dict[str, int] = field(init=False)
    """The number of each column's step, 0 the finest."""

    def __post_init__(self) -> None:
        facts = {row["name"]: row["value"] for row in self.rows("about")}
        object.__setattr__(self, "about", facts)
        object.__setattr__(self, "steps", dict(_steps(facts)))

    def rows(self, statement: str, **values: object) -> list[dict[str, Any]]:
        """Return the rows of one statement of `sql/`, each as a dict by column name."""
        sql = files(__package__).joinpath("sql", f"{statement}.sql").read_text("utf-8")
        result = self.con.execute(sql, {name: values[name] for name in _PARAMETER.findall(sql)})
        columns = [column[0] for column in result.description or ()]
        return [dict(zip(columns, row, strict=True)) for row in result.fetchall()]

    def step(self, column: str) -> Step:
        """Return the step at which a column is told."""
        return next(one for one in QUASI if one.name == column).steps[self.steps[column]]

    @property
    def everyone(self) -> bool:
        """Say whether women with a removed child who are in no tier are told of too."""
        return any(row["tier"] == NO_TIER for row in self.rows("standing"))

    @property
    def source(self) -> str:
        """Return what these figures are made of, for a caption."""
        return "The shared dataset, one row a woman, told in bands"

    @property
    def as_at(self) -> str:
        """Return the period of a measure taken on one day, which is told by its quarter."""
        period = self.about.get("reference_period", "")
        return f"At the reference date, in {period}" if period else "At the reference date"

    def table(
        self,
        finding_id: str,
        title: str,
        *,
        rows: list[Row],
        **said: Any,  # noqa: ANN401 — the other fields of a table, which checks them
    ) -> TableFinding:
        """Return a table that names the shared dataset as its source."""
        return TableFinding(finding_id, title, rows=tuple(rows), source=self.source, **said)


def _steps(facts: dict[str, str]) -> list[tuple[str, int]]:
    found = []
    for one in QUASI:
        labels = [step.label for step in one.steps]
        told = facts.get(f"{_STEP}{one.name}", "")
        if told not in labels:
            raise InputRefused(
                f"The shared dataset does not say at which step it tells the column {one.name}.",
                "Ask the authority for the package again.",
            )
        found.append((one.name, labels.index(told)))
    return found
