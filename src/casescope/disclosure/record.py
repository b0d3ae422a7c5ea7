"""Which rule each released figure went through, and why it is hidden, for machines to read.

All of it is told by what is released: two figures that a page shows alike have like lines here.
"""

from collections.abc import Iterator
from typing import Any

from casescope.disclosure.cells import NEARLY_ALL
from casescope.disclosure.pack import RulePack, load
from casescope.disclosure.released import Released, ReleasedCell, ReleasedTable
from casescope.disclosure.statistics import RULES

_TOO_FEW = "too few people or events"
_OF_AMOUNTS = "too few people, or one or two make most of it"
_NEARLY_ALL = "all or nearly all of the group; the rest would be told"


def record(released: Released) -> dict[str, Any]:
    """Return the pack, its rule for each kind of statistic, and a line for each figure.

    A line names table, row and column (or curve and count), the rule, whether the figure is hidden,
    and why: too few, to keep another hidden, or either where the pack does not tell them apart.
    """
    pack = load(released.rules.name)
    figures = [line for table in released.tables for line in _of_table(table, pack)]
    for curve in released.curves:
        for what, cell in (("women", curve.women), ("events", curve.events)):
            figures.append({"curve": curve.id, "figure": what, **_line(cell, pack)})
        figures.append({"curve": curve.id, "figure": "steps", "rule": "curve",
                        "hidden": curve.hidden,
                        "why": _why_curve(curve.hidden, curve.women, pack)})  # fmt: skip
    return {
        "pack": pack.rules.name,
        "version": pack.rules.version,
        "dated": pack.rules.dated,
        "source": pack.source,
        "ours": list(pack.ours),
        "publishable": pack.publishable,
        "rules": {rule.id: rule.says(pack) for rule in RULES},
        "figures": figures,
    }


def _of_table(table: ReleasedTable, pack: RulePack) -> Iterator[dict[str, Any]]:
    for row in table.rows:
        for column, cell in zip(table.columns, row.cells, strict=True):
            if cell.rule:
                place = {"table": table.id, "row": list(row.labels), "column": column}
                yield {**place, **_line(cell, pack)}


def _line(cell: ReleasedCell, pack: RulePack) -> dict[str, Any]:
    return {"rule": _rule(cell), "hidden": cell.hidden, "why": _why(cell, pack)}


def _rule(cell: ReleasedCell) -> str:
    if _is_nearly_all(cell):
        return "full"
    is_nobody = cell.kind == "count" and not cell.hidden and cell.value == 0
    return "zero" if is_nobody else cell.rule


def _is_nearly_all(cell: ReleasedCell) -> bool:
    return cell.hidden and cell.kind == "share" and cell.shown.endswith(NEARLY_ALL)


def _why(cell: ReleasedCell, pack: RulePack) -> str:
    if not cell.hidden:
        return ""
    if _is_nearly_all(cell):
        return _NEARLY_ALL
    if cell.shown == pack.withheld_words:
        return _withheld(pack)
    return _OF_AMOUNTS if cell.rule in ("amount", "mean") else _TOO_FEW


def _withheld(pack: RulePack) -> str:
    if pack.hidden_words == pack.withheld_words:
        return "too few, or it would give another figure away: not told apart"
    return "it would give another figure away, or keeps one from being told"


def _why_curve(hidden: bool, women: ReleasedCell, pack: RulePack) -> str:
    if not hidden:
        return ""
    return _withheld(pack) if women.shown == pack.withheld_words else _TOO_FEW
