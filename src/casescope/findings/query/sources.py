"""Where a query's rows come from: the shared tables, joined on the woman and on nothing else."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from casescope.dataset.sharing.schema import ABOUT, ISSUE, SHARED_TABLES, WOMAN
from casescope.dataset.table import Table
from casescope.findings.query.expressions import Expression, Kind, condition
from casescope.findings.query.tree import Node, node_of, only, refusal

_TABLES = {table.name: table for table in SHARED_TABLES}
_KINDS: dict[str, Kind] = {"VARCHAR": "text", "BOOLEAN": "truth"}
TOKEN = "woman"  # noqa: S105 — the name of a column
MOST = 4
"""Tables that one query may join, those of its subqueries too."""

_SELECT = ("select_list", "from_table", "where_clause", "aggregate_handling", "modifiers")
_DISTINCT = {"type": "DISTINCT_MODIFIER"}


@dataclass(frozen=True)
class Source:
    """One table of a query: what it is called there, and by which name it is run."""

    called: str
    name: str
    table: Table


@dataclass
class Sources:
    """The tables of one SELECT, and what its names mean; `numbers` gives each table its name."""

    numbers: Iterator[int]
    sources: list[Source] = field(default_factory=list)

    def add(self, node: Node) -> Source:
        """Add a table; refuse whatever else rows could come from."""
        if node["type"] != "BASE_TABLE":
            raise refusal(
                "Rows come from the shared tables only: no subquery, function, list or file.",
                f"There are {', '.join(_TABLES)}.",
            )
        only(node, ("table_name",), "table")
        table = _TABLES.get(node["table_name"].lower())
        if table is None:
            raise refusal("There is no such table here.", f"There are {', '.join(_TABLES)}.")
        called = (node.get("alias") or table.name).lower()
        if any(one.called == called for one in self.sources):
            raise refusal("Two tables of the query have one name.", "Give each a name of its own.")
        number = next(self.numbers)
        if number >= MOST:
            raise refusal(f"A query may name {MOST} tables.", "Ask in several queries.")
        found = Source(called, f"s{number}", table)
        self.sources.append(found)
        return found

    @property
    def woman(self) -> str:
        """Return the token of the woman whose row it is: that of the first table."""
        return f"{self.sources[0].name}.{TOKEN}"

    @property
    def is_of_facts(self) -> bool:
        """Say whether the rows are the package's facts, and nobody's."""
        return self.sources[0].table is ABOUT

    def column(self, names: Sequence[str]) -> Expression:
        """Return the column of this name; a woman's token is none that may be looked at."""
        source, name = self.found(names)
        if name == TOKEN:
            raise refusal(
                "A woman's token may be counted and joined on, and nothing else.",
                "Describe the women you mean by what is told of them.",
            )
        kind = next(one.type for one in source.table.columns if one.name == name)
        return Expression(f'{source.name}."{name}"', _KINDS[kind])

    def found(self, names: Sequence[str]) -> tuple[Source, str]:
        """Return the table and column that a name means; a token in several is the first's."""
        *table, name = (one.lower() for one in names)
        held = [
            one for one in self.sources
            if (not table or [one.called] == table)
            and any(column.name == name for column in one.table.columns)
        ]  # fmt: skip
        if not held:
            raise refusal("The query names a column that its tables do not have.",
                          _columns_of(self.sources))  # fmt: skip
        if len(held) > 1 and name != TOKEN:
            raise refusal("A column of the query is in two of its tables.",
                          "Write the table's name before it, as in w.tier.")  # fmt: skip
        return held[0], name

    def is_token(self, node: Node) -> bool:
        """Say whether an expression is the token of a woman, of any of the tables."""
        if node.get("class") != "COLUMN_REF" or node["column_names"][-1].lower() != TOKEN:
            return False
        only(node, ("column_names",), "column")
        return self.found(node["column_names"])[1] == TOKEN

    def token(self, node: Node) -> str:
        """Return the token that an expression is."""
        return f"{self.found(node['column_names'])[0].name}.{TOKEN}"

    def subquery(self, node: Node) -> Expression:
        """Return `woman IN (SELECT woman …)`, or EXISTS that asks the same, as a condition."""
        only(node, ("subquery_type", "subquery", "child", "comparison_type"), "subquery")
        select = node_of(only(node["subquery"], ("node",), "subquery")["node"])
        kind = node.get("subquery_type")
        if self.is_of_facts or kind not in ("ANY", "EXISTS"):
            raise _subquery_refused()
        said = self._exists(select) if kind == "EXISTS" else self._in(node, select)
        return Expression(f"({said})", "truth")

    def _in(self, node: Node, select: Node) -> str:
        asked = node.get("comparison_type") == "COMPARE_EQUAL" and self.is_token(node["child"])
        inner = Sources(self.numbers)
        rows = from_of(_plain(select), inner) + where_of(select, inner)
        items = select["select_list"]
        if not asked or inner.is_of_facts or len(items) != 1 or not inner.is_token(items[0]):
            raise _subquery_refused()
        return f"{self.token(node['child'])} IN (SELECT {inner.token(items[0])} {rows})"

    def _exists(self, select: Node) -> str:
        inner = Sources(self.numbers)
        rows = from_of(_plain(select), inner)
        parts = _parts(select.get("where_clause"))
        links = [one for one in parts if _is_link(one, self, inner)]
        if inner.is_of_facts or len(links) != 1:
            raise _subquery_refused()
        own = {one.called for one in inner.sources}
        sides = (links[0]["left"], links[0]["right"])
        mine, theirs = sorted(sides, key=lambda one: one["column_names"][0].lower() in own)
        rest = [condition(one, inner).sql for one in parts if one is not links[0]]
        where = f" WHERE {' AND '.join(rest)}" if rest else ""
        return f"{self.token(mine)} IN (SELECT {inner.token(theirs)} {rows}{where})"


