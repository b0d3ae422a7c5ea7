"""Published tables drawn as text: one figure a line, `table | categories | what is printed`."""

from casescope.disclosure.audit import Cell, Figure, Place


def figures(text: str) -> list[Figure]:
    """Return figures.

    `3` is exact, `8..12` a range, `c` anything hidden, `c1-4` hidden 1 to 4, `w` withheld, and
    `known 3` public from elsewhere.
    """
    return [_figure(line) for line in text.splitlines() if line.strip()]


def _figure(line: str) -> Figure:
    table, row, shown = (part.strip() for part in line.split("|"))
    categories = dict(pair.split("=") for pair in row.split()) if row else {}
    term = ((1, Cell.of("women", categories)),)
    place = Place(table, row)
    if shown.startswith("known "):
        least, _, most = shown[6:].partition("..")
        return Figure(place, term, int(least), int(most or least), "known")
    if shown == "w":
        return Figure(place, term, 0, None, "withheld")
    if shown == "c":
        return Figure(place, term, 0, None, "hidden")
    if shown.startswith("c"):
        least, most = shown[1:].split("-")
        return Figure(place, term, int(least), int(most), "hidden")
    least, _, most = shown.partition("..")
    return Figure(place, term, int(least), int(most or least))


def told(done) -> dict[str, tuple[str, int, int]]:
    """Return what is given away: says, then kind, least and greatest value."""
    return {one.found.target.says: (one.kind, one.found.least.value, one.found.most.value)
            for one in done.failures}  # fmt: skip


def ranges(done) -> dict[str, tuple[int, int | None]]:
    return {one.target.says: (one.least.value, one.most.value) for one in done.ranges}
