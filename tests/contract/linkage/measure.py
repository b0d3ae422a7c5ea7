"""Builds the people layer over a world or folder, and holds its clusters to who is who in truth."""

import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from pathlib import Path

import duckdb

from casescope.governance.study_file.parameters import Parameters
from casescope.identified.intake.load import load
from casescope.identified.links.score import LINKS
from casescope.identified.people.identities import IDENTITIES
from casescope.identified.people.resolve import PEOPLE
from tests.worlds import World


@dataclass(frozen=True)
class Accuracy:
    """Pairs of records: joined and truly one, joined and not, and truly one in all.

    `found` of `tellable` are those truly one that the file itself tells (see `tells`).
    """

    right: int
    wrong: int
    true: int
    found: int = 0
    tellable: int = 0

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.right / self.true


@contextmanager
def linked(
    given: World | Path,
    *,
    today: date,
    decisions: Sequence[str] = (),
    restricted: Sequence[str] = (),
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield a connection with the layers up to people, at default settings."""
    defaults = Parameters()
    facts = {
        "reference_date": today,
        "restrictions": ["", *restricted],
        "link_decisions": ["", *decisions],
        "link_threshold": defaults.link_threshold,
        "review_low": defaults.review_low,
    }
    connection = duckdb.connect(config={"threads": 2})
    try:
        connection.execute("ATTACH ':memory:' AS extract; USE extract")
        with tempfile.TemporaryDirectory() as folder:
            if isinstance(given, World):
                given.write(Path(folder) / "extract")
                given = Path(folder) / "extract"
            load(connection, [given], reference_date=today)
        for step in (IDENTITIES, LINKS, PEOPLE):
            connection.execute(f"ATTACH ':memory:' AS {step.name}; USE {step.name}")
            step.build(connection, facts)
        yield connection
    finally:
        connection.close()


def clusters(connection: duckdb.DuckDBPyConnection) -> list[set[str]]:
    """Return the records of each person under lenient linkage."""
    found = defaultdict(set)
    for person, woman in connection.execute(
        "SELECT person_id, coalesce(woman_id, subject) FROM people.record "
        "LEFT JOIN people.cluster USING (subject)"
    ).fetchall():
        found[woman].add(person)
    return list(found.values())


def tells(world: World) -> Callable[[str, str], bool]:
    """Return whether a file holds enough to say of two records that they are one woman's.

    Two of three must agree to the letter: forename, surname, birth date; but for names alone, which
    need a postcode; and one of the two is named as a mother. This measures the file, not the code.
    """
    said = {row["pers_person_id"]: row for row in world.rows("person")}
    mothers = {row["moth_person_id"] for row in world.rows("mother")}
    homes = defaultdict(set)
    for row in world.rows("address"):
        homes[row["addr_person_id"]].add(row["addr_address_postcode"])

    def tell(one: str, other: str) -> bool:
        first, second = said[one], said[other]
        same = {
            name
            for name in ("pers_forename", "pers_surname", "pers_dob")
            if first[name] and first[name].lower() == second[name].lower()
        }
        return (
            bool({one, other} & mothers)
            and len(same) >= 2
            and ("pers_dob" in same or bool(homes[one] & homes[other]))
        )

    return tell


def accuracy(
    connection: duckdb.DuckDBPyConnection,
    truth: Mapping[str, int],
    tell: Callable[[str, str], bool] | None = None,
) -> Accuracy:
    """Return how the clusters compare with the truth: record to the number of a real woman."""
    joined = {
        pair
        for cluster in clusters(connection)
        for pair in combinations(sorted(cluster), 2)
        if truth.keys() & set(pair)
    }
    women = defaultdict(set)
    for record, woman in truth.items():
        women[woman].add(record)
    true = {pair for records in women.values() for pair in combinations(sorted(records), 2)}
    tellable = {pair for pair in true if tell is None or tell(*pair)}
    return Accuracy(
        len(joined & true), len(joined - true), len(true), len(joined & tellable), len(tellable)
    )