def where_of(select: Node, sources: Sources) -> str:
    """Return WHERE of a SELECT, written anew, or nothing; FROM is read before it."""
    node = select.get("where_clause")
    return "" if node is None else f" WHERE {condition(node, sources).sql}"


def from_of(select: Node, sources: Sources) -> str:
    """Return FROM, written anew."""
    written = _from(select["from_table"], sources)
    if len(sources.sources) > 1 and any(one.table is ABOUT for one in sources.sources):
        raise refusal("The package's facts stand alone.", "Ask shared_about by itself.")
    return f"FROM {written}"


def _from(node: Node, sources: Sources) -> str:
    if node["type"] != "JOIN":
        found = sources.add(node)
        return f"{found.table.name} AS {found.name}"
    only(node, ("left", "right", "condition", "join_type", "ref_type", "using_columns"), "join")
    kind = node.get("join_type", "INNER")
    if node.get("ref_type", "REGULAR") != "REGULAR" or kind not in ("INNER", "LEFT"):
        raise _join_refused()
    left = _from(node["left"], sources)
    if node["right"]["type"] == "JOIN":
        raise _join_refused()
    right = _from(node["right"], sources)
    return f"{left} {kind} JOIN {right} ON {_on(node, sources)}"


def _on(node: Node, sources: Sources) -> str:
    """Return the condition of a join: one and the same woman, and whatever else of the row."""
    own = sources.sources[-1]
    if "using_columns" in node:
        if [one.lower() for one in node["using_columns"]] != [TOKEN] or "condition" in node:
            raise _join_refused()
        return f"{own.name}.{TOKEN} = {sources.woman}"
    before = Sources(sources.numbers, sources.sources[:-1])
    alone = Sources(sources.numbers, [own])
    parts = _parts(node.get("condition"))
    links = [one for one in parts if _is_link(one, before, alone)]
    if not links:
        raise _join_refused()
    same = [f"{sources.token(one['left'])} = {sources.token(one['right'])}" for one in links]
    rest = [condition(one, sources).sql for one in parts if one not in links]
    return " AND ".join((*same, *rest))


def _parts(node: Node | None) -> list[Node]:
    """Return the conditions that all have to hold."""
    if node is None:
        return []
    if node.get("type") != "CONJUNCTION_AND":
        return [node]
    return list(only(node, ("children",), "condition")["children"])


def _is_link(node: Node, outer: Sources, inner: Sources) -> bool:
    """Say whether a condition is that the woman of one table is the woman of another."""
    if node.get("type") != "COMPARE_EQUAL" or node.get("class") != "COMPARISON":
        return False
    sides = [only(node, ("left", "right"), "comparison")[side] for side in ("left", "right")]
    names = [side.get("column_names", []) for side in sides]
    if not all(len(one) == 2 and one[1].lower() == TOKEN for one in names):
        return False
    called = [one[0].lower() for one in names]
    for side in sides:
        only(side, ("column_names",), "column")
    own = {one.called for one in inner.sources}
    others = {one.called for one in outer.sources} - own
    return (called[0] in own and called[1] in others) or (called[1] in own and called[0] in others)


def _columns_of(sources: Sequence[Source]) -> str:
    return " ".join(
        f"{one.table.name} has {', '.join(column.name for column in one.table.columns)}."
        for one in sources
    )


def _plain(select: Node) -> Node:
    """Return the SELECT of a subquery; refuse one with groups, an order or a limit."""
    if any(one != _DISTINCT for one in only(select, _SELECT, "subquery").get("modifiers", [])):
        raise _subquery_refused()
    return select


def _join_refused() -> Exception:
    return refusal(
        "Tables may be joined on the woman alone, by JOIN or LEFT JOIN.",
        f"Write {WOMAN.name} AS w JOIN {ISSUE.name} AS i ON i.woman = w.woman, or USING (woman).",
    )


def _subquery_refused() -> Exception:
    return refusal(
        "A subquery may only say which women are meant.",
        "Write woman IN (SELECT woman FROM shared_issue WHERE …), or NOT IN, or EXISTS on the "
        "same woman.",
    )
