"""Tables that count removed children: where they lived, how care ended, whose mother was found."""

from casescope.disclosure.audit import Cell
from casescope.disclosure.relations.meaning import (
    Adding,
    Labels,
    Meaning,
    Shared,
    Sharing,
    Where,
    cell,
    crossed,
    named,
)
from casescope.disclosure.relations.women import AT_MOST, COUNTS, T1, T3, T4, WOMEN, pattern, tier
from casescope.findings.care import CHILDREN as FOLLOWED_CHILDREN
from casescope.findings.care import KINDS, OUTCOMES, PERMANENCE_AT
from casescope.kernel.codes import PERMANENT_ENDINGS

CHILDREN = "removed children"
REMOVALS = "removals"
_TIER = tier("broad")
COURSE = {_TIER: "T1–T3"}
_COUNT = "count"
_STRICT, _BROAD, _WIDE = "strict", "broad only", "wide only"
_ENDING, _KIND, _AGE = "how care ended", "longest placement", "age at removal"
AT_FIRST = "age at first removal"
ENDED_FOR_GOOD = {_ENDING: "a permanent home"}


def meanings() -> dict[str, Meaning]:
    """Return what the cells of each table of children or removals mean, by the table's id."""
    endings = {words: {_ENDING: words} for words in OUTCOMES.values()}
    kinds = {words: {_KIND: words} for words in KINDS.values()}
    counts = {count.capitalize(): {_COUNT: count} for count in COUNTS}
    return {
        "headline": _headline(),
        "care_weeks": _weeks,
        "care_outcomes": crossed(CHILDREN, AT_FIRST, endings, COURSE),
        "care_kinds_by_age": crossed(CHILDREN, AT_FIRST, kinds, COURSE),
        "care_outcomes_by_kind": crossed(CHILDREN, _KIND, endings, COURSE),
        "care_paths": _paths,
        "removal_counts": _counts(),
        "removals_by_year": crossed(REMOVALS, "year", {
            "Removals": {_COUNT: "broad"},
            "First removal of a child": {_COUNT: "broad", "removal": "first"},
        }),
        "removals_by_age": crossed(REMOVALS, _AGE, counts),
        "removals_by_route": crossed(REMOVALS, "route", counts),
        "interval": _intervals,
        "repeat_newborns": _newborns,
        "coverage": _coverage,
        "care_permanence": _permanence(),
    }  # fmt: skip


def shares() -> dict[tuple[str, str], Sharing]:
    """Return, by table and column of shares, whom one is of."""
    return {
        ("coverage", "Share found"): _found_or_not,
        ("repeat_newborns", "Share with a child under 28 days"): _newborn_or_not,
    }


def sums() -> dict[tuple[str, str], Adding]:
    """Return, by table and column (or first label of a row), what a sum of shown counts adds up."""
    at_risk = cell(WOMEN, {_TIER: T3}), cell(WOMEN, {_TIER: T4})
    return {
        ("headline", "Women at risk (T3 and T4)"): lambda _: at_risk,
        ("coverage", "Removed children"): lambda labels: _found_or_not(labels)[::2],
        ("repeat_newborns", "Repeat removals"): lambda labels: _newborn_or_not(labels)[::2],
    }


def unions() -> dict[str, dict[str, tuple[str, ...]]]:
    """Return, for each dimension, the categories that are unions of others."""
    return {
        _COUNT: {"broad": (_STRICT, _BROAD), "wide": (_STRICT, _BROAD, _WIDE)},
        _ENDING: {"a permanent home": tuple(OUTCOMES[name] for name in PERMANENT_ENDINGS)},
        _AGE: {"under 1": ("under 28 days", "28 days to under 1")},
    }


def _headline() -> Meaning:
    """Return the figures in brief: some count women, some the children removed from them."""

    def both(universe: str) -> dict[str, Cell]:
        return {"Number": cell(universe, {_TIER: T1}), "At most": cell(universe, {_TIER: AT_MOST})}

    return named({
        "Women in T1": both(WOMEN),
        "Women at risk (T3 and T4)": {"Number": cell(WOMEN, {_TIER: "T3–T4"})},
        "Children removed from women in T1": both(CHILDREN),
        "Children removed from women in T1 and T2": {"Number": cell(CHILDREN, {_TIER: "T1–T2"})},
        "Women with a repeat removal": {"Number": cell(WOMEN, {pattern("broad"): "repeat"})},
    })  # fmt: skip


