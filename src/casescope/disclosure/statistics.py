"""The rule for each kind of statistic under a pack: one table, from which page and record come."""

from collections.abc import Callable
from typing import NamedTuple

from casescope.disclosure.pack import RulePack
from casescope.findings.equality import LEAST_IN_AREA
from casescope.findings.finding import (
    EXTREMES,
    Amount,
    Cell,
    Comparison,
    Count,
    Rate,
    Ratio,
    Reading,
    Row,
    Share,
    Statistic,
    Sum,
    TableFinding,
)

AREA = "Area"
"""The dimension of tables whose rows are places, which a map could show."""


class StatisticRule(NamedTuple):
    """A kind of statistic, what it is in words, and its rule under a pack in a sentence."""

    id: str
    statistic: str
    says: Callable[[RulePack], str]


def _count(pack: RulePack) -> str:
    if not pack.hide_at_most:
        return "Shown as it is."
    how = "not rounded" if pack.is_exact else f"rounded to the nearest {pack.round_to}"
    least = 1 if pack.zero_shown else 0
    small = f"{least} to {pack.hide_at_most} hidden (“{pack.hidden_words}”)"
    return f"{small}; every other is {how}; one that would give another away is hidden."


def _total(pack: RulePack) -> str:
    if pack.totals == "shown":
        return "The sum of the parts that are shown."
    if pack.is_exact:
        return "Its true number, under the rule for counts; a flow adds up what is shown."
    return "Rounded by itself, under the rule for counts; a flow adds up what is shown."


def _zero(pack: RulePack) -> str:
    if not pack.hide_at_most:
        return "Shown."
    if pack.zero_shown:
        return "Shown in tables; in curves 0 is not told from a few."
    return f"Hidden like a small count: {pack.hidden_words}."


def _full(pack: RulePack) -> str:
    if pack.full == "shown":
        return "Shown."
    counts = "; the count that would say it is hidden too" if pack.is_exact else ""
    rest = f"{pack.hide_at_most} or fewer, or nobody, left over"
    return f"With {rest}, only a least percentage is told (“94% or more”){counts}."


def _share(pack: RulePack) -> str:
    rounded = "the counts that are shown" if pack.is_exact else "rounded counts"
    if not pack.hide_at_most:
        return "Whole percentages, from exact counts."
    return f"Whole percentages from {rounded}; hidden where a count that it rests on is."


def _mean(pack: RulePack) -> str:
    return f"Needs {pack.mean_from} or more people; one decimal; made of counts as shown."


def _median(pack: RulePack) -> str:
    return f"Needs {pack.mean_from} or more people; whole months where read off a curve."


def _extreme(pack: RulePack) -> str:
    return "Shown." if pack.extremes_shown else "Never shown: it is one person’s."


def _rate(pack: RulePack) -> str:
    return (
        f"Events under the rule for counts over whole years of {pack.mean_from} or more; "
        "two decimals."
    )


def _amount(pack: RulePack) -> str:
    limits, to = pack.dominance, pack.amounts_to
    how = "to the nearest unit" if to == 1 else f"to the nearest {to}"
    if limits is None:
        return f"Needs {pack.mean_from} or more people; {how}."
    return (
        f"Needs {pack.mean_from} or more people; {how}; hidden where the {limits.n} greatest "
        f"contributions are over {limits.k:.0%} of it (nk), or all others under {limits.p:.0%} of "
        "the greatest (p-ratio). Contributions are those of whole families."
    )


def _curve(pack: RulePack) -> str:
    steps = "Steps of whole months"
    if pack.midpoint_of == 1:
        return f"{steps}, from exact counts."
    return (
        f"{steps}, from cumulative counts to the midpoint of each {pack.midpoint_of}; it ends "
        f"before {pack.hide_at_most} or fewer are still followed; hidden whole where so few, or "
        "so few events, stand behind it, or where it would give a small group away."
    )


def _area(pack: RulePack) -> str:
    return (
        f"An area is named from {max(LEAST_IN_AREA, pack.hide_at_most + 1)} women in T1 to T3; the "
        "others are taken together; its counts follow the rule for counts."
    )


def _chance(pack: RulePack) -> str:
    hidden = "" if not pack.hide_at_most else "; hidden where the curve of a group is"
    return f"Told in four steps{hidden}."


RULES = (
    StatisticRule("count", "Counts", _count),
    StatisticRule("total", "Totals", _total),
    StatisticRule("zero", "Zero: none of a group", _zero),
    StatisticRule("full", "All, or nearly all, of a group", _full),
    StatisticRule("percentage", "Percentages", _share),
    StatisticRule("mean", "Means", _mean),
    StatisticRule("median", "Medians", _median),
    StatisticRule("extreme", "Least and greatest values", _extreme),
    StatisticRule("rate", "Rates", _rate),
    StatisticRule("amount", "Amounts (weeks, money)", _amount),
    StatisticRule("curve", "Survival curves, and what is read off them", _curve),
    StatisticRule("area", "Maps and areas", _area),
    StatisticRule("chance", "Tests of difference", _chance),
)
"""Every kind of statistic that a report can hold, in the order of the page."""

_COUNTED: dict[type, str] = {Rate: "rate", Amount: "amount", Comparison: "chance", Reading: "curve",
                             Ratio: "mean", Sum: "total", Share: "percentage"}  # fmt: skip


def rule_of(cell: Cell, table: TableFinding, row: Row) -> str:
    """Return the id of the rule for a finding's cell; none for words.

    It says nothing of the cell's number: rules for none and for all are told by what is shown.
    """
    match cell:
        case Statistic():
            return "extreme" if cell.what in EXTREMES else cell.what
        case Reading():
            return "median" if cell.what == "median" else "curve"
        case Count():
            return _of_count(table, row)
        case _:
            return _COUNTED.get(type(cell), "")


def _of_count(table: TableFinding, row: Row) -> str:
    if row.total or (table.flow and row.labels[-1] == "stock"):
        return "total"
    return "area" if AREA in table.dimensions else "count"
