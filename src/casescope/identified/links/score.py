"""The links step: declared identity, and for women the probability that two persons are one."""

from collections.abc import Mapping
from importlib import resources

import duckdb
import pyarrow as pa

from casescope.identified.links.model import scored_pairs
from casescope.kernel.canonical import Json
from casescope.vault.sql import create_tables
from casescope.vault.steps import Step

DECLARED = ("claim", "same_person", "declared", "birth", "record")
"""Strict linkage: what each record declares, who declares the same, and the person it makes."""

COMPARED = ("spelt", "relation", "candidate", "appearance")
"""Lenient linkage: the records that may be a woman's, and what two of them are compared by."""

LEAST = 0.05
"""Pairs less probable than this are not kept."""

NO_NAMES: list[Json] = [
    "", "aka", "baby", "child", "female", "formerly", "girl", "known", "miss", "mother", "mrs",
    "ms", "mum", "na", "nee", "nk", "none", "not", "recorded", "tbc", "test", "the", "unborn",
    "unknown", "xx", "xxx",
]  # fmt: skip
"""Words that stand in a name and are none."""


def _build(connection: duckdb.DuckDBPyConnection, facts: Mapping[str, Json]) -> None:
    create_tables(connection, __package__, DECLARED, facts, kept=("record",))
    create_tables(connection, __package__, ["certain"], facts)
    connection.register("scored", scored_pairs(_appearance(connection, facts), least=LEAST))
    connection.execute("CREATE TABLE pair AS SELECT * FROM scored")
    connection.unregister("scored")


def _appearance(connection: duckdb.DuckDBPyConnection, facts: Mapping[str, Json]) -> pa.Table:
    """Return the records that may be women's; nothing of them stays in the layer."""
    connection.register("name_family", name_families())
    create_tables(connection, __package__, COMPARED, {**facts, "no_names": NO_NAMES})
    appearance = connection.execute("SELECT * FROM appearance").to_arrow_table()
    for name in COMPARED:
        connection.execute(f"DROP TABLE {name}")
    connection.unregister("name_family")
    return appearance


def name_families() -> pa.Table:
    """Return each known forename with the number of its family; others have none."""
    text = resources.files(__package__).joinpath("name_families.txt").read_text(encoding="utf-8")
    lines = [line.split() for line in text.splitlines() if line and not line.startswith("#")]
    known = [
        (None if names[0] == "=" else number, name)
        for number, names in enumerate(lines)
        for name in names
        if name != "="
    ]
    return pa.table(
        {
            "family": pa.array([number for number, _ in known], pa.int32()),
            "name": pa.array([name for _, name in known], pa.string()),
        }
    )


LINKS = Step(
    name="links",
    wing="identified",
    reads=("extract", "identities"),
    uses=("reference_date",),
    sources=("casescope.identified.links",),
    build=_build,
)
