"""A quick maker of yearly SSDA903 episode returns as CSV, for loading alone: `FOLDER ROWS SEED`."""

import json
import sys
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

YEARS = range(2010, 2026)
REFERENCE_DATE = date(2025, 12, 31)
_POSTCODES = [f"EX{district} {unit}AA" for district in range(1, 40) for unit in range(1, 9)]
_CODES = {
    "RNE": ("S", "L", "P", "B"), "LS": ("C1", "C2", "E1", "V2", "V3", "L1", "J1", "X9"),
    "CIN": ("N1", "N2", "N4", "N5"), "PLACE": ("U4", "U1", "K2", "P1", "R3", "A4", "H5", "Z11"),
    "PLACE_PROVIDER": ("PR1", "PR2", "PR4", ""), "REC": ("X1", "E4A", "E11", "E45", ""),
    "REASON_PLACE_CHANGE": ("", "", "", "PLACE"), "HOME_POST": _POSTCODES, "PL_POST": _POSTCODES,
}  # fmt: skip
_COLUMNS = ("CHILD", "DECOM", "RNE", "LS", "CIN", "PLACE", "PLACE_PROVIDER", "DEC", "REC",
            "REASON_PLACE_CHANGE", "HOME_POST", "PL_POST", "URN")  # fmt: skip


def make(folder: Path, *, rows: int, seed: int) -> int:
    """Write a return for each year, `rows` episodes over all; return how many there are."""
    folder.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(seed)
    each = rows // len(YEARS)
    for year in YEARS:
        csv.write_csv(one_return(rng, year, each), folder / f"episodes_{year}.csv")
    return each * len(YEARS)


def one_return(rng: np.random.Generator, year: int, rows: int, *, as_text: bool = True) -> pa.Table:
    """Return one year's episodes as text, or with their days as days."""
    child = np.sort(rng.integers(0, rows * 10, rows))
    last = np.datetime64(f"{year}-03-31").astype(int)
    start = last - rng.integers(1, 2500, rows)
    end = start + rng.integers(1, 900, rows)
    held = {name: _picked(rng, words, rows) for name, words in _CODES.items()}
    held["CHILD"] = pc.utf8_lpad(pa.array(child).cast(pa.string()), 8, "0")
    days = _days if as_text else _moments
    held["DECOM"] = days(start, np.ones(rows, bool))
    held["DEC"] = days(end, end <= last)
    held["URN"] = pa.repeat("", rows)
    return pa.table({name: held[name] for name in _COLUMNS})


def _picked(rng: np.random.Generator, words: tuple[str, ...] | list[str], rows: int) -> pa.Array:
    return pa.array(words).take(pa.array(rng.integers(0, len(words), rows)))


def _days(days: np.ndarray, known: np.ndarray) -> pa.Array:
    return pc.strftime(_moments(days, known).cast(pa.timestamp("s")), "%d/%m/%Y")


def _moments(days: np.ndarray, known: np.ndarray) -> pa.Array:
    return pa.array(days.astype("datetime64[D]"), mask=~known)


if __name__ == "__main__":
    print(json.dumps({"rows": make(Path(sys.argv[1]), rows=int(sys.argv[2]),
                                   seed=int(sys.argv[3]))}))  # fmt: skip
