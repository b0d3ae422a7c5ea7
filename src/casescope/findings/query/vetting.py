"""A query as somebody wrote it becomes one that counts women, or is refused with a sentence.

Nothing of what was written is run: whatever is understood is written anew, and only that.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

import duckdb

from casescope.findings.query.expressions import expression
from casescope.findings.query.sources import TOKEN, Sources, from_of, where_of
from casescope.findings.query.tree import Node, only, refusal, select_of

MOST_GROUPS = 20
"""Columns by which women may be grouped at once."""

_SELECT = (
    "select_list", "from_table", "where_clause", "group_expressions", "group_sets",
    "aggregate_handling", "modifiers",
)  # fmt: skip
_REMEDIES = {
    "having": ("HAVING picks groups by their size, which is not told.", "Leave it out."),
    "qualify": ("QUALIFY picks rows, and rows are not told.", "Leave it out."),
    "sample": ("A sample of women is not told.", "Ask of all of them."),
    "cte_map": ("A query is one SELECT, without WITH.", "Put its conditions in WHERE."),
}
_COUNTS = frozenset({"count", "count_star"})

WOMEN = "Women"
ROWS = "Rows are not shown: this is the number of women with each combination of what was asked."
COUNTS = "Every count counts women, each once, whatever it was asked to count."
ORDER = "Groups stand in the order of their words."
FACTS = "What the package says of itself; it is not about any woman."


_PLAIN_COLUMN = re.compile(r's\d+\."\w+"')
_PLAIN_FROM = re.compile(
    r"FROM shared_\w+ AS s0( INNER JOIN shared_issue AS s1 ON s1\.woman = s0\.woman)?"
)
_PLAIN_WHERE = re.compile(
    r"( WHERE \(*s\d+\.\"\w+\" = '[^']*'\)*( AND \(*s\d+\.\"\w+\" = '[^']*'\)*)*)?"
)


@dataclass(frozen=True)
class Query:
    """A vetted query: groups as they are run and called, FROM and WHERE.

    `woman` is the token that is counted; empty for a query of the package's facts, of which
    `groups` are the columns. `says` tells the reader what was made of what she asked.
    """

    groups: tuple[tuple[str, str], ...]
    rows: str
    where: str
    woman: str
    says: tuple[str, ...] = ()

    @property
    def is_plain(self) -> bool:
        """Say whether it groups by columns as they are, and sorts by nothing but such values.

        Then no group is one that the asker drew: which women are in it, the dataset says.
        """
        return (
            bool(_PLAIN_FROM.fullmatch(self.rows))
            and all(_PLAIN_COLUMN.fullmatch(sql) for sql, _ in self.groups)
            and bool(_PLAIN_WHERE.fullmatch(self.where))
        )

    @property
    def is_of_everybody(self) -> bool:
        """Say whether every woman is asked for, by the words of the question alone."""
        return self.rows == "FROM shared_woman AS s0" and not self.where

    @property
    def is_of_facts(self) -> bool:
        """Say whether the query asks for the package's facts alone."""
        return not self.woman


def vetted(sql: str, connection: duckdb.DuckDBPyConnection) -> Query:
    """Return the query made safe, or refuse it; `connection` lends its parser, nothing is run."""
    try:
        return _vetted(select_of(sql, connection))
    except RecursionError:
        raise refusal("The query is nested too deeply.", "Write it more simply.") from None


def _vetted(select: Node) -> Query:
    for name, said in _REMEDIES.items():
        if select.get(name):
            raise refusal(*said)
    only(select, _SELECT, "query")
    sources = Sources(count())
    rows, where = from_of(select, sources), where_of(select, sources)
    says = _modified(select.get("modifiers", ()))
    items = _Items(sources)
    for item in select["select_list"]:
        items.read(item)
    _grouped(select, items)
    if sources.is_of_facts:
        return _of_facts(items, rows, where)
    if len(items.groups) > MOST_GROUPS:
        raise refusal(f"Women may be grouped by {MOST_GROUPS} columns at once.",
                      "Ask for fewer columns; SELECT * is all of them.")  # fmt: skip
    says = (*((ROWS,) if items.of_rows or not items.counts else (COUNTS,)), *says)
    return Query(_named(items.groups), rows, where, sources.woman, says)


def _of_facts(items: "_Items", rows: str, where: str) -> Query:
    if items.counts:
        raise refusal("The package's facts are read, not counted.",
                      "Write SELECT name, value FROM shared_about.")  # fmt: skip
    return Query(_named(items.groups), rows, where, "", (FACTS,))


