"""Small findings for disclosure tests: tables drawn as numbers, and strategies for any table."""

from hypothesis import strategies as st

from casescope.findings.finding import (
    Amount,
    Cell,
    Comparison,
    Count,
    CurveFinding,
    Findings,
    Rate,
    Ratio,
    Reading,
    Row,
    Share,
    Statistic,
    Sum,
    TableFinding,
    Text,
)
from casescope.findings.survival import Step, product_limit

COUNTS = st.one_of(st.integers(0, 20), st.integers(0, 2000))


def table(
    rows: dict[str, tuple[int | Cell, ...]], *, parts: int = 0, flow: bool = False, name: str = "t"
) -> TableFinding:
    """Return a table; numbers become counts, `Total` a total row, `parts` columns add up."""
    width = len(next(iter(rows.values()))) if rows else 0
    columns = tuple(f"c{number}" for number in range(width))
    made = tuple(
        Row(tuple(label.split("|")), tuple(Count(c) if isinstance(c, int) else c for c in cells),
            total=label.startswith("Total"))
        for label, cells in rows.items()
    )  # fmt: skip
    dimensions = ("line", "kind") if flow else ("line",)
    return TableFinding(name, "Title", "women", dimensions, columns, made, "", "", "",
                        parts=columns[:parts], flow=flow)  # fmt: skip


def curve(steps: list[Step], name: str = "curve") -> CurveFinding:
    points = product_limit(steps)
    events, censored = sum(s.events for s in steps), sum(s.censored for s in steps)
    return CurveFinding(name, "Title", "women", points, events + censored, events, "", "", "")


@st.composite
def _share(draw: st.DrawFn, columns: int) -> Share:
    of = draw(COUNTS)
    rests_on = ("c0",) if columns else ()
    return Share(draw(st.integers(0, of)), of, rests_on=rests_on)


def _cells(columns: int) -> st.SearchStrategy[Cell]:
    return st.one_of(
        COUNTS.map(Count), COUNTS.map(Count), _share(columns),
        st.lists(COUNTS, max_size=3).map(lambda ns: Sum(tuple(ns))),
        st.builds(Ratio, COUNTS, COUNTS),
        st.builds(Rate, COUNTS, st.integers(0, 10**6)),
        st.builds(Statistic, st.none() | st.floats(0, 99), COUNTS),
        st.builds(Amount, st.integers(0, 9999), COUNTS),
        st.sampled_from(("estimate", "women", "events", "median")).map(
            lambda what: Reading("curve", what, 365.25)),
        st.builds(Comparison, st.just(("curve",)), st.none() | st.floats(0, 1)),
        st.just(Text("words")),
    )  # fmt: skip


@st.composite
def tables(draw: st.DrawFn) -> TableFinding:
    """Draw a table of any cells, with or without total row, flow and parts."""
    columns = draw(st.integers(1, 4))
    flow = draw(st.booleans())
    parts = 0 if flow else draw(st.sampled_from((0, columns)))
    rows: dict[str, tuple[int | Cell, ...]] = {}
    for number in range(draw(st.integers(0, 5))):
        kind = draw(st.sampled_from(("stock", "out", "tier"))) if flow else ""
        cells = tuple(
            Count(draw(COUNTS)) if flow or c < parts else draw(_cells(columns))
            for c in range(columns)
        )
        rows[f"r{number}|{kind}" if flow else f"r{number}"] = cells
    if not flow and draw(st.booleans()):
        rows["Total"] = tuple(
            Count(sum(r[c].n for r in rows.values() if isinstance(r[c], Count)))
            for c in range(columns)
        )
    return table(rows, parts=parts, flow=flow)


@st.composite
def curves(draw: st.DrawFn) -> CurveFinding:
    days = draw(st.lists(st.integers(1, 4000), max_size=60))
    steps = [Step(day, draw(st.integers(0, 6)), draw(st.integers(0, 6))) for day in sorted(days)]
    return curve([step for step in steps if step.events + step.censored])


def findings(*tables: TableFinding, curves: tuple[CurveFinding, ...] = ()) -> Findings:
    return Findings(tables, curves, {})
