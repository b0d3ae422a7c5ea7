"""A pretend county's extract, read once and copied for each fault that is planted in it."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import NamedTuple

import duckdb

from casescope.governance.study_file.parameters import Parameters
from casescope.identified.intake.load import load
from casescope.identified.pipeline import STEPS

REFERENCE_DATE = date(2026, 3, 31)
_NAMED = {step.name: step for step in STEPS}


def needed(name: str) -> set[str]:
    """Return a step and every step that it rests on, by name."""
    return {name}.union(*(needed(one) for one in _NAMED[name].reads if one in _NAMED))


class Seen(NamedTuple):
    """What quality sees: signs, and numbers of rows by series and year."""

    signs: list[tuple]
    trend: list[tuple]


class Given:
    """An extract as loaded; `signs` says what quality sees once it has been tampered with."""

    def __init__(self, folder: Path):
        self.connection = duckdb.connect(config={"threads": "1"})  # a small county: quicker
        self.connection.execute("ATTACH ':memory:' AS given; USE given")
        load(self.connection, [folder], reference_date=REFERENCE_DATE)
        self.seen: dict[tuple[tuple[str, ...], date], Seen] = {}

    def signs(self, faults: Iterable[str] = (), *, reference_date: date = REFERENCE_DATE):
        """Return each sign that is seen with how often, out of how many, and where."""
        seen = self._quality(tuple(faults), reference_date).signs
        return {name: found for name, *found in seen}

    def trend(self, series: str, faults: Iterable[str] = ()) -> dict[int, int]:
        """Return one series by year."""
        trend = self._quality(tuple(faults), REFERENCE_DATE).trend
        return {year: rows for one, year, rows in trend if one == series}

    def _quality(self, faults: tuple[str, ...], reference_date: date) -> Seen:
        """Return what quality sees of one extract; it looks at each once."""
        asked = faults, reference_date
        if asked not in self.seen:
            self.seen[asked] = self._looked(*asked)
        return self.seen[asked]

    def _looked(self, faults: tuple[str, ...], reference_date: date) -> Seen:
        self._copy()
        for fault in faults:
            self.connection.execute(fault)
        facts = {
            **asdict(Parameters()),
            "reference_date": reference_date,
            "authority_names": [""],
            "restrictions": [""],
            "link_decisions": [""],
        }
        steps = [step for step in STEPS if step.name in needed("quality")]
        for step in steps:
            self.connection.execute(f"ATTACH ':memory:' AS {step.name}; USE {step.name}")
            step.build(self.connection, facts)
        found = Seen(*(self.connection.execute(query).fetchall() for query in (
            'SELECT sign, records, "of", detail FROM quality.sign WHERE seen',
            "SELECT series, year, rows FROM quality.trend",
        )))  # fmt: skip
        self.connection.execute("USE given")
        for name in ("extract", *(step.name for step in steps)):
            self.connection.execute(f"DETACH {name}")
        return found

    def _copy(self) -> None:
        self.connection.execute("ATTACH ':memory:' AS extract; USE extract")
        tables = self.connection.execute(
            "SELECT table_name FROM duckdb_tables() WHERE database_name = 'given'"
        ).fetchall()
        for (table,) in tables:
            self.connection.execute(f"CREATE TABLE {table} AS FROM given.{table}")
