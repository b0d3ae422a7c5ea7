"""One cell at a time: what a rule pack lets be seen of a count, a share or a mean."""

from dataclasses import replace

from casescope.disclosure.pack import RulePack
from casescope.disclosure.released import Kind, ReleasedCell
from casescope.findings.finding import (
    EXTREMES,
    Amount,
    Comparison,
    Rate,
    Ratio,
    Share,
    Statistic,
    Sum,
    Top,
)
from casescope.findings.intervals import wilson
from casescope.findings.poisson import garwood
from casescope.findings.survival import Estimate, Median
from casescope.kernel.dates import DAYS_PER_YEAR

_TOO_FEW = "too few to show"
"""Of a mean: "7 or fewer" would read as the mean itself."""

_FOLLOWED = "too few followed"

NEARLY_ALL = "% or more"
"""How a share ends of which too few are left over for their number to be told."""

_MONTH = DAYS_PER_YEAR / 12


def number(n: int) -> ReleasedCell:
    """Return a count already rounded by the pack."""
    return ReleasedCell("count", f"{n:,}", float(n))


def few(pack: RulePack) -> ReleasedCell:
    """Return a count too small to be shown."""
    return ReleasedCell("count", pack.hidden_words, hidden=True)


def withheld(pack: RulePack, kind: Kind = "count") -> ReleasedCell:
    """Return a figure that is hidden because it would give another one away."""
    return ReleasedCell(kind, pack.withheld_words, hidden=True)


def count(pack: RulePack, n: int) -> ReleasedCell:
    """Return a count by the pack."""
    return few(pack) if pack.hides(n) else number(pack.rounded(n))


def added(pack: RulePack, cells: list[ReleasedCell]) -> ReleasedCell:
    """Return the sum of the counts among `cells` that are shown; withheld where none is."""
    values = [int(c.value) for c in cells if c.kind == "count" and c.value is not None]
    return number(sum(values)) if values else withheld(pack)


def parts(pack: RulePack, cell: Sum) -> ReleasedCell:
    """Return the sum of parts that are each released by themselves."""
    return added(pack, [count(pack, n) for n in cell.parts])


def share(pack: RulePack, cell: Share) -> ReleasedCell:
    """Return a percentage and its interval, made from rounded counts alone.

    A share of nearly all, or of all, says only that the rest is too small to be shown ("94% or
    more"): its counts would give the rest away, or tell something of every single one.
    """
    if cell.of == 0 and not pack.hide_at_most:
        return ReleasedCell("share", "not known")
    if cell.of == 0 or pack.hides(cell.n) or pack.is_few(cell.of):
        return ReleasedCell("share", pack.hidden_words, hidden=True)
    if is_nearly_all(pack, cell):
        return ReleasedCell("share", f"{_least_share(pack, cell)}{NEARLY_ALL}", hidden=True)
    n, of = pack.rounded(cell.n), pack.rounded(cell.of)
    bounds = wilson(n, of)
    return _proportion(n / of, *(bounds or (0.0, 1.0)), n=n, of=of)


def is_nearly_all(pack: RulePack, cell: Share) -> bool:
    """Say whether too few are left over for their number to be told, or nobody."""
    return pack.full == "nearly_all" and pack.is_few(cell.of - cell.n)


def _least_share(pack: RulePack, cell: Share) -> int:
    """Return a whole percentage that is no more than the share.

    Of counts that are shown unrounded it is made of the group alone, which is known: made of `n`,
    it could be solved for it.
    """
    if pack.is_exact:
        return 100 * (cell.of - pack.hide_at_most) // cell.of
    n = pack.rounded(cell.n)
    return 100 * n // (n + pack.hide_at_most)


