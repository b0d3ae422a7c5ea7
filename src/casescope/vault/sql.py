"""SQL steps live as files: one statement, one named result, parameters bound by name."""

import re
from collections.abc import Mapping, Sequence
from importlib import resources

import duckdb

_PARAMETER = re.compile(r"\$([a-z_]+)")


def create_tables(
    connection: duckdb.DuckDBPyConnection,
    package: str,
    names: Sequence[str],
    facts: Mapping[str, object],
) -> None:
    """Create each named table from `<package>/<name>.sql`, in order, binding what it asks for."""
    for name in names:
        query = resources.files(package).joinpath(f"{name}.sql").read_text(encoding="utf-8")
        bound = {wanted: facts[wanted] for wanted in parameters_of(query)}
        connection.execute(f'CREATE TABLE "{name}" AS {query}', bound)


def parameters_of(query: str) -> set[str]:
    """Return the names of the parameters that a statement binds."""
    return set(_PARAMETER.findall(query))
