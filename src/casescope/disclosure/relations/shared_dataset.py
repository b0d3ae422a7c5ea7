"""Tables of a shared dataset that the report does not have; its others mean what the report's do.

What they count hangs together with the report's own dimensions: who had a further event is who had
a repeat removal, who was in care herself is who has that issue recorded, and so on.
"""

from collections.abc import Callable, Iterator, Mapping

from casescope.dataset.frame import ISSUE
from casescope.disclosure.audit import Cell
from casescope.disclosure.relations.meaning import Labels, Meaning, Where, cell, crossed, named
from casescope.disclosure.relations.women import NOT_YES, WOMEN, asked, pattern, tier
from casescope.findings.shared_dataset.removed import ENDED
from casescope.findings.shared_dataset.who import CARE_EXPERIENCED, IN_HER_CARE, PREGNANT

CHILDREN = "removed children, five of each woman"
INTERVALS = "intervals, three of each woman"
COMPLETE = frozenset({"first event", "ended by", "child in her care", "pregnant"})
"""Dimensions of which a table tells every category."""

_TIER, _PATTERN = tier("broad"), pattern("broad")
_REMOVED: Where = {_PATTERN: "removed"}
_ONCE, _TWO_OR_MORE = "removed once", "two or more children"
_ENDED, _FOLLOWED, _FURTHER = "ended by", "followed, banded", "further events"
_STILL, _OTHERWISE, _FURTHER_OR_NOT = ENDED["end_of_extract"], "ended otherwise", "further, or not"
_CARE = asked(ISSUE["care_experienced"].label, "ever")
_ONE: Mapping[str, Where] = {"Women": {}}


def meanings() -> dict[str, Meaning]:
    """Return what the cells of each table mean, by the table's id."""
    care: dict[bool, Where] = {True: {_CARE: "yes"}, False: {_CARE: NOT_YES}}
    return {
        "shared_in_her_care": crossed(WOMEN, _TIER, {
            words: {"child in her care": words} for words in IN_HER_CARE.values()}),
        "shared_pregnant": crossed(WOMEN, _TIER, {
            words: {"pregnant": words} for words in PREGNANT.values()}),
        "shared_care_experienced": crossed(WOMEN, _TIER, {
            CARE_EXPERIENCED[value]: where for value, where in care.items()}),
        "shared_children": _by_label(_children),
        "shared_further_events": _by_label(_further),
        "shared_index_period": crossed(WOMEN, "first event", _ONE, _REMOVED),
        "shared_followed": _by_label(_followed),
        "shared_endings": crossed(WOMEN, _ENDED, _ONE, _REMOVED),
        "shared_child_under_1": _by_label(_under_1),
        "shared_child_age_groups": _by_label(lambda label: {f"child removed at {label}": "yes"}),
        "shared_child_ages": crossed(CHILDREN, "age at first removal", {"Children": {}}),
        "shared_intervals": crossed(INTERVALS, "time", {"Intervals": {}}),
        "shared_surviving": named({}),
    }  # fmt: skip


def _by_label(where: Callable[[str], Where]) -> Meaning:
    """Return the meaning of lines of women with a removed child; the total is all of them."""

    def meaning(labels: Labels, column: str) -> Cell | None:  # noqa: ARG001 — the table has one column
        return cell(WOMEN, _REMOVED, {} if labels[0] == "Total" else where(labels[0]))

    return meaning


def _children(label: str) -> Where:
    """One child is neither a repeat nor a multiple removal; two or more are one of them."""
    return {_PATTERN: "other"} if label == "1" else {_PATTERN: _TWO_OR_MORE, "children": label}


def _further(label: str) -> Where:
    if label == "None":
        return {_PATTERN: _ONCE}
    return {_PATTERN: "repeat"} | ({} if label == "1 or more" else {_FURTHER: label})


def _followed(label: str) -> Where:
    known = {"To a further event": _FURTHER_OR_NOT, "To the reference date": _STILL}
    if label in known:
        return {_ENDED: known[label]}
    return {_ENDED: _OTHERWISE, _FOLLOWED: label}


def _under_1(label: str) -> Where:
    return {"youngest removed under 1": "yes" if label == "One under 1" else "no"}


def unions() -> dict[str, dict[str, tuple[str, ...]]]:
    """Return, for each dimension, the categories that are unions of others."""
    others = tuple(ENDED[one] for one in ("died", "age_limit", "left"))
    return {
        _PATTERN: {_ONCE: ("multiple", "other"), _TWO_OR_MORE: ("repeat", "multiple")},
        _ENDED: {_OTHERWISE: others, _FURTHER_OR_NOT: (ENDED["event"], ENDED["no removal"])},
    }  # fmt: skip


def never() -> Iterator[Cell]:
    """Yield the groups in which nobody can be, by the definitions."""
    yield cell(WOMEN, {_ENDED: ENDED["event"], _PATTERN: "not repeat"})
