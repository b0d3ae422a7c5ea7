"""Wholes divided into parts, drawn to 100%: solid, hatched and open, named once above the first."""

from typing import TYPE_CHECKING

from casescope.report.charts.canvas import SMALL, TEXT, WIDE, paper, wrap, written
from casescope.report.charts.kinds import Share, Shares
from casescope.report.charts.palette import BLACK, INK, MAIN, PAPER, QUIET, SECOND
from casescope.report.prose import percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_GUTTER, _KEY = 225, 34
_FILLS = ((MAIN, MAIN), (SECOND, SECOND), (PAPER, QUIET))
"""Fill and edge of each part; the last stays open, because nothing is known there."""


def draw(chart: Shares, width: int, prefix: str, css_class: str) -> str:
    """Return the chart as an `<svg>` element of this width."""
    narrow = width < WIDE
    step = 52 if narrow else 36
    key = _KEY if not narrow else 24 * len(chart.parts) + 8
    with paper(width, key + step * len(chart.rows) + 10) as sheet:
        axes = sheet.axes(4 if narrow else _GUTTER, key, 8, 6)
        axes.set_xlim(0, 1)
        axes.set_ylim(step * len(chart.rows), 0)
        _key(axes, chart.parts, narrow)
        for at, row in enumerate(chart.rows):
            middle = (at + (0.68 if narrow else 0.5)) * step
            _name(axes, row.label, at * step + 14 if narrow else middle, narrow)
            _whole(axes, row, middle, 22)
        return written(sheet, prefix, css_class)


def _label(fill: str) -> str:
    """Return the ink that reads on this fill, on light and on dark paper alike."""
    return {PAPER: INK, SECOND: BLACK}.get(fill, PAPER)


def _key(axes: "Axes", parts: tuple[str, ...], narrow: bool) -> None:
    """Draw a swatch and a name for each part, above the bars: side by side, or stacked."""
    for at, (part, (fill, edge)) in enumerate(zip(parts, _FILLS, strict=False)):
        x = 0 if narrow else at * 150
        y = 14 + 24 * (len(parts) - 1 - at) if narrow else 16
        open_box = fill == PAPER
        axes.annotate("□" if open_box else "■", (0, 0), (x, y), textcoords="offset pixels",
                      fontsize=TEXT + 3, color=edge if open_box else fill, va="center",
                      annotation_clip=False)  # fmt: skip
        axes.annotate(part, (0, 0), (x + 20, y), textcoords="offset pixels", fontsize=TEXT,
                      color=INK, va="center", annotation_clip=False)  # fmt: skip


def _name(axes: "Axes", label: str, y: float, narrow: bool) -> None:
    if narrow:
        axes.annotate(label, (0, y), fontsize=TEXT, color=INK, va="center",
                      annotation_clip=False)  # fmt: skip
        return
    axes.annotate(wrap(label, 27), (0, y), (-12, 0), textcoords="offset pixels", ha="right",
                  va="center", fontsize=TEXT, color=INK, annotation_clip=False)  # fmt: skip


def _whole(axes: "Axes", row: Share, y: float, thick: float) -> None:
    if not row.whole or all(value is None for value in row.values):
        axes.annotate("too few to show", (0, y), (4, 0), textcoords="offset pixels", va="center",
                      fontsize=SMALL, color=INK)  # fmt: skip
        return
    pieces = spans(row)
    for start, end, value, (fill, edge) in zip(*pieces, row.values, _FILLS, strict=True):
        if end > start:
            _piece(axes, (start, end), y, thick, fill, edge)
            _share(axes, (start, end), y, (value or 0) / row.whole, fill)
    _rest(axes, row, pieces, y, thick)


def spans(row: Share) -> tuple[list[float], list[float]]:
    """Return where each part starts and ends, from 0 to 1; a hidden part has no width.

    Known parts are laid from the left up to the first hidden one, and from the right down to the
    last hidden one, so that what is left between them is the rest that cannot be told apart.
    """
    whole = row.whole or 1
    widths = [(value or 0) / whole for value in row.values]
    hidden = [at for at, value in enumerate(row.values) if value is None]
    first = hidden[0] if hidden else len(widths)
    starts, ends, at = [0.0] * len(widths), [0.0] * len(widths), 0.0
    for part in range(first):
        starts[part], ends[part] = at, min(1.0, at + widths[part])
        at = ends[part]
    at = 1.0
    for part in range(len(widths) - 1, hidden[-1] if hidden else len(widths), -1):
        starts[part], ends[part] = max(0.0, at - widths[part]), at
        at = starts[part]
    return starts, ends


def _piece(
    axes: "Axes", span: tuple[float, float], y: float, thick: float, fill: str, edge: str
) -> None:
    start, end = span
    axes.barh([y], [end - start], left=start, height=thick, color=fill, edgecolor=edge, linewidth=1)


def _share(axes: "Axes", span: tuple[float, float], y: float, share: float, fill: str) -> None:
    """Write the share in its part, if it has room: the table's, even where the part is fitted."""
    if span[1] - span[0] >= 0.09:
        axes.text(sum(span) / 2, y, percent(share), ha="center", va="center", fontsize=SMALL,
                  color=_label(fill))  # fmt: skip


def _rest(
    axes: "Axes", row: Share, pieces: tuple[list[float], list[float]], y: float, thick: float
) -> None:
    """Draw the parts that are hidden as one dotted box."""
    hidden = [at for at, value in enumerate(row.values) if value is None]
    if not hidden:
        return
    left = pieces[1][hidden[0] - 1] if hidden[0] else 0.0
    right = pieces[0][hidden[-1] + 1] if hidden[-1] + 1 < len(row.values) else 1.0
    if right - left < 0.01:
        return
    axes.barh([y], [right - left], left=left, height=thick, facecolor="none", edgecolor=QUIET,
              linewidth=1, linestyle=(0, (2, 2)))  # fmt: skip
    if right - left >= 0.3:
        axes.text((left + right) / 2, y, "not shown apart", ha="center", va="center",
                  fontsize=SMALL, color=INK)  # fmt: skip
