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
    *,
    kept: Sequence[str] | None = None,
    views: Sequence[str] = (),
) -> None:
    """Create each named table from `<package>/<name>.sql`, in order, binding what it asks for.

    Tables that are not `kept` (all are, unless said) are temporary, and dropped once
    no later query names them. Of `views` the query itself is kept: it may name kept tables
    only, and binds nothing.
    """
    queries = {
        name: resources.files(package).joinpath(f"{name}.sql").read_text(encoding="utf-8")
        for name in names
    }
    passing = [name for name in names if kept is not None and name not in (*kept, *views)]
    for place, (name, query) in enumerate(queries.items(), start=1):
        bound = {wanted: facts[wanted] for wanted in parameters_of(query)}
        temporary = "TEMP " if name in passing else ""
        kind = "VIEW" if name in views else f"{temporary}TABLE"
        connection.execute(f'CREATE {kind} "{name}" AS {query}', bound)
        still_asked = " ".join(list(queries.values())[place:])
        for done in [one for one in passing if one in names[:place]]:
            if not re.search(rf"\b{done}\b", still_asked):
                connection.execute(f'DROP TABLE temp."{done}"')
                passing.remove(done)


def parameters_of(query: str) -> set[str]:
    """Return the names of the parameters that a statement binds."""
    return set(_PARAMETER.findall(query))
