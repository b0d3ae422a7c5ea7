"""Secondary suppression where totals are figures of their own: exact ranges of hidden cells.

Rows and columns with their totals are a network: every figure is an edge that carries its number,
and what flows into a row or column flows out. How far a hidden figure can be moved, up or down,
while all that is shown stays as it is, is a greatest flow through the others (Ford and Fulkerson
1956; whole numbers in, whole numbers out), so each range found is exact for one table.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple, TypeAlias

from casescope.disclosure.pack import RulePack
from casescope.findings.finding import Count, TableFinding

Place: TypeAlias = tuple[int, int]
Why: TypeAlias = Literal["few", "withheld"]

_ROOT, _END = -1, -2
"""Where row totals begin and column totals end; the total of all goes back from end to root."""


class Edge(NamedTuple):
    """One figure between two nodes: its number, what a reader knows of it, its cell if any."""

    start: int
    end: int
    n: int
    least: int
    greatest: int | None
    place: Place | None = None


class _Block(NamedTuple):
    """Rows that one total row adds up, and the number of that row (None: no such row)."""

    rows: range
    total: int | None


def withhold_more(table: TableFinding, hidden: dict[Place, Why], pack: RulePack) -> bool:
    """Withhold one more count where a hidden one can be told too nearly; say whether one was."""
    if table.flow:
        return False
    for edges in networks(table, hidden, pack):
        for at, edge in enumerate(edges):
            if edge.place in hidden and _is_told(edges, at, pack) and _can_be_kept(edges, at, pack):
                return _withhold(edges, edge, hidden)
    return False


def _can_be_kept(edges: Sequence[Edge], at: int, pack: RulePack) -> bool:
    """Say whether hiding the whole table would help: some figures are known from elsewhere."""
    blank = [e if e.place is None else e._replace(least=0, greatest=None) for e in edges]
    return not _is_told(blank, at, pack)


def _is_told(edges: Sequence[Edge], at: int, pack: RulePack) -> bool:
    """Say whether a hidden figure's range is one number, or narrow and wholly among small ones."""
    least, greatest = reach(edges, at, enough=pack.hide_at_most + 1)
    if least == greatest:
        return True
    return greatest <= pack.hide_at_most and greatest - least < pack.least_width


def _withhold(edges: Sequence[Edge], of: Edge, hidden: dict[Place, Why]) -> bool:
    """Withhold the smallest figure of the same row or column, else of all; totals come last."""
    shown = [edge for edge in edges if edge.place is not None and edge.place not in hidden]

    def loss(edge: Edge) -> tuple[bool, bool, bool, int]:
        near = edge.start == of.start or edge.end == of.end
        return edge.end == _END, not near, not edge.n, edge.n

    if not shown:
        return False
    chosen = min(shown, key=loss)
    hidden.update((edge.place, "withheld") for edge in (chosen, of) if edge.place is not None)
    return True


def networks(
    table: TableFinding, hidden: Mapping[Place, Why], pack: RulePack
) -> Iterator[list[Edge]]:
    """Yield each set of a table's figures that bear on one another."""
    parts = [table.columns.index(name) for name in table.parts]
    for block in _blocks(table):
        if parts and _is_counted(table, block, parts):
            yield _two_way(table, block, parts, hidden, pack)
        if block.total is not None:
            for c in range(len(table.columns)):
                if c not in parts and _is_counted(table, block, [c]):
                    yield _one_way(table, block, c, hidden, pack)


def _blocks(table: TableFinding) -> Iterator[_Block]:
    start = 0
    for r, row in enumerate(table.rows):
        if row.total:
            yield _Block(range(start, r), r)
            start = r + 1
    if start < len(table.rows):
        yield _Block(range(start, len(table.rows)), None)


def _is_counted(table: TableFinding, block: _Block, columns: Iterable[int]) -> bool:
    rows = [*block.rows, *([] if block.total is None else [block.total])]
    return all(isinstance(table.rows[r].cells[c], Count) for r in rows for c in columns)


def _number(table: TableFinding, place: Place) -> int:
    cell = table.rows[place[0]].cells[place[1]]
    return cell.n if isinstance(cell, Count) else 0


