"""Tables that count women: by tier, age, ethnic group, area, disability and issue."""

from collections.abc import Iterator, Mapping

from casescope.dataset.frame import COMBINATIONS, FRAME, GROUPED
from casescope.dataset.schema import AREA_NOT_KNOWN, OTHER_AREAS, TIMINGS
from casescope.disclosure.audit import Cell
from casescope.disclosure.relations.meaning import (
    Labels,
    Meaning,
    Shared,
    Sharing,
    Where,
    cell,
    crossed,
    named,
)
from casescope.findings.equality import LEAST_IN_AREA
from casescope.findings.together import TIMES, label

WOMEN = "women"
COUNTS = ("broad", "strict", "wide")
T1, AT_MOST, T2, T3, T4 = "T1", "T1 at most", "T2", "T3", "T4"
ONLY_UNKNOWN, T2_OTHER, NO_TIER = "T2, only unknown", "T2, other", "no tier"
NOT_YES, RECORDED = "not yes", "recorded"

OUT = ("died", "age_not_known", "outside_age", "left_area", "no_removal", "outside_lookback")
_BASE = (T1, ONLY_UNKNOWN, T2_OTHER, T3, T4)
_UNIONS: Mapping[str, tuple[str, ...]] = {
    AT_MOST: (T1, ONLY_UNKNOWN),
    T2: (ONLY_UNKNOWN, T2_OTHER),
    "T1–T2": (T1, ONLY_UNKNOWN, T2_OTHER),
    "T1–T3": (T1, ONLY_UNKNOWN, T2_OTHER, T3),
    "T3–T4": (T3, T4),
    "in_cohort": _BASE,
    "not T1": (ONLY_UNKNOWN, T2_OTHER, T3, T4, *OUT),
    "not T2": (T1, T3, T4, *OUT),
    "not T1–T3": (T4, *OUT),
}


def tier(count: str) -> str:
    """Return the dimension that says in which tier a woman is under one count of removals."""
    return f"tier, {count}"


def pattern(count: str) -> str:
    """Return the dimension that says how often a woman's children were removed under one count."""
    return f"pattern, {count}"


def asked(issue: str, timing: str) -> str:
    """Return the dimension that says what is recorded of one issue at one time."""
    return f"{issue}, {timing}"


_NARROW_AND_WIDE = (("strict", "broad"), ("broad", "wide"))
_TIER = tier("broad")
_TIERS: dict[str, Where | None] = {name: {_TIER: name} for name in (T1, AT_MOST, T2, T3)}
_REPEAT, _MULTIPLE, _OTHER, _REMOVED = "repeat", "multiple", "other", "removed"
_RECORDED = {"Yes": "yes", "Recorded no": "recorded no", "Not recorded": "not recorded"}
_SHARES = {
    "Share of all women": (None, NOT_YES),
    "Share of women recorded": (RECORDED, "recorded no"),
}
"""Whom a share of women with an issue is of (None: of all), and whom it leaves out."""
_SUBSTANCES = "Alcohol or drugs"
_DISABILITY = "disability"
_GROUPS = {"t1": T1, "t1_t3": "T1–T3"}


def meanings() -> dict[str, Meaning]:
    """Return what the cells of each table of women mean, by the table's id."""
    return {
        "tiers": _tiers(),
        "tiers_by_events": crossed(WOMEN, _TIER, {
            "Two or more events": {pattern("broad"): _REPEAT},
            "One event": {pattern("broad"): "not repeat"},
        }),
        "flow": _flow,
        **{
            name: crossed(WOMEN, dimension, _TIERS, {_TIER: "T1–T3"})
            for name, dimension in (("ages", "age"), ("ethnicity", "ethnic group"),
                                    ("areas", "area"), ("disability", _DISABILITY))
        },
        "repeat_and_multiple": _repeats(),
        "issues_together": _together(),
        **dict(_issues()),
    }  # fmt: skip


def unions() -> dict[str, dict[str, tuple[str, ...]]]:
    """Return, for each dimension, the categories that are unions of others."""
    patterns = {_REMOVED: (_REPEAT, _MULTIPLE, _OTHER), "not repeat": (_MULTIPLE, _OTHER, "none")}
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for count in COUNTS:
        found[tier(count)] = dict(_UNIONS)
        found[pattern(count)] = dict(patterns)
    for timing in TIMINGS:
        for issue in FRAME:
            found[asked(issue.label, timing)] = {
                NOT_YES: ("recorded no", "not recorded"), RECORDED: ("yes", "recorded no"),
            }  # fmt: skip
    found[_DISABILITY] = {"not Recorded": ("Recorded no", "Not recorded")}
    return found


def nested() -> Iterator[tuple[Cell, Cell]]:
    """Yield each cell with one that holds everybody of it, of another count of removals."""
    for narrow, wide in _NARROW_AND_WIDE:
        for name in (T1, T2):
            yield cell(WOMEN, {tier(narrow): name}), cell(WOMEN, {tier(wide): name})
        yield (cell(WOMEN, {pattern(narrow): _REMOVED}), cell(WOMEN, {pattern(wide): _REMOVED}))


