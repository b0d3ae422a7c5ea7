"""The polars side of the removals benchmark: where frames come from and go to, and counts."""

import time
from pathlib import Path

import polars as pl
from polars import DataFrame as Frame
from polars import LazyFrame, col

from benchmarks.answer import Answer
from benchmarks.removals_polars import Inputs, Made, make
from benchmarks.removals_words import COLUMNS, DATES

_EPOCH = pl.date(1970, 1, 1)


def compute(tables: Path, work: Path) -> tuple[float, float, Answer]:  # noqa: ARG001  # contenders share a form
    """Return seconds (wall, processor) of the step alone, inputs in memory, and its answer."""
    return _timed(tables, numbered=False)


def compute_numbered(tables: Path, work: Path) -> tuple[float, float, Answer]:  # noqa: ARG001
    """Return the same where people are numbers before the clock starts, and not text."""
    return _timed(tables, numbered=True)


def _timed(tables: Path, *, numbered: bool) -> tuple[float, float, Answer]:
    given = Inputs(
        **{
            name: _parquet(tables / "extract", name).collect().lazy()
            for name in ("episodes", "proceedings", "permanence")
        },
        **{
            name: table.collect().lazy()
            for name, table in _people(tables, numbered=numbered).items()
        },
    )
    begun, used = time.perf_counter(), time.process_time()
    made = make(given)
    taken = time.perf_counter() - begun, time.process_time() - used
    return *taken, _answer(made)


def from_csv(tables: Path, work: Path) -> tuple[float, float, Answer]:
    """Return seconds (wall, processor) from CSV files to Parquet in the clear, and the answer."""
    begun, used = time.perf_counter(), time.process_time()
    folder = tables / "csv"
    given = Inputs(
        episodes=_csv(folder / "episodes_*.csv", "episodes").collect().lazy(),
        proceedings=_csv(folder / "proceedings.csv", "proceedings"),
        permanence=_csv(folder / "permanence.csv", "permanence"),
        **_people(tables, numbered=False),
    )
    made = make(given)
    for name, table in vars(made).items():
        table.write_parquet(work / f"{name}.parquet")
    taken = time.perf_counter() - begun, time.process_time() - used
    return *taken, _answer(made)


def _people(tables: Path, *, numbered: bool) -> dict[str, LazyFrame]:
    """Return ids, children and mothers; people by text, as case systems' ids stand in a frame."""
    ids = pl.selectors.by_name("subject", "child_id", "woman_id", require_all=False)
    text = ids.cast(pl.String).str.zfill(8).name.keep()
    frames = {
        name: _parquet(tables / "people", name) for name in ("known_as", "child", "motherhood")
    }
    return frames if numbered else {
        name: frame.with_columns(text) for name, frame in frames.items()
    }  # fmt: skip


def _parquet(folder: Path, name: str) -> LazyFrame:
    return pl.scan_parquet(folder / f"{name}.parquet").select(COLUMNS[name])


def _csv(path: Path, name: str) -> LazyFrame:
    days = [day for day in COLUMNS[name] if day in DATES]
    return (
        pl.scan_csv(path, infer_schema=False, include_file_paths="_file")
        .select(COLUMNS[name])
        .with_columns(col(days).str.to_date("%d/%m/%Y"))
    )


def _answer(made: Made) -> Answer:
    found = {"periods": made.care.select("child_id", "period").unique().height}
    found |= _of_removals(made.removal)
    found |= _by_count(
        made.event,
        {
            **{f"events {route}": (col("route") == route).sum()
               for route in ("court", "emergency", "voluntary")},
            "events, sum of days": (col("event_on") - _EPOCH).dt.total_days().sum(),
            "events, children": col("children").sum(),
            "events, new children": col("new_children").sum(),
            "events, sum of numbers": col("event").cast(pl.Int64).sum(),
            "events with a newborn": col("newborn").sum(),
        },
    )  # fmt: skip
    found |= _by_count(
        made.history,
        {
            "women": pl.len(),
            "removed children": col("removed_children").sum(),
            "repeat events": col("repeat_events").sum(),
            "multiple removals": col("multiple_removal").sum(),
            "latest, sum of days": (col("latest_on") - _EPOCH).dt.total_days().sum(),
        },
    )
    return {name: int(value) for name, value in found.items() if value}


def _of_removals(removal: Frame) -> Answer:
    kinds = removal.group_by("basis", "route", "compulsory").len().iter_rows()
    return {
        **{
            f"removals {basis} {route}{' compulsory' if compulsory else ''}": count
            for basis, route, compulsory, count in kinds
        },
        "removals, sum of days": removal.select(
            (col("removed_on") - _EPOCH).dt.total_days().sum()
        ).item(),
        "removals, sum of ages in days": removal["age_days"].sum(),
        "removals, sum of ages": removal["age"].cast(pl.Int64).sum(),
    }


def _by_count(table: Frame, measures: dict[str, pl.Expr]) -> Answer:
    rows = table.group_by("linkage", "removals").agg(**measures).iter_rows(named=True)
    return {
        f"{row['linkage']}: {row['removals']} {name}": row[name]
        for row in rows
        for name in measures
    }