def _two_way(
    table: TableFinding,
    block: _Block,
    columns: Sequence[int],
    hidden: Mapping[Place, Why],
    pack: RulePack,
) -> list[Edge]:
    """Return cells, the totals of rows (known from elsewhere) and of columns, and of all."""
    edges = []
    for r in block.rows:
        for at, c in enumerate(columns):
            n = _number(table, (r, c))
            edges.append(Edge(r, _node(at, table), n, *_known(n, (r, c), hidden, pack), (r, c)))
        whole = sum(_number(table, (r, c)) for c in columns)
        edges.append(Edge(_ROOT, r, whole, *_known(whole, None, hidden, pack)))
    for at, c in enumerate(columns):
        edges.append(_column_total(table, block, c, _node(at, table), hidden, pack))
    whole = sum(_number(table, (r, c)) for r in block.rows for c in columns)
    known = (0, None) if block.total is None else _known(whole, None, hidden, pack)
    return [*edges, Edge(_END, _ROOT, whole, *known)]


def _one_way(
    table: TableFinding, block: _Block, c: int, hidden: Mapping[Place, Why], pack: RulePack
) -> list[Edge]:
    """Return the cells of one column and its total."""
    node = _node(0, table)
    edges = []
    for r in block.rows:
        n = _number(table, (r, c))
        edges.append(Edge(_ROOT, node, n, *_known(n, (r, c), hidden, pack), (r, c)))
    total = _column_total(table, block, c, node, hidden, pack)
    return [*edges, total, Edge(_END, _ROOT, total.n, 0, None)]


def _node(at: int, table: TableFinding) -> int:
    return len(table.rows) + at


def _column_total(
    table: TableFinding,
    block: _Block,
    c: int,
    node: int,
    hidden: Mapping[Place, Why],
    pack: RulePack,
) -> Edge:
    n = sum(_number(table, (r, c)) for r in block.rows)
    if block.total is None:
        return Edge(node, _END, n, 0, None)
    place = (block.total, c)
    return Edge(node, _END, n, *_known(n, place, hidden, pack), place)


def _known(
    n: int, place: Place | None, hidden: Mapping[Place, Why], pack: RulePack
) -> tuple[int, int | None]:
    """Return the least and greatest that a figure can be by itself, to a reader of the page."""
    why = hidden.get(place) if place else None
    if why == "withheld":
        return pack.behind_withheld()
    return pack.behind_hidden() if why or pack.hides(n) else pack.behind(pack.rounded(n))


def reach(edges: Sequence[Edge], at: int, enough: int) -> tuple[int, int]:
    """Return the least and the greatest that one figure can be, given all others.

    Neither is sought further from its number than `enough`.
    """
    n = edges[at].n
    return n - _moved(edges, at, -1, enough), n + _moved(edges, at, 1, enough)


def _moved(edges: Sequence[Edge], at: int, way: int, enough: int) -> int:
    """Return by how much a figure can be moved up (1) or down (-1)."""
    of, flow = edges[at], [edge.n for edge in edges]
    ways = _ways(edges, at)
    source, sink = (of.end, of.start) if way > 0 else (of.start, of.end)
    most = _room(of, of.n, way, enough)
    done = 0
    while done < most and (path := _path(edges, flow, ways, source, sink)):
        step = min(_room(edges[e], flow[e], to, most - done) for e, to in path)
        for e, to in path:
            flow[e] += to * step
        done += step
    return done


def _room(edge: Edge, flow: int, way: int, enough: int) -> int:
    if way < 0:
        return min(enough, flow - edge.least)
    return enough if edge.greatest is None else min(enough, edge.greatest - flow)


_Ways = Mapping[int, Sequence[tuple[int, int, int]]]
"""From each node: the edges that lead away, to which node, and whether forwards or backwards."""


def _ways(edges: Sequence[Edge], without: int) -> _Ways:
    found: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for e, edge in enumerate(edges):
        if e != without:
            found[edge.start].append((e, edge.end, 1))
            found[edge.end].append((e, edge.start, -1))
    return found


def _path(
    edges: Sequence[Edge], flow: Sequence[int], ways: _Ways, source: int, sink: int
) -> list[tuple[int, int]]:
    """Return the shortest way from source to sink on which figures can be moved; none if empty."""
    came: dict[int, tuple[int, int, int]] = {}
    waiting = deque([source])
    while waiting and sink not in came:
        node = waiting.popleft()
        for e, end, way in ways[node]:
            if end not in came and end != source and _room(edges[e], flow[e], way, 1) > 0:
                came[end] = (node, e, way)
                waiting.append(end)
    return _traced(came, source, sink)


def _traced(
    came: Mapping[int, tuple[int, int, int]], source: int, sink: int
) -> list[tuple[int, int]]:
    path: list[tuple[int, int]] = []
    node = sink
    while node != source:
        if node not in came:
            return []
        node, edge, way = came[node]
        path.append((edge, way))
    return path
