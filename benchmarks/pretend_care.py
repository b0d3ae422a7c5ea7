"""A quick maker of many pretend episodes: the tables that the removals step reads, by numpy.

Believable enough to do the step's every kind of work (returns that repeat an episode, gaps,
overlaps, short breaks, mother-and-baby placements, siblings removed together, proceedings shared
by siblings, orders without care), and nothing like as careful as the product's pretend county.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq

REFERENCE_DATE = date(2024, 12, 31)
AUTHORITY = "Exampleshire"

_FIRST, _LAST = 2010, 2025
_CENSUS = np.array(
    [np.datetime64(f"{year}-03-31") for year in range(_FIRST, _LAST + 1)], "datetime64[D]"
).astype(int)
_BEGIN = int(np.datetime64("2009-04-01").astype(int))
_STATUSES = ("V2", "C1", "C2", "E1", "L1", "L2", "L3", "D1", "V3", "V4", "J1", "J2", "J3", None)
_STATUS_WEIGHTS = (34, 28, 15, 6, 3, 3, 0.5, 0.5, 2, 3, 1, 1, 1, 2)
_PLACES = ("U4", "U1", "U3", "U6", "K2", "A4", "H5", "P2", "P1", "R3", None)
_PLACE_WEIGHTS = (40, 12, 8, 8, 7, 5, 4, 4, 7, 3, 2)
_ENDS = ("E4A", "E11", "E12", "E43", "E44", "E45", "E48", "E3", "E8")
_ORDERS = (
    "Care Order", "Interim Care Order", "Special Guardianship Order", "Child Arrangements Order",
    "Supervision Order", "Placement Order", "No order", None,
)  # fmt: skip
_PLACED_WITH = ("kin", "father", "mother", "foster carer", "adopters", None)

Numbers = np.ndarray[Any, Any]


@dataclass(frozen=True)
class _Children:
    """One row a child: her mother's number, first day in care, birth and ids."""

    mother: Numbers
    start: Numbers
    born: Numbers
    asylum: Numbers
    in_care: Numbers

    def first(self, count: int) -> "_Children":
        """Return the first children only."""
        return _Children(
            self.mother[:count], self.start[:count], self.born[:count],
            self.asylum[:count], self.in_care[:count],
        )  # fmt: skip


@dataclass(frozen=True)
class _Episodes:
    """One row an episode as it truly was: the child's number and days since 1970-01-01."""

    child: Numbers
    start: Numbers
    end: Numbers
    is_last: Numbers