class _Items:
    """What a query asks for, item by item: groups, counts, and whether it asks for rows."""

    def __init__(self, sources: Sources) -> None:
        self.sources = sources
        self.groups: list[tuple[str, str]] = []
        self.aliases: dict[str, str] = {}
        self.written: list[str] = []
        self.counts = 0
        self.of_rows = False

    def read(self, node: Node) -> None:
        """Read one item of the SELECT list."""
        if node.get("class") == "STAR":
            self._star(node)
        elif self.sources.is_token(node):
            self.of_rows = True
            self.written.append("")
        elif node.get("class") == "FUNCTION" and node["function_name"] in _COUNTS:
            self._count(node)
        else:
            self._group(node)

    def _star(self, node: Node) -> None:
        only(node, ("relation_name", "exclude_list"), "star")
        self.of_rows = True
        wanted = node.get("relation_name", "").lower()
        left_out = {TOKEN, *(name.lower() for name in node.get("exclude_list", ()))}
        for source in self.sources.sources:
            if wanted in ("", source.called):
                for column in source.table.columns:
                    if column.name not in left_out:
                        self.add(f'{source.name}."{column.name}"', column.name)
        self.written.append("")

    def _count(self, node: Node) -> None:
        only(node, ("function_name", "children", "distinct", "order_bys"), "count")
        only(node.get("order_bys", {}), (), "count")
        children = node.get("children", [])
        if children and not (len(children) == 1 and self.sources.is_token(children[0])):
            raise refusal(
                "A count counts women: count(*), count(woman) or count(DISTINCT woman).",
                "Put what they should have in common in WHERE.",
            )
        self.counts += 1
        self.written.append("")

    def _group(self, node: Node) -> None:
        found = expression(node, self.sources)
        name = node.get("alias") or _called(node)
        self.add(found.sql, name)
        self.aliases[name.lower()] = found.sql
        self.written.append(found.sql)

    def add(self, sql: str, name: str) -> None:
        """Add a group, once."""
        if sql not in [one for one, _ in self.groups]:
            self.groups.append((sql, name))

    def grouped(self, node: Node) -> None:
        """Read one expression of GROUP BY: a position, a name given in SELECT, or a column."""
        if node.get("class") == "CONSTANT":
            place = only(node, ("value",), "place")["value"].get("value")
            if not isinstance(place, int) or not 1 <= place <= len(self.written):
                raise refusal("GROUP BY names a place that the SELECT list does not have.")
            return
        names = node.get("column_names", [])
        if len(names) == 1 and names[0].lower() in self.aliases:
            return
        if self.sources.is_token(node):
            self.of_rows = True
            return
        self.add(expression(node, self.sources).sql, node.get("alias") or _called(node))


def _called(node: Node) -> str:
    names = node.get("column_names")
    return str(names[-1]).lower() if names else "expression"


def _named(groups: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Return the groups, each called unlike every other."""
    found: list[tuple[str, str]] = []
    for sql, name in groups:
        taken = [one for _, one in found]
        again = sum(one == name or one.startswith(f"{name} (") for one in taken)
        found.append((sql, f"{name} ({again + 1})" if name in taken else name))
    return tuple(found)


def _grouped(select: Node, items: _Items) -> None:
    groups = select.get("group_expressions", [])
    if select.get("group_sets", [[]]) not in ([[]], [list(range(len(groups)))]):
        raise refusal("ROLLUP, CUBE and GROUPING SETS are several queries in one.",
                      "Ask them one by one.")  # fmt: skip
    for node in groups:
        items.grouped(node)


def _modified(modifiers: Sequence[Node]) -> tuple[str, ...]:
    """Return what is said of an order; DISTINCT says nothing, for groups are distinct."""
    kinds = [one["type"] for one in modifiers]
    if any("LIMIT" in kind for kind in kinds):
        raise refusal("LIMIT picks rows, and rows are not told.",
                      "Narrow the question in WHERE.")  # fmt: skip
    if any(one.get("distinct_on_targets") for one in modifiers):
        raise refusal("DISTINCT ON picks rows, and rows are not told.", "Write DISTINCT alone.")
    if not set(kinds) <= {"ORDER_MODIFIER", "DISTINCT_MODIFIER"}:
        raise refusal("This part of the query is not understood here.")
    return (ORDER,) if "ORDER_MODIFIER" in kinds else ()
