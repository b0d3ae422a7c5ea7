"""A quick maker of many pretend episodes: the tables that the removals step reads, as files.

Parquet for who works in memory, CSV as a council gives it. Returns are made and written one by
one, so that millions of rows take seconds and little memory. Besides what `pretend_children`
draws there are proceedings shared by siblings, orders without care, and a few mothers who are
one woman under the lenient linkage alone.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq

from benchmarks.pretend_children import CENSUS, YEARS, Children, Numbers, Spells, draw, years_of
from benchmarks.pretend_study import AUTHORITY

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
_POSTCODES = [f"EX{district}{unit}AA" for district in range(1, 30) for unit in range(1, 9)]
_LENIENT_SHARE = 0.02
"""How many mothers the lenient linkage takes to be the same woman as another."""

Parts = Iterator[pa.Table]
Words = Sequence[str | None]


def make(folder: Path, *, episodes: int, seed: int) -> dict[str, int]:
    """Write the tables as Parquet, and the extract as CSV too; return how many rows each has.

    `episodes` is the number of rows over all yearly returns; whole children are kept, so there
    may be a few fewer.
    """
    rng = np.random.default_rng(seed)
    children, spells = draw(rng, episodes=episodes)
    subject = _subjects(rng, len(children.mother) + int(children.mother.max()) + 1)
    (folder / "csv").mkdir(parents=True, exist_ok=True)
    return {
        "episodes": _write(folder, "extract", "episodes", _returns(rng, spells)),
        "proceedings": _write(folder, "extract", "proceedings", _proceedings(rng, children)),
        "permanence": _write(folder, "extract", "permanence", _permanence(rng, children)),
        **{
            name: _write(folder, "people", name, parts)
            for name, parts in _people(rng, children, subject)
        },
    }


def _write(folder: Path, layer: str, name: str, parts: Parts) -> int:
    """Write a table part by part as Parquet, the extract as CSV too; count its rows."""
    (folder / layer).mkdir(exist_ok=True)
    first = next(parts)
    with pq.ParquetWriter(folder / layer / f"{name}.parquet", first.schema) as writer:
        rows = 0
        for part in _one_and_all(first, parts):
            writer.write_table(part)
            rows += part.num_rows
            if layer == "extract":
                _write_csv(folder, part, f"csv/{name}.csv")
    return rows


def _one_and_all(first: pa.Table, others: Parts) -> Parts:
    yield first
    yield from others


def _returns(rng: np.random.Generator, spells: Spells) -> Parts:
    """Yield every yearly return: an episode is open in those before it ended."""
    count = len(spells.child)
    drawn: dict[str, tuple[Numbers, Words]] = {
        "LS": (rng.choice(len(_STATUSES), count, p=_shares(_STATUS_WEIGHTS)), _STATUSES),
        "PLACE": (rng.choice(len(_PLACES), count, p=_shares(_PLACE_WEIGHTS)), _PLACES),
    }
    reason = np.where(spells.is_last, 1 + rng.integers(0, len(_ENDS), count), 0)
    for name, words in {
        "RNE": ("S", "P", "L", "T"),
        "CIN": ("N1", "N2", "N4", "N5", "N8"),
        "PLACE_PROVIDER": ("PR1", "PR2", "PR4"),
        "HOME_POST": _POSTCODES,
        "PL_POST": _POSTCODES,
    }.items():
        drawn[name] = (rng.integers(0, len(words), count), words)
    first, last = years_of(spells)
    for place, year in enumerate(YEARS):
        row = np.flatnonzero((first <= place) & (place <= last))
        ended = spells.end[row] <= CENSUS[place]
        yield pa.table(
            {
                "CHILD": _ids("C", spells.child[row]),
                "DECOM": _days(spells.start[row]),
                "DEC": _days(spells.end[row], ended),
                "REC": _words(("X1", *_ENDS, None), np.where(ended, reason[row], len(_ENDS) + 1)),
                **{name: _words(words, places[row]) for name, (places, words) in drawn.items()},
                "REASON_PLACE_CHANGE": pa.nulls(len(row), pa.string()),
                "URN": pa.nulls(len(row), pa.string()),
                **_origin(f"csv/episodes_{year}.csv", len(row)),
            }
        )


def _proceedings(rng: np.random.Generator, children: Children) -> Parts:
    """Yield proceedings of half the families: one number for siblings, dates near each removal."""
    families = int(children.mother.max()) + 1
    chosen = np.flatnonzero((rng.random(families) < 0.5)[children.mother])
    count = len(chosen)
    applied = children.start[chosen] + rng.integers(-10, 90, count)
    ordered = applied + rng.integers(60, 300, count)
    order = rng.choice(len(_ORDERS), count, p=_shares((30, 8, 16, 8, 8, 12, 6, 12)))
    other = rng.random(count) < 0.03
    yield pa.table(
        {
            "proc_id": _ids("P", children.mother[chosen]),
            "proc_child_person_id": _ids("K", chosen),
            "proc_application_date": _days(applied),
            "proc_mother_person_id": _ids("M", children.mother[chosen]),
            "proc_order": _words(_ORDERS, order),
            "proc_order_date": _days(ordered, order < len(_ORDERS) - 1),
            "proc_placed_with": _words(_PLACED_WITH, rng.integers(0, len(_PLACED_WITH), count)),
            "proc_authority": _words((AUTHORITY, "Otherham"), other.astype(int)),
            **_origin("csv/proceedings.csv", count),
        }
    )


def _permanence(rng: np.random.Generator, children: Children) -> Parts:
    chosen = np.flatnonzero(rng.random(len(children.mother)) < 0.08)
    count = len(chosen)
    kinds = ("Special Guardianship Order", "Child Arrangements Order", "Adoption Order")
    yield pa.table(
        {
            "perm_person_id": _ids("K", chosen),
            "perm_permanence_order_type": _words(kinds, rng.integers(0, 3, count)),
            "perm_permanence_order_date": _days(
                children.start[chosen] + rng.integers(100, 900, count)
            ),
            **_origin("csv/permanence.csv", count),
        }
    )


def _people(
    rng: np.random.Generator, children: Children, subject: Numbers
) -> Iterator[tuple[str, Parts]]:
    """Yield what the people step would have made: ids, children and their mothers."""
    count = len(children.mother)
    returned = np.flatnonzero(children.in_care)
    mothers = np.unique(children.mother)
    yield (
        "known_as",
        (
            _known(source, _ids(letter, numbers), subject[people])
            for source, letter, numbers, people in (
                ("903", "C", returned, returned),
                ("person", "K", np.arange(count), np.arange(count)),
                ("person", "M", mothers, count + mothers),
            )
        ),
    )
    dob = _days(children.born, rng.random(count) > 0.01)
    yield "child", iter([_child(children, subject[:count], dob)])
    named = np.flatnonzero(rng.random(count) < 0.9)
    own = subject[count:]
    yield (
        "motherhood",
        (
            _motherhood(linkage, women[children.mother[named]], subject[named], dob.take(named))
            for linkage, women in (("strict", own), ("lenient", _lenient(rng, own)))
        ),
    )


def _child(children: Children, child_id: Numbers, dob: pa.Array) -> pa.Table:
    count = len(child_id)
    return pa.table(
        {
            "child_id": child_id,
            "dob": dob,
            "expected_on": pa.nulls(count, pa.date32()),
            "died_on": pa.nulls(count, pa.date32()),
            "ethnicity": _words(("WBRI",), np.zeros(count, int)),
            "is_mother": np.zeros(count, bool),
            "asylum_seeker": children.asylum,
        }
    )


def _motherhood(linkage: str, women: Numbers, children: Numbers, dob: pa.Array) -> pa.Table:
    count = len(women)
    return pa.table(
        {
            "linkage": _words((linkage,), np.zeros(count, int)),
            "woman_id": women,
            "child_id": children,
            "doubtful": np.zeros(count, bool),
            "two_mothers": np.zeros(count, bool),
            "childs_dob": dob,
        }
    )


def _lenient(rng: np.random.Generator, own: Numbers) -> Numbers:
    """Return each mother's number where some are taken two by two: the smaller of the two's."""
    chosen = rng.permutation(len(own))[: int(len(own) * _LENIENT_SHARE) // 2 * 2]
    one, other = chosen.reshape(2, -1)
    women = own.copy()
    women[one] = women[other] = np.minimum(own[one], own[other])
    return women


def _known(source: str, ids: pa.Array, subjects: Numbers) -> pa.Table:
    return pa.table(
        {
            "source": _words((source,), np.zeros(len(ids), int)),
            "source_id": ids,
            "subject": subjects,
            "registered": np.arange(len(ids)),
        }
    )


def _write_csv(folder: Path, table: pa.Table, name: str) -> None:
    """Write a part as a council would give it: dates day first; a file for each return."""
    name = table["_file"][0].as_py() if table.num_rows else name
    for place, field in enumerate(table.schema):
        if field.type == pa.date32():
            text = pc.strftime(table.column(place).cast(pa.timestamp("s")), "%d/%m/%Y")
            table = table.set_column(place, field.name, text)
    pa.csv.write_csv(table.drop_columns(["_file", "_row"]), folder / name)


def _origin(file: str, count: int) -> dict[str, pa.Array]:
    return {"_file": _words((file,), np.zeros(count, int)), "_row": pa.array(np.arange(count) + 2)}


def _subjects(rng: np.random.Generator, count: int) -> Numbers:
    """Return each person's number in the id map, in no order that anything else follows."""
    return rng.permutation(count) + 1


def _ids(letter: str, numbers: Numbers) -> pa.Array:
    digits = pc.utf8_lpad(pa.array(numbers).cast(pa.string()), width=7, padding="0")
    return pc.binary_join_element_wise(letter, digits, "")


def _words(words: Words, places: Numbers) -> pa.Array:
    return pa.array(words, pa.string()).take(pa.array(places))


def _days(numbers: Numbers, known: Numbers | None = None) -> pa.Array:
    mask = None if known is None else ~known
    return pa.array(numbers.astype("int32"), pa.int32(), mask=mask).cast(pa.date32())


def _shares(weights: tuple[float, ...]) -> Numbers:
    return np.array(weights) / sum(weights)
