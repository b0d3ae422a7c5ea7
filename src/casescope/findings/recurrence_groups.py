"""How soon again, by the woman's age at the first event, by whether a newborn was in it, by decade.

Each group has a curve of its own; whether the groups differ is tested by log-rank.
"""

from dataclasses import dataclass

from casescope.findings.finding import (
    Cell,
    Comparison,
    CurveFinding,
    Reading,
    Row,
    TableFinding,
    Text,
)  # fmt: skip
from casescope.findings.reader import Reader
from casescope.findings.recurrence_curves import METHOD, YEARS, Spells, caveats, curve, steps_of
from casescope.findings.survival import log_rank
from casescope.kernel.dates import DAYS_PER_YEAR

WHOLE = "recurrence_broad"
"""The curve of all women whom the groups divide."""

NOT_KNOWN = "not_known"
"""A group that is shown, and left out of the comparison."""

AGE = {
    "under_20": "Under 20", "20_24": "20–24", "25_29": "25–29", "30_34": "30–34",
    "35_over": "35 and over", NOT_KNOWN: "Not known",
}  # fmt: skip
NEWBORN = {"yes": "With a child under 28 days", "no": "Older children only"}


@dataclass(frozen=True)
class Division:
    """What women are divided by: its column in the spells, words for it, and its groups."""

    name: str
    words: str
    title: str
    groups: dict[str, str]
    """Value of the column (the end of the curve's id), and the group's label."""

    def curve(self, group: str) -> str:
        """Return the id of one group's curve."""
        return f"recurrence_{self.name}_{group}"


def measures(reader: Reader, spells: Spells) -> tuple[list[TableFinding], list[CurveFinding]]:
    """Return tables and curves of all divisions, and the table of comparisons."""
    divisions = _divisions(reader, spells)
    curves = [
        curve(reader, division.curve(group),
              f"Further removals, first: {label.lower()}", _in(spells, division, group),
              part_of=WHOLE, division=division.name)
        for division in divisions for group, label in division.groups.items()
    ]  # fmt: skip
    tables = [_by_age(reader, divisions[0]), *(_at_years(reader, one) for one in divisions),
              _compared(reader, divisions, spells)]  # fmt: skip
    return tables, curves


def _divisions(reader: Reader, spells: Spells) -> tuple[Division, ...]:
    return (
        Division("age", "Age at first event", "age at first", AGE),
        Division("index_newborn", "Children of first event", "children of first", NEWBORN),
        Division("decade", "Decade of first event", "decade of first", _decades(reader, spells)),
    )  # fmt: skip


def _decades(reader: Reader, spells: Spells) -> dict[str, str]:
    """Return every decade in which a first event could lie."""
    firsts = [int(spell["decade"]) for spell in spells]
    if reader.observation_start:
        firsts.append(reader.day(reader.first_index_day).year // 10 * 10)
    last = reader.reference_date.year // 10 * 10
    return {str(one): f"{one}–{one + 9}" for one in range(min(firsts, default=last), last + 1, 10)}


def _in(spells: Spells, division: Division, group: str) -> Spells:
    return [spell for spell in spells if spell[division.name] == group]


def _rows(division: Division) -> list[tuple[str, str]]:
    """Return label and curve of each row: the groups, then all women."""
    named = [(label, division.curve(group)) for group, label in division.groups.items()]
    return [*named, ("All", WHOLE)]


def _by_age(reader: Reader, division: Division) -> TableFinding:
    def row(label: str, name: str) -> Row:
        at_five = Reading(name, day=5 * DAYS_PER_YEAR)
        return Row((label,), (Reading(name, "women"), Reading(name, "events"), at_five))

    return reader.table(
        "recurrence_by_age", "Further removals by the woman’s age at the first event",
        unit="women", dimensions=(division.words,),
        columns=("Women", "With a next event", "Share by 5 years"),
        rows=[row(*one) for one in _rows(division)],
        method=METHOD + " Broad count.", period=reader.observed, caveats=caveats(reader),
    )  # fmt: skip


def _at_years(reader: Reader, division: Division) -> TableFinding:
    rows = [
        Row((label,), (Reading(name, "women"), Reading(name, "events"),
                       *(Reading(name, day=year * DAYS_PER_YEAR) for year in YEARS)))
        for label, name in _rows(division)
    ]  # fmt: skip
    return reader.table(
        f"recurrence_{division.name}_at", f"Further removals by years, by {division.title}",
        unit="women", dimensions=(division.words,),
        columns=("Women", "With a next event",
                 *(f"By {year} {'year' if year == 1 else 'years'}" for year in YEARS)),
        rows=rows, method=METHOD + " Broad count.", period=reader.observed,
        caveats=caveats(reader),
    )  # fmt: skip


def _compared(reader: Reader, divisions: tuple[Division, ...], spells: Spells) -> TableFinding:
    rows = [Row((division.words,), _comparison(division, spells)) for division in divisions]
    return reader.table(
        "recurrence_compared", "Whether groups of women differ in how soon",
        unit="groups of women", dimensions=("Women compared by",),
        columns=("Groups", "Chance makes as much"), rows=rows,
        method="Log-rank test over the whole follow-up, broad count; women whose group is not "
        "known are left out. A difference that chance makes in fewer than 5 of 100 such studies is "
        "called larger than chance would usually make.",
        period=reader.observed,
        caveats=("Where a group is small, a difference that is there can go unseen.",
                 "Three comparisons are made: one in seven such sets would show a difference by "
                 "chance alone.",
                 "Not shown where the figures of a group are hidden."),
    )  # fmt: skip


def _comparison(division: Division, spells: Spells) -> tuple[Cell, ...]:
    known = [group for group in division.groups if group != NOT_KNOWN]
    found = log_rank([steps_of(_in(spells, division, group)) for group in known])
    curves = tuple(division.curve(group) for group in known)
    if found is None:
        return Text(str(len(known))), Comparison(curves)
    return Text(str(len(known))), Comparison(curves, found.p, found.chi_square, found.df)
