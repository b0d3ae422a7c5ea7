"""What DuckDB's own parser made of a query; whatever is not known in it is refused.

Nodes come without the fields that say nothing (skip_default, skip_empty, skip_null), so that every
field that is there means something: `only` lets through those that are understood.
"""

import json
from collections.abc import Collection, Mapping
from typing import Any, TypeAlias

import duckdb

from casescope.kernel.errors import InputRefused

Node: TypeAlias = Mapping[str, Any]

LONGEST = 5_000
"""Letters in a query."""

HELP = "See docs/reference/query.md for what a query may hold."

_PLACE = frozenset({"query_location", "alias", "class", "type"})


def refusal(sentence: str, remedy: str = HELP) -> InputRefused:
    """Return the refusal of a query; it never quotes a value."""
    return InputRefused(sentence, remedy)


def only(node: Node, known: Collection[str], what: str) -> Node:
    """Return the node; refuse one with a field that is not known."""
    if set(node) - _PLACE - set(known):
        raise refusal(f"This kind of {what} is not understood here.")
    return node


def select_of(sql: str, connection: duckdb.DuckDBPyConnection) -> Node:
    """Return the one SELECT that a query is, as DuckDB's parser reads it."""
    if len(sql) > LONGEST:
        raise refusal(f"A query may be {LONGEST:,} letters long.", "Ask in several queries.")
    found = connection.execute(
        "SELECT json_serialize_sql($sql::VARCHAR, skip_default := true, skip_empty := true, "
        "skip_null := true)",
        {"sql": sql},
    ).fetchone()
    read = json.loads(found[0]) if found else {}
    if read.get("error", True):
        raise _unreadable(read)
    statements = read.get("statements", [])
    if len(statements) != 1:
        raise refusal("A query is one SELECT.", "Ask one thing at a time.")
    return node_of(only(statements[0], ("node",), "statement")["node"])


def node_of(node: Node) -> Node:
    """Return a node that is a plain SELECT; refuse UNION and the like."""
    if node["type"] != "SELECT_NODE":
        raise refusal("A query is one SELECT, without UNION, INTERSECT or EXCEPT.",
                      "Use OR in WHERE, or ask twice.")  # fmt: skip
    return node


def _unreadable(read: Node) -> InputRefused:
    if read.get("error_type") == "not implemented":
        return refusal(
            "A query is one SELECT; nothing can be made, changed, loaded or set here.",
            "Begin with SELECT, for example: SELECT tier, count(*) FROM shared_woman GROUP BY tier",
        )
    where = read.get("position")
    at = f", near letter {int(where) + 1}" if where and str(where).isdigit() else ""
    return refusal(f"This is not SQL that can be read{at}.", "Check brackets, quotes and commas.")