def never() -> tuple[Cell, ...]:
    """Return the groups in which nobody can be, by the definitions."""
    return (*_nested_tiers(), *_tiers_and_patterns(), *_disability(), *_substances())


def in_named_area(area: str) -> tuple[Cell, int] | None:
    """Return whom an area must have so many of to be named; None for what is no area."""
    if area in (OTHER_AREAS, AREA_NOT_KNOWN, "Total"):
        return None
    return cell(WOMEN, {_TIER: "T1–T3", "area": area}), LEAST_IN_AREA


def _nested_tiers() -> Iterator[Cell]:
    """Yield that a woman in T1 (T2) under a narrower count is in it under the wider one."""
    for narrow, wide in _NARROW_AND_WIDE:
        for name in (T1, T2):
            yield cell(WOMEN, {tier(narrow): name, tier(wide): f"not {name}"})


def _tiers_and_patterns() -> Iterator[Cell]:
    """Yield that in T1 to T3 a child was removed, in T4 none, and that one child is no repeat."""
    for count in COUNTS:
        for name in (T4, "no_removal"):
            yield cell(WOMEN, {tier(count): name, pattern(count): _REMOVED})
        for kind in (_REPEAT, _MULTIPLE):
            yield cell(WOMEN, {tier(count): T3, pattern(count): kind})
        yield cell(WOMEN, {tier(count): "T1–T3", pattern(count): "none"})


def _disability() -> Iterator[Cell]:
    """Yield that a yes to either of two issues at any time is a recorded disability."""
    for issue in ("Learning disability or difficulty", "Physical ill-health or disability"):
        yield cell(WOMEN, {asked(issue, "ever"): "yes", _DISABILITY: "not Recorded"})


def _substances() -> Iterator[Cell]:
    """Yield that alcohol or drugs are recorded where either is, and only there."""
    for timing in TIMES:
        either = asked(_SUBSTANCES, timing)
        for issue in ("Alcohol", "Drugs"):
            yield cell(WOMEN, {asked(issue, timing): "yes", either: NOT_YES})
        neither = {asked(issue, timing): NOT_YES for issue in ("Alcohol", "Drugs")}
        yield cell(WOMEN, neither, {either: "yes"})


def _tiers() -> Meaning:
    def meaning(labels: Labels, column: str) -> Cell | None:
        return cell(WOMEN, {tier(column.lower()): labels[0]})

    return meaning


def _flow(labels: Labels, column: str) -> Cell | None:  # noqa: ARG001 — the table has one column
    """Read a line of the flow; the first ones count person records."""
    name, _ = labels
    if name in ("women_studied",):
        return Cell(WOMEN)
    if name in (*OUT, *_BASE, T2, "in_cohort"):
        return cell(WOMEN, {_TIER: name})
    return Cell(f"flow / {name}")


def _repeats() -> Meaning:
    kinds = {
        "Women with a removal": _REMOVED,
        "Women with a repeat removal": _REPEAT,
        "Women with a multiple removal and no repeat": _MULTIPLE,
    }
    rows = {
        row: {count.capitalize(): cell(WOMEN, {pattern(count): kind}) for count in COUNTS}
        for row, kind in kinds.items()
    }
    again = "Women with a child taken again after going home"
    rows[again] = {
        count.capitalize(): cell(WOMEN, {f"taken again, {count}": "yes"}) for count in COUNTS
    }
    return named(rows)


def _issues() -> Iterator[tuple[str, Meaning]]:
    for name, tiers in _GROUPS.items():
        for timing in TIMINGS:
            yield f"issues_{name}_{timing}", _issue(tiers, timing)


def shares() -> dict[tuple[str, str], Sharing]:
    """Return, by table and column of shares, whom one is of."""
    return {
        (f"issues_{name}_{timing}", column): _share(tiers, timing, among, rest)
        for name, tiers in _GROUPS.items()
        for timing in TIMINGS
        for column, (among, rest) in _SHARES.items()
    }


def _share(tiers: str, timing: str, among: str | None, rest: str) -> Sharing:
    def whom(labels: Labels) -> Shared:
        dimension, within = asked(labels[0], timing), {_TIER: tiers}
        whole = {} if among is None else {dimension: among}
        return Shared(*(cell(WOMEN, within, where)
                        for where in ({dimension: "yes"}, whole, {dimension: rest})))  # fmt: skip

    return whom


def _issue(tiers: str, timing: str) -> Meaning:
    def meaning(labels: Labels, column: str) -> Cell | None:
        if column not in _RECORDED:
            return None
        return cell(WOMEN, {_TIER: tiers, asked(labels[0], timing): _RECORDED[column]})

    return meaning


def _together() -> Meaning:
    times = {words: timing for timing, words in TIMES.items()}
    members = {label(one): one for one in COMBINATIONS}

    def meaning(labels: Labels, column: str) -> Cell | None:
        timing = times[column]
        has = members.get(labels[0], ())
        states = {
            asked(name, timing): "yes" if is_in else NOT_YES
            for name, is_in in zip(GROUPED, has, strict=False)
        }
        return cell(WOMEN, {_TIER: T1}, states)

    return meaning
