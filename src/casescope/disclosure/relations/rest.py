"""Tables of which no figure bears on another's: doubts, signs, years, rates, sensitivity."""

import re
from collections.abc import Collection, Iterator

from casescope.disclosure.audit import Cell
from casescope.disclosure.relations.meaning import Labels, Meaning, alone, cell
from casescope.disclosure.relations.women import AT_MOST, T1, T3, WOMEN, pattern, tier

OTHERWISE = "; by "
"""Parts a universe from the linkage or choice by which it is counted, if not the study's own."""

_NUMBER = re.compile(r"\d+")
"""Settings of one choice are told apart by their number."""

_ALONE = ("links_reviewed", "caveats", "signs", "impossible", "trend")


def meanings(linkage: str) -> dict[str, Meaning]:
    """Return what the cells of each of these tables mean, by the table's id."""
    return {
        **{name: alone(name) for name in _ALONE},
        "rate": _rate,
        "rate_by_age": _followed("age then", linkage),
        "rate_by_time": _followed("since her latest event", linkage),
        "headline_by_linkage": _by_linkage(linkage),
        "sensitivity": _varied(linkage),
    }


def _headline(column: str, count: str) -> Cell | None:
    """Return whom a headline counts: the same group as in every other table of the study."""
    wheres = {
        "T1": {tier(count): T1},
        "T1 at most": {tier(count): AT_MOST},
        "T1 and T2": {tier(count): "T1–T2"},
        "T3": {tier(count): T3},
        "Women with a repeat removal": {pattern(count): "repeat"},
    }
    if column == "Repeat removals":
        return cell(f"removal events, {count}", {"event": "repeat"})
    return cell(WOMEN, wheres[column]) if column in wheres else None


def _elsewhere(found: Cell | None, study: str) -> Cell | None:
    """Return the same group of another linkage or choice, which are people of their own."""
    return found and Cell(elsewhere(found.universe, study), found.categories)


def elsewhere(universe: str, study: str) -> str:
    """Return the universe of the same people as linked or counted by another choice."""
    return f"{universe}{OTHERWISE}{study}"


def _by_linkage(linkage: str) -> Meaning:
    def meaning(labels: Labels, column: str) -> Cell | None:
        found = _headline(labels[0], "broad")
        own = column.lower().startswith(linkage)
        return found if own else _elsewhere(found, column)

    return meaning


def _varied(linkage: str) -> Meaning:
    """Tell the study's own row, linkages and counts, then one choice changed at a time."""

    def meaning(labels: Labels, column: str) -> Cell | None:
        what, setting = labels
        if what == "Range":
            return None
        if what in ("This study", "Linkage and count"):
            of_linkage, count = setting.replace(" linkage", "").replace(" count", "").split(", ")
            found = _headline(column, count)
            own = of_linkage == linkage
            return found if own else _elsewhere(found, f"{of_linkage.capitalize()} linkage")
        return _elsewhere(_headline(column, "broad"), f"{what}: {setting}")

    return meaning


def settings(cells: Collection[Cell]) -> Iterator[list[Cell]]:
    """Yield the cells that count one group by settings of one choice, the study's own first."""
    rows: dict[tuple[Cell, str], list[Cell]] = {}
    for one in cells:
        universe, by, how = one.universe.partition(OTHERWISE)
        if by:
            own = Cell(universe, one.categories)
            rows.setdefault((own, _NUMBER.sub("", how)), [own] if own in cells else []).append(one)
    yield from rows.values()


def _rate(labels: Labels, column: str) -> Cell | None:
    count, linkage = (label.lower() for label in labels)
    if column in ("Women followed", "Children newly removed"):
        return cell(f"{column}, {count}, {linkage}")
    return None


def _followed(dimension: str, linkage: str) -> Meaning:
    def meaning(labels: Labels, column: str) -> Cell | None:
        if column != "Children newly removed":
            return None
        where = {} if labels[0] == "Total" else {dimension: labels[0]}
        return cell(f"{column}, broad, {linkage}", where)

    return meaning