def behind_least_share(pack: RulePack, percent: int) -> tuple[int, int | None]:
    """Return between which counts that lies of which a least percentage is made.

    Of the group where counts are exact, else of those whom the share counts.
    """
    few, more = pack.hide_at_most, 99 - percent
    if pack.is_exact:
        return -(-100 * few // (more + 1)), (100 * few - 1) // more if more else None
    least = max(-(-percent * few // (more + 1)), pack.rounded(few + 1))
    first = -(-least // pack.round_to) * pack.round_to
    last = ((percent + 1) * few - 1) // more // pack.round_to * pack.round_to if more else None
    return pack.behind(first)[0], None if last is None else pack.behind(last)[1]


def off_hidden(pack: RulePack, why: ReleasedCell) -> ReleasedCell:
    """Return an estimate read off a curve that is hidden whole; `why` is its count of women."""
    is_withheld = why.shown == pack.withheld_words
    if is_withheld and pack.hide_at_most:
        return withheld(pack, "share")
    words = _TOO_FEW if pack.hide_at_most else "no events"
    return ReleasedCell("share", words, hidden=True)


def reading(pack: RulePack, found: Estimate | None) -> ReleasedCell:
    """Return an estimate read off a released curve.

    Hidden where too few women were followed that long, or too few had had an event by then: the
    curve still lies at 0 there, which would read as nobody.
    """
    if found is None:
        return ReleasedCell("share", _FOLLOWED, hidden=True)
    if found.estimate == 0 and pack.hide_at_most:
        return ReleasedCell("share", "too few events", hidden=True)
    made = _proportion(*found)
    if found.lower < found.upper:
        return made
    # Greenwood's variance is 0 before the first event: that is no sign of being sure
    return replace(made, lower=None, upper=None, interval="")


def months(found: Median | None) -> ReleasedCell:
    """Return the median of a released curve in whole months; none where the curve is hidden."""
    if found is None:
        return ReleasedCell("statistic", _FOLLOWED, hidden=True)
    middle, low, high = (None if day is None else int(day / _MONTH) for day in found)
    upper = "or more" if high is None else f"to {high}"
    interval = "" if low is None else f"{low} {upper}"
    if middle is None:
        return ReleasedCell("statistic", "not reached", interval=interval)
    return ReleasedCell("statistic", str(middle), float(middle), lower=_number(low),
                        upper=_number(high), interval=interval)  # fmt: skip


def _number(value: int | None) -> float | None:
    return None if value is None else float(value)


def amount(pack: RulePack, cell: Amount) -> ReleasedCell:
    """Return a sum over people, rounded, where enough people stand behind it and none dominates."""
    if not pack.supports(cell.basis) or is_dominated(pack, cell.n, cell.top):
        return ReleasedCell("statistic", _TOO_FEW, hidden=True)
    return whole((2 * cell.n + pack.amounts_to) // (2 * pack.amounts_to) * pack.amounts_to)


def is_dominated(pack: RulePack, total: int, top: Top | None) -> bool:
    """Say whether one or two people make most of a sum, or the second could work out the first."""
    limits = pack.dominance
    if limits is None or top is None:
        return False
    greatest = (top.largest, top.second)[: limits.n]
    rest = total - top.largest - top.second
    return sum(greatest) > limits.k * total or rest < limits.p * top.largest


def whole(n: int) -> ReleasedCell:
    """Return an amount that is already rounded."""
    return ReleasedCell("statistic", f"{n:,}", float(n))


def amounts(pack: RulePack, cells: list[ReleasedCell]) -> ReleasedCell:
    """Return the sum of the amounts among `cells` that are shown; withheld where none is."""
    values = [int(c.value) for c in cells if c.kind == "statistic" and c.value is not None]
    return whole(sum(values)) if values else withheld(pack, "statistic")


def ratio(pack: RulePack, cell: Ratio) -> ReleasedCell:
    """Return a mean made from two rounded counts, to one decimal."""
    few = pack.hides(cell.n) or not pack.supports(cell.of)
    if few or is_dominated(pack, cell.n, cell.top):
        return ReleasedCell("statistic", _TOO_FEW, hidden=True)
    return _decimal(pack.rounded(cell.n) / pack.rounded(cell.of))


_FINE = 0.02
"""An interval so narrow carries three decimals: with two, its ends and the rate look alike."""


def rate(pack: RulePack, cell: Rate) -> ReleasedCell:
    """Return a rate for each woman-year and its interval, made from rounded numbers alone."""
    n, years = pack.rounded(cell.n), pack.rounded(round(cell.days / DAYS_PER_YEAR))
    bounds = garwood(n, years)
    if pack.hides(cell.n) or not pack.supports(years) or bounds is None:
        return ReleasedCell("rate", _TOO_FEW, hidden=True)
    lower, upper = round(bounds.lower, 4), round(bounds.upper, 4)
    places = 3 if upper - lower < _FINE else 2
    shown, low, high = (f"{one:.{places}f}" for one in (n / years, lower, upper))
    return ReleasedCell("rate", shown, round(n / years, 4), False, lower, upper,
                        f"{low} to {high}", n, years)  # fmt: skip


def statistic(pack: RulePack, cell: Statistic) -> ReleasedCell:
    """Return a number that is not a count, to one decimal, where enough people stand behind it.

    The least and the greatest of anything is one person's, whoever else stands behind it.
    """
    if not pack.supports(cell.basis) or (cell.what in EXTREMES and not pack.extremes_shown):
        return ReleasedCell("statistic", _TOO_FEW, hidden=True)
    return ReleasedCell("statistic", "not known") if cell.value is None else _decimal(cell.value)


_CHANCES = ((0.001, "under 1 in 1,000"), (0.01, "under 1 in 100"), (0.05, "under 1 in 20"))
"""Steps in which a p-value is said: more of it could be solved for the counts behind it."""


def comparison(cell: Comparison, any_hidden: bool) -> ReleasedCell:
    """Return in steps how often chance makes as much; nothing where a group's curve is hidden."""
    if any_hidden or cell.p is None:
        return ReleasedCell("chance", "a group is too small", hidden=True)
    for most, words in _CHANCES:
        if cell.p < most:
            return ReleasedCell("chance", words, most)
    return ReleasedCell("chance", "1 in 20 or more", 1.0)


def _decimal(value: float) -> ReleasedCell:
    rounded = round(value, 1)
    return ReleasedCell("statistic", f"{rounded:,.1f}", rounded)


def _proportion(
    value: float, lower: float, upper: float, n: int | None = None, of: int | None = None
) -> ReleasedCell:
    interval = f"{percent(lower)} to {percent(upper)}"
    return ReleasedCell("share", percent(value), round(value, 4), False, round(lower, 4),
                        round(upper, 4), interval, n, of)  # fmt: skip


def percent(value: float) -> str:
    """Return a share between 0 and 1 as a whole percentage, halves up.

    Never 0% or 100% for what is not quite none or all.
    """
    if 0 < value < 0.005:
        return "under 1%"
    if 0.995 <= value < 1:
        return "over 99%"
    return f"{int(100 * value + 0.5)}%"
