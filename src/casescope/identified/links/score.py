"""The links step: declared identity, and for women the probability that two persons are one."""

from collections.abc import Mapping
from importlib import resources

import duckdb
import pyarrow as pa

from casescope.identified.links.model import scored_pairs
from casescope.kernel.canonical import Json
from casescope.vault.sql import create_tables
from casescope.vault.steps import Step

DECLARED = ("spelt", "nobody", "claim", "same_person", "declared", "birth", "record")
"""Strict linkage: what each record declares, who declares the same, and the person it makes."""

COMPARED = ("relation", "candidate", "appearance")
"""Lenient linkage: the records that may be a woman's, and what two of them are compared by."""

NAME_FAMILIES = {"name_family": "name_families.txt", "surname_family": "surname_families.txt"}
"""Forenames, and surnames, that one woman may be recorded under: the table, and its file."""

LEAST = 0.05
"""Pairs less probable than this are not kept."""

NO_NAMES: list[Json] = [
    "", "aka", "baby", "birth", "carer", "child", "confidential", "deceased", "dr", "dup",
    "duplicate", "duplicated", "female", "formerly", "girl", "known", "miss", "mother", "mr", "mrs",
    "ms", "mum", "na", "nee", "nk", "none", "not", "of", "previously", "record", "recorded", "tbc",
    "test", "the", "unborn", "unknown", "unnamed", "xx", "xxx",
]  # fmt: skip
"""Words that stand in a name and are none."""

OTHER_NAME = r"(?:/|\b(?:aka|a\.k\.a\.|also known as|known as|formerly|previously|nee)\b)(.*)$"
"""Where, within a name, another begins that she is known by."""


def _build(connection: duckdb.DuckDBPyConnection, facts: Mapping[str, Json]) -> None:
    declare(connection, facts)
    create_tables(connection, __package__, ["certain"], facts)
    connection.register("scored", scored_pairs(_appearance(connection, facts), least=LEAST))
    connection.execute("CREATE TABLE pair AS SELECT * FROM scored")
    connection.unregister("scored")


def declare(connection: duckdb.DuckDBPyConnection, facts: Mapping[str, Json]) -> None:
    """Write strict linkage: each record's person, and the records that are nobody's."""
    words = {**facts, "no_names": NO_NAMES, "other_name": OTHER_NAME}
    create_tables(connection, __package__, DECLARED, words, kept=("spelt", "nobody", "record"))


def _appearance(connection: duckdb.DuckDBPyConnection, facts: Mapping[str, Json]) -> pa.Table:
    """Return the records that may be women's; nothing of them stays in the layer."""
    for table, file in NAME_FAMILIES.items():
        connection.register(table, name_families(file))
    create_tables(connection, __package__, COMPARED, facts)
    appearance = connection.execute("SELECT * FROM appearance").to_arrow_table()
    for name in ("spelt", *COMPARED):
        connection.execute(f"DROP TABLE {name}")
    for table in NAME_FAMILIES:
        connection.unregister(table)
    return appearance


def name_families(file: str) -> pa.Table:
    """Return each known name of a file with the number of its family; others have none."""
    text = resources.files(__package__).joinpath(file).read_text(encoding="utf-8")
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