def _paths(labels: Labels, column: str) -> Cell | None:
    """Read children followed for years, by age and how care ended; weeks count nobody."""
    if column != FOLLOWED_CHILDREN:
        return None
    age, ending = labels
    return cell(CHILDREN, COURSE, {AT_FIRST: age, _ENDING: ending, "followed for years": "yes"})


def _intervals(labels: Labels, column: str) -> Cell | None:
    """Read times between a woman's events; those of one count are not among those of another.

    Where a voluntary removal lies between two by court, broad has two short times and strict one
    long one.
    """
    if column.lower() not in COUNTS:
        return None
    return cell(
        f"intervals, {column.lower()}", {} if labels[-1] == "Total" else {"time": labels[-1]}
    )


def _weeks(labels: Labels, column: str) -> Cell | None:
    """Children who were ever in a kind of placement; one child can be in several."""
    if column != "Children with any" or labels[0] == "Total":
        return None
    return cell(CHILDREN, COURSE, {f"ever in {labels[0]}": "yes"})


def _counts() -> Meaning:
    universes = {
        "Removals": (REMOVALS, {}),
        "Removals of children under 28 days old": (REMOVALS, {_AGE: "under 28 days"}),
        "Women with a removal": (WOMEN, None),
    }  # fmt: skip

    def meaning(labels: Labels, column: str) -> Cell | None:
        count = column.lower()
        universe, where = universes.get(labels[0], (labels[0], {}))
        if where is None:
            return cell(WOMEN, {pattern(count): "removed"})
        if universe in ("Removal events", "Repeat removal events"):
            return _events(count, repeat=universe.startswith("Repeat"))
        return cell(universe, where, {_COUNT: count})

    return meaning


def _events(count: str, *, repeat: bool) -> Cell:
    """Events are made anew under each count, so those of one are no part of another's."""
    return cell(f"removal events, {count}", {"event": "repeat"} if repeat else {})


_NEWBORNS: dict[str, Where] = {
    "With a child under 28 days": {"youngest new child": "newborn"},
    "Repeat removals": {},
    "Older children only": {"youngest new child": "older"},
}
_COVERAGE: dict[str, Where] = {
    "Mother found": {"mother found": "yes"},
    "Removed children": {},
    "No mother found": {"mother found": "no"},
}
"""Columns, in the order of `Shared`, and what holds of whom each counts."""


def _newborns(labels: Labels, column: str) -> Cell | None:
    where = _NEWBORNS.get(column)
    return None if where is None else _repeats(labels, where)


def _repeats(labels: Labels, where: Where) -> Cell:
    events = _events(labels[0].lower(), repeat=True)
    return cell(events.universe, dict(events.categories), where)


def _newborn_or_not(labels: Labels) -> Shared:
    return Shared(*(_repeats(labels, where) for where in _NEWBORNS.values()))


def _permanence() -> Meaning:
    ever = {"permanence": "ever"}
    columns: dict[str, Where | None] = {"Children": {}, "Reached permanence": ever}
    by_age = crossed(CHILDREN, AT_FIRST, columns, COURSE)

    def meaning(labels: Labels, column: str) -> Cell | None:
        return by_age(("Total",) if labels[0] == PERMANENCE_AT["all"] else labels, column)

    return meaning


def _coverage(labels: Labels, column: str) -> Cell | None:
    where = _COVERAGE.get(column)
    return None if where is None else _covered(labels, where)


def _covered(labels: Labels, where: Where) -> Cell:
    by, value = labels
    return cell("removed children, mother found or not", {} if by == "All" else {by: value}, where)


def _found_or_not(labels: Labels) -> Shared:
    return Shared(*(_covered(labels, where) for where in _COVERAGE.values()))
