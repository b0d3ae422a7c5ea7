"""A pretend county: invented mothers and children, their extracts, and the truth about them.

`write_county` simulates lives, writes the extract folder that the county's systems would hold, and
beside it `truth.json`, reckoned from the lives by the definitions. Every key of it is described in
docs/reference/truth.md. With `mess` the files get the faults of real extracts; the truth stays.
"""

import json
from pathlib import Path

from casescope.kernel.progress import Progress, Silent
from casescope.synthetic.county import Builder
from casescope.synthetic.dice import Dice
from casescope.synthetic.facts import County
from casescope.synthetic.files import Sheet, clear, write
from casescope.synthetic.mess import soil
from casescope.synthetic.returns import columns_of, returns
from casescope.synthetic.signs import settle_authorisation
from casescope.synthetic.split import house_second_records, split_women
from casescope.synthetic.tables import COLUMNS, CaseSystem
from casescope.synthetic.truth.events import RemovalHistory
from casescope.synthetic.truth.whole import truth_of

__all__ = ["write_county"]

_SILENT = Silent()


def write_county(
    folder: Path, *, mothers: int, seed: int, mess: float = 0.0, progress: Progress = _SILENT
) -> Path:
    """Write a pretend county of so many mothers as an extract folder; return truth.json's path.

    The same arguments write the same bytes. `mess` runs from 0 (every fact where it belongs) to 1.
    An earlier pretend county in the folder is replaced; `InputRefused` if it holds other tables.
    """
    clear(folder)
    progress.start(f"Inventing a county of {mothers:,} mothers")
    builder = Builder(mothers, seed)
    county = builder.build(progress)
    if mess > 0:
        split_women(county, builder.registry, Dice(seed, "split"), mess)
        house_second_records(county, Dice(seed, "second homes"), mess)
    for woman in county.women:
        history = RemovalHistory(woman)
        latest = [max(r.day for r in found) for c in ("broad", "strict", "wide")
                  if (found := history.of(c))]  # fmt: skip
        settle_authorisation(woman, latest)
    sheets = _sheets(county, seed)
    if mess > 0:
        soil(sheets, Dice(seed, "mess"), mess)
    write(folder, sheets)
    truth = folder / "truth.json"
    told = truth_of(county, mothers=mothers, seed=seed, mess=mess)
    truth.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8", newline="\n")
    rows = sum(len(sheet.rows) for sheet in sheets)
    progress.finish(f"{len(sheets)} files, {rows:,} rows")
    return truth


def _sheets(county: County, seed: int) -> list[Sheet]:
    """Return the files to be written, in order."""
    tables = CaseSystem(county, Dice(seed, "case system")).rows()
    sheets = [Sheet(f"{name}.csv", name, COLUMNS[name], rows) for name, rows in tables.items()]
    for year, collected in returns(county, Dice(seed, "returns")).items():
        label = f"{year}-{(year + 1) % 100:02d}"
        for name, rows in collected.items():
            if rows or name in ("header", "episodes"):
                columns = columns_of(name, year)
                sheets.append(Sheet(f"ssda903_{label}_{name}.csv", name, columns, rows))
    return sheets
