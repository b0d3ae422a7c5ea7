"""Writes findings as plain tables."""

from typing import Any

from casescope.kernel.counting import counted


def in_words(found: dict[str, Any], *, exact: bool) -> str:
    """Return released tables (or, exact, a hint that JSON holds the figures) for a terminal."""
    if exact:
        recurrence = found["recurrence"]
        lines = [
            found["notice"],
            "",
            f"Recurrence, broad ({counted(recurrence['index_women'], 'woman', 'women')})",
        ]
        for place, year in enumerate(recurrence["years"]):
            estimate = recurrence["estimate"][place]
            shown = "not reached" if estimate is None else f"{estimate:.1%}"
            lines.append(f"  within {year:>2} years  {shown}")
        return "\n".join([*lines, "", "Every table is in --json."])
    lines = []
    for table in found["tables"]:
        lines += ["", table["title"], *_aligned(table)]
    return "\n".join(lines).strip()


def _aligned(table: dict[str, Any]) -> list[str]:
    """Return a table's lines: labels to the left, figures to the right, under their heads."""
    head = [*table["dimensions"], *table["columns"]]
    rows = [[*row["labels"], *(cell["shown"] for cell in row["cells"])] for row in table["rows"]]
    widths = [max(len(row[place]) for row in (head, *rows)) for place in range(len(head))]
    labels = len(table["dimensions"])
    return [
        "  " + "  ".join(
            cell.ljust(width) if place < labels else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in (head, *rows)
    ]  # fmt: skip