def make(folder: Path, *, episodes: int, seed: int) -> dict[str, int]:
    """Write the tables as Parquet, and the extract as CSV too; return how many rows each has.

    `episodes` is the number of rows over all yearly returns; whole children are kept, so there
    may be a few fewer.
    """
    rng = np.random.default_rng(seed)
    children = _children(rng, mothers=max(episodes // 7, 40))
    spells = _episodes(rng, children)
    children, spells = _cut(children, spells, episodes)
    subject = _subjects(rng, len(children.mother) + int(children.mother.max()) + 1)
    tables = {
        "extract": {
            "episodes": _returned(rng, spells),
            "proceedings": _proceedings(rng, children),
            "permanence": _permanence(rng, children),
            **_EMPTY,
        },
        "people": _people(rng, children, subject),
    }
    for layer, held in tables.items():
        (folder / layer).mkdir(parents=True, exist_ok=True)
        for name, table in held.items():
            pq.write_table(table, folder / layer / f"{name}.parquet")
    _write_csv(folder / "csv", tables["extract"])
    return {name: table.num_rows for held in tables.values() for name, table in held.items()}


def _children(rng: np.random.Generator, *, mothers: int) -> _Children:
    brood = 1 + rng.poisson(1.2, mothers)
    mother = np.repeat(np.arange(mothers), brood)
    count = len(mother)
    family = np.repeat(rng.integers(_BEGIN, _CENSUS[-1] - 30, mothers), brood)
    near = rng.choice([0, 0, 0, 0, 1, 3, 10, 14, 15, 20, 40], count)
    start = family + np.where(rng.random(count) < 0.6, near, rng.integers(0, 2500, count))
    newborn = rng.random(count) < 0.2
    age = np.where(newborn, rng.integers(0, 40, count), rng.exponential(2200, count).astype(int))
    return _Children(
        mother=mother,
        start=start,
        born=start - np.minimum(age, 19 * 365),
        asylum=rng.random(count) < 0.03,
        in_care=rng.random(count) > 0.06,
    )


def _episodes(rng: np.random.Generator, children: _Children) -> _Episodes:
    """Draw one to three periods a child and one to eight episodes a period, one after another."""
    cared = np.flatnonzero(children.in_care)
    period_child = np.repeat(cared, rng.choice([1, 2, 3], len(cared), p=[0.78, 0.16, 0.06]))
    lengths = np.minimum(rng.geometric(0.38, len(period_child)), 8)
    child = np.repeat(period_child, lengths)
    count = len(child)
    closes = np.zeros(count, bool)
    closes[np.cumsum(lengths) - 1] = True
    days = np.where(rng.random(count) < 0.12, rng.integers(1, 15, count),
                    1 + rng.exponential(420, count).astype(int))  # fmt: skip
    pause = np.where(rng.random(count) < 0.05, 1, rng.integers(2, 1000, count))
    slip = np.where(rng.random(count) < 0.03, 1, 0)
    through = np.cumsum(days + np.where(closes, pause, slip))
    opens = np.flatnonzero(np.r_[True, child[1:] != child[:-1]])
    before = np.r_[0, through[:-1]]
    offset = before - np.repeat(before[opens], np.diff(np.r_[opens, count]))
    start = children.start[child] + offset
    late = np.where(rng.random(count) < 0.01, 20, 0)
    return _Episodes(child, start, start + days + late, closes)


def _cut(children: _Children, spells: _Episodes, rows: int) -> tuple[_Children, _Episodes]:
    """Keep as many children, from the first, as fill the wanted number of rows."""
    seen = spells.start <= _CENSUS[-1]
    spells = _Episodes(*(column[seen] for column in vars(spells).values()))
    of_child = np.bincount(spells.child, _repeats(spells), minlength=len(children.mother))
    keep = int(np.searchsorted(np.cumsum(of_child), rows, side="right"))
    held = spells.child < keep
    return children.first(keep), _Episodes(*(column[held] for column in vars(spells).values()))


def _years(spells: _Episodes) -> tuple[Numbers, Numbers]:
    """Return the first and last yearly return (as places in _CENSUS) that hold each episode."""
    last = np.searchsorted(_CENSUS, np.minimum(spells.end, _CENSUS[-1]))
    return np.searchsorted(_CENSUS, spells.start), last


def _repeats(spells: _Episodes) -> Numbers:
    first, last = _years(spells)
    return last - first + 1


def _returned(rng: np.random.Generator, spells: _Episodes) -> pa.Table:
    """Return the rows of every yearly return: an episode is open in those before it ended."""
    count = len(spells.child)
    status = rng.choice(len(_STATUSES), count, p=_shares(_STATUS_WEIGHTS))
    place = rng.choice(len(_PLACES), count, p=_shares(_PLACE_WEIGHTS))
    reason = np.where(spells.is_last, 1 + rng.integers(0, len(_ENDS), count), 0)
    repeats = _repeats(spells)
    row = np.repeat(np.arange(count), repeats)
    nth = np.arange(len(row)) - np.repeat(np.cumsum(repeats) - repeats, repeats)
    year = _years(spells)[0][row] + nth
    ended = spells.end[row] <= _CENSUS[year]
    order = np.argsort(year, kind="stable")
    row, year, ended = row[order], year[order], ended[order]
    total = len(row)
    return pa.table(
        {
            "CHILD": _ids("C", spells.child[row]),
            "DECOM": _days(spells.start[row]),
            "RNE": _words(("S", "P", "L", "T"), rng.integers(0, 4, count)[row]),
            "LS": _words(_STATUSES, status[row]),
            "CIN": _words(("N1", "N2", "N4", "N5", "N8"), rng.integers(0, 5, count)[row]),
            "PLACE": _words(_PLACES, place[row]),
            "PLACE_PROVIDER": _words(("PR1", "PR2", "PR4"), rng.integers(0, 3, count)[row]),
            "DEC": _days(spells.end[row], ended),
            "REC": _words(("X1", *_ENDS, None), np.where(ended, reason[row], len(_ENDS) + 1)),
            "REASON_PLACE_CHANGE": pa.nulls(total, pa.string()),
            "HOME_POST": _words(_POSTCODES, rng.integers(0, len(_POSTCODES), count)[row]),
            "PL_POST": _words(_POSTCODES, rng.integers(0, len(_POSTCODES), count)[row]),
            "URN": pa.nulls(total, pa.string()),
            "_file": _words(
                [f"csv/episodes_{year}.csv" for year in range(_FIRST, _LAST + 1)], year
            ),
            "_row": pa.array(np.arange(2, total + 2)),
        }
    )


def _proceedings(rng: np.random.Generator, children: _Children) -> pa.Table:
    """Return proceedings of half the families: one number for siblings, dates near each removal."""
    families = int(children.mother.max()) + 1
    chosen = np.flatnonzero((rng.random(families) < 0.5)[children.mother])
    count = len(chosen)
    applied = children.start[chosen] + rng.integers(-10, 90, count)
    ordered = applied + rng.integers(60, 300, count)
    order = rng.choice(len(_ORDERS), count, p=_shares((30, 8, 16, 8, 8, 12, 6, 12)))
    other = rng.random(count) < 0.03
    return pa.table(
        {
            "proc_id": _ids("P", children.mother[chosen]),
            "proc_child_person_id": _ids("K", chosen),
            "proc_application_date": _days(applied),
            "proc_mother_person_id": _ids("M", children.mother[chosen]),
            "proc_order": _words(_ORDERS, order),
            "proc_order_date": _days(ordered, order < len(_ORDERS) - 1),
            "proc_placed_with": _words(_PLACED_WITH, rng.integers(0, len(_PLACED_WITH), count)),
            "proc_authority": _words((AUTHORITY, "Otherham"), other.astype(int)),
            "_file": pa.array(["csv/proceedings.csv"] * count, pa.string()),
            "_row": pa.array(np.arange(2, count + 2)),
        }
    )


def _permanence(rng: np.random.Generator, children: _Children) -> pa.Table:
    chosen = np.flatnonzero(rng.random(len(children.mother)) < 0.08)
    count = len(chosen)
    kinds = ("Special Guardianship Order", "Child Arrangements Order", "Adoption Order")
    return pa.table(
        {
            "perm_person_id": _ids("K", chosen),
            "perm_permanence_order_type": _words(kinds, rng.integers(0, 3, count)),
            "perm_permanence_order_date": _days(
                children.start[chosen] + rng.integers(100, 900, count)
            ),
            "_file": pa.array(["csv/permanence.csv"] * count, pa.string()),
            "_row": pa.array(np.arange(2, count + 2)),
        }
    )


def _people(
    rng: np.random.Generator, children: _Children, subject: pa.Array
) -> dict[str, pa.Table]:
    """Return what the people step would have made: ids, children and their mothers."""
    count = len(children.mother)
    number = np.arange(count)
    returned = np.flatnonzero(children.in_care)
    mothers = np.unique(children.mother)
    theirs = subject.take(pa.array(count + mothers))
    known = pa.concat_tables(
        [
            _known("903", _ids("C", returned), subject.take(pa.array(returned))),
            _known("person", _ids("K", number), subject.slice(0, count)),
            _known("person", _ids("M", mothers), theirs),
        ]
    )
    dob = _days(children.born, rng.random(count) > 0.01)
    named = np.flatnonzero(rng.random(count) < 0.9)
    child = pa.table(
        {
            "child_id": subject.slice(0, count),
            "dob": dob,
            "expected_on": pa.nulls(count, pa.date32()),
            "died_on": pa.nulls(count, pa.date32()),
            "ethnicity": pa.array(["WBRI"] * count),
            "is_mother": pa.array(np.zeros(count, bool)),
            "asylum_seeker": pa.array(children.asylum),
        }
    )
    motherhood = pa.table(
        {
            "linkage": pa.array(["strict"] * len(named)),
            "woman_id": subject.take(pa.array(count + children.mother[named])),
            "child_id": subject.take(pa.array(named)),
            "doubtful": pa.array(np.zeros(len(named), bool)),
            "two_mothers": pa.array(np.zeros(len(named), bool)),
            "childs_dob": dob.take(pa.array(named)),
        }
    )
    return {"known_as": known, "child": child, "motherhood": motherhood}


def _known(source: str, ids: pa.Array, subjects: pa.Array) -> pa.Table:
    return pa.table(
        {
            "source": pa.array([source] * len(ids), pa.string()),
            "source_id": ids,
            "subject": subjects,
            "registered": pa.array(np.arange(len(ids))),
        }
    )


def _write_csv(folder: Path, tables: dict[str, pa.Table]) -> None:
    """Write the extract as a council would give it: a file a return, dates day first."""
    folder.mkdir(parents=True, exist_ok=True)
    files = {
        name: tables["episodes"].filter(pc.equal(tables["episodes"]["_file"], name))
        for name in tables["episodes"]["_file"].unique().to_pylist()
    }
    files["csv/proceedings.csv"] = tables["proceedings"]
    files["csv/permanence.csv"] = tables["permanence"]
    for name, table in files.items():
        pa.csv.write_csv(_day_first(table.drop_columns(["_file", "_row"])), folder.parent / name)


def _day_first(table: pa.Table) -> pa.Table:
    for place, field in enumerate(table.schema):
        if field.type == pa.date32():
            text = pc.strftime(table.column(place).cast(pa.timestamp("s")), "%d/%m/%Y")
            table = table.set_column(place, field.name, text)
    return table


def _empty(**columns: pa.DataType) -> pa.Table:
    return pa.schema(list(columns.items())).empty_table()


_TEXT, _DAY = pa.string(), pa.date32()
_POSTCODES = [f"EX{district}{unit}AA" for district in range(1, 30) for unit in range(1, 9)]
_EMPTY = {
    "legal_status": _empty(
        lega_person_id=_TEXT, lega_legal_status=_TEXT, lega_legal_status_start_date=_DAY,
        lega_legal_status_end_date=_DAY,
    ),
    "cla_episode": _empty(
        clae_person_id=_TEXT, clae_cla_id=_TEXT, clae_cla_episode_start_date=_DAY,
        clae_cla_episode_start_reason=_TEXT, clae_cla_episode_ceased_date=_DAY,
        clae_cla_episode_ceased_reason=_TEXT, clae_cla_placement_id=_TEXT,
        clae_cla_primary_need_code=_TEXT,
    ),
    "placement": _empty(clap_cla_placement_id=_TEXT, clap_cla_placement_type=_TEXT),
}  # fmt: skip
"""The case system's own episodes: unused where the 903 return knows every child."""


def _subjects(rng: np.random.Generator, count: int) -> pa.Array:
    """Return each person's number in the id map, in no order that anything else follows."""
    return pa.array(rng.permutation(count) + 1)


def _ids(letter: str, numbers: Numbers) -> pa.Array:
    return pa.array(
        np.char.add(letter, np.char.zfill(numbers.astype(str), 7)).tolist(), pa.string()
    )


def _words(words: tuple[str | None, ...] | list[str], places: Numbers) -> pa.Array:
    return pa.array(words, pa.string()).take(pa.array(places))


def _days(numbers: Numbers, known: Numbers | None = None) -> pa.Array:
    mask = None if known is None else ~known
    return pa.array(numbers.astype("int32"), pa.int32(), mask=mask).cast(pa.date32())


def _shares(weights: tuple[float, ...]) -> Numbers:
    return np.array(weights) / sum(weights)
