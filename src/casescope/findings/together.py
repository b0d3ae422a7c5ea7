"""Which issues women live with together: eight combinations that share nobody and miss nobody."""

from collections import Counter

from casescope.dataset.frame import COMBINATIONS, GROUPED
from casescope.findings.cohort import with_total
from casescope.findings.finding import TableFinding
from casescope.findings.reader import Records

NONE = "None of these recorded"
TIMES = {"at_latest_removal": "Around the latest removal", "ever": "At any time"}


def label(members: tuple[bool, ...]) -> str:
    """Return a combination in words."""
    named = [name for name, is_in in zip(GROUPED, members, strict=True) if is_in]
    return " + ".join(named) or NONE


def tables(reader: Records) -> list[TableFinding]:
    """Return the table of combinations for women in T1."""
    counts: Counter[tuple[str, str]] = Counter()
    for row in reader.rows("issues_together", timings=list(TIMES)):
        members = (row["abuse"], row["mental"], row["substances"])
        counts[label(members), row["timing"]] += row["women"]
    times = tuple(TIMES)
    rows = with_total(
        tuple(map(label, COMBINATIONS)), len(times), lambda name, at: counts[name, times[at]]
    )
    return [reader.table(
        "issues_together", "Issues that women in T1 live with together", unit="women",
        dimensions=("Recorded together",), columns=tuple(TIMES.values()), rows=rows,
        method="Structured records; each woman is in one line. Broad count of removals.",
        period=reader.as_at, sums=_known_elsewhere(),
        caveats=("From structured records alone.",
                 "Not recorded is not no: a woman may live with more than is written down.",
                 "Alcohol and drugs are taken together."),
    )]  # fmt: skip


def _known_elsewhere() -> tuple[tuple[int, ...], ...]:
    """Return the rows with each group of issues, and those without: other tables have their sums.

    For alcohol or drugs no table has it; a reader can bound it by those of alcohol and of drugs.
    """
    return tuple(
        tuple(at for at, members in enumerate(COMBINATIONS) if members[group] is has)
        for group in range(len(GROUPED))
        for has in (True, False)
    )
