"""The analyst's side of the removals benchmark: where frames come from and go to, and counts."""

import time
from pathlib import Path

import pandas as pd
from pandas import DataFrame as Frame

from benchmarks.answer import Answer
from benchmarks.removals_pandas import Inputs, Made, make
from benchmarks.removals_words import COLUMNS, DATES


def compute(tables: Path, work: Path) -> tuple[float, float, Answer]:  # noqa: ARG001  # contenders share a form
    """Return seconds (wall, processor) of the step alone, inputs in memory, and its answer."""
    return _timed(tables, numbered=False)


def compute_numbered(tables: Path, work: Path) -> tuple[float, float, Answer]:  # noqa: ARG001
    """Return the same where people are numbers before the clock starts, and not text."""
    return _timed(tables, numbered=True)


def _timed(tables: Path, *, numbered: bool) -> tuple[float, float, Answer]:
    given = Inputs(
        **{
            name: _parquet(tables / "extract", name)
            for name in ("episodes", "proceedings", "permanence")
        },
        **_people(tables, numbered=numbered),
    )
    begun, used = time.perf_counter(), time.process_time()
    made = make(given)
    taken = time.perf_counter() - begun, time.process_time() - used
    return *taken, _answer(made)


def from_csv(tables: Path, work: Path) -> tuple[float, float, Answer]:
    """Return seconds (wall, processor) from CSV files to Parquet in the clear, and the answer."""
    begun, used = time.perf_counter(), time.process_time()
    folder = tables / "csv"
    returns = {path: _csv(path, "episodes") for path in sorted(folder.glob("episodes_*.csv"))}
    episodes = pd.concat([rows.assign(_file=path.name) for path, rows in returns.items()])
    given = Inputs(
        episodes=episodes.reset_index(drop=True),
        proceedings=_csv(folder / "proceedings.csv", "proceedings"),
        permanence=_csv(folder / "permanence.csv", "permanence"),
        **_people(tables, numbered=False),
    )
    del returns, episodes
    made = make(given)
    for name, table in vars(made).items():
        table.to_parquet(work / f"{name}.parquet")
    taken = time.perf_counter() - begun, time.process_time() - used
    return *taken, _answer(made)


def _people(tables: Path, *, numbered: bool) -> dict[str, Frame]:
    """Return ids, children and mothers; people by text, as case systems' ids stand in a frame."""
    frames = {name: _parquet(tables / "people", name)
              for name in ("known_as", "child", "motherhood")}  # fmt: skip
    frames["motherhood"]["linkage"] = frames["motherhood"]["linkage"].astype("category")
    for frame in frames.values() if not numbered else ():
        for column in frame.columns.intersection(["subject", "child_id", "woman_id"]):
            frame[column] = "P" + frame[column].astype(str).str.zfill(8)
    return frames


def _parquet(folder: Path, name: str) -> Frame:
    table = pd.read_parquet(folder / f"{name}.parquet", columns=COLUMNS[name])
    for column in table.columns.intersection(list(DATES)):
        table[column] = pd.to_datetime(table[column])
    return table


def _csv(path: Path, name: str) -> Frame:
    wanted = [column for column in COLUMNS[name] if column != "_file"]
    table = pd.read_csv(path, usecols=wanted, dtype=str)
    for column in table.columns.intersection(list(DATES)):
        table[column] = pd.to_datetime(table[column], format="%d/%m/%Y")
    return table


def _answer(made: Made) -> Answer:
    return {
        name: int(value)
        for name, value in {
            "periods": len(made.care[["child_id", "period"]].drop_duplicates()),
            **_of_removals(made.removal),
            **_of_events(made.event),
            **_of_women(made.history),
        }.items()
        if value
    }


def _of_removals(removal: Frame) -> dict[str, float]:
    kind = (
        "removals " + removal["basis"] + " " + removal["route"]
        + removal["compulsory"].map({True: " compulsory", False: ""})
    )  # fmt: skip
    return {
        **kind.value_counts(),
        "removals, sum of days": _days(removal["removed_on"]),
        "removals, sum of ages in days": removal["age_days"].sum(),
        "removals, sum of ages": removal["age"].sum(),
    }


def _of_events(event: Frame) -> dict[str, float]:
    found: dict[str, float] = {}
    for (linkage, removals), rows in event.groupby(["linkage", "removals"], observed=True):
        name = f"{linkage}: {removals}"
        found |= {f"{name} events {route}": n for route, n in rows["route"].value_counts().items()}
        found[f"{name} events, sum of days"] = _days(rows["event_on"])
        found[f"{name} events, children"] = rows["children"].sum()
        found[f"{name} events, new children"] = rows["new_children"].sum()
        found[f"{name} events, sum of numbers"] = rows["event"].sum()
        found[f"{name} events with a newborn"] = rows["newborn"].sum()
    return found


def _of_women(history: Frame) -> dict[str, float]:
    found: dict[str, float] = {}
    for (linkage, removals), rows in history.groupby(["linkage", "removals"], observed=True):
        name = f"{linkage}: {removals}"
        found[f"{name} women"] = len(rows)
        found[f"{name} removed children"] = rows["removed_children"].sum()
        found[f"{name} repeat events"] = rows["repeat_events"].sum()
        found[f"{name} multiple removals"] = rows["multiple_removal"].sum()
        found[f"{name} latest, sum of days"] = _days(rows["latest_on"])
    return found


def _days(dates: pd.Series) -> float:
    return float((dates - pd.Timestamp("1970-01-01")).dt.days.sum())
