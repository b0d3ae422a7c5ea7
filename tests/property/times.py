"""Days that crowd about a family's anchors, and how often a thing is so."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from casescope.kernel.dates import add_years

Draw = Callable[[st.SearchStrategy[Any]], Any]


STEPS = (0, 0, 0, 1, 1, 2, 7, 14, 14, 15, 28, 90, 91, 200, 365, 366)
"""Days between two facts: the edges of every window."""


@dataclass(frozen=True)
class Times:
    """The reference date, and the days about which one family's facts crowd."""

    today: date
    anchors: tuple[date, ...]


def anchored(today: date) -> st.SearchStrategy[Times]:
    """Return the times of one family: today, the edges of the look-backs, or a plain day."""
    anchors = [
        date(2022, 5, 1),
        date(2021, 1, 1),
        today,
        add_years(today, -1),
        add_years(today, -5),
    ]
    return st.lists(st.sampled_from(anchors), min_size=1, max_size=2, unique=True).map(
        lambda chosen: Times(today, tuple(chosen))
    )


def rarely() -> st.SearchStrategy[bool]:
    """Return a strategy that is true about once in fifteen."""
    return st.sampled_from([False] * 14 + [True])


def sometimes() -> st.SearchStrategy[bool]:
    """Return a strategy that is true about once in three."""
    return st.sampled_from([False, False, True])


def days(times: Times) -> st.SearchStrategy[date]:
    """Return days that crowd about a family's anchors, so that every window's edge is met."""
    near = st.sampled_from((*STEPS, *(-step for step in STEPS)))
    anchors = st.sampled_from(times.anchors)
    return st.builds(lambda anchor, step: anchor + timedelta(days=step), anchors, near)


def between(times: Times) -> st.SearchStrategy[date]:
    """Return days at the edge of what proceedings reach, or half way between two anchors."""
    anchors = st.sampled_from(times.anchors)
    reach = st.sampled_from([-366, -365, 365, 366])
    return st.one_of(
        st.builds(lambda anchor, step: anchor + timedelta(days=step), anchors, reach),
        st.builds(lambda one, other: one + (other - one) / 2, anchors, anchors),
    )


def cells(values: st.SearchStrategy[date]) -> st.SearchStrategy[str]:
    """Return dates as a file writes them, one in four the British way."""
    styles = st.sampled_from(["%Y-%m-%d", "%Y-%m-%d", "%Y-%m-%d", "%d/%m/%Y"])
    return st.builds(lambda value, style: value.strftime(style), values, styles)


def perhaps(values: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Return a cell that is empty about half the time."""
    return st.one_of(st.just(""), values)
