"""What can be wrong with a row's values: where, of what kind, and whether the row can be used."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pyarrow as pa
from pyarrow import compute

from casescope.identified.intake.tables import (
    CODE,
    DATE,
    FACTORS,
    FLAG,
    ExtractColumn,
    ExtractTable,
)
from casescope.kernel.codes import KNOWN_STATUSES

_STARTS = (
    "DECOM", "clae_cla_episode_start_date", "lega_legal_status_start_date",
    "cina_assessment_start_date", "cppl_cp_plan_start_date", "proc_application_date",
    "perm_permanence_order_date",
)  # fmt: skip


@dataclass(frozen=True)
class Fault:
    """One kind of problem in one column, and the rows of a batch that have it."""

    column: str
    kind: str
    set_aside: bool
    where: pa.Array


def faults(
    table: ExtractTable, values: Mapping[str, pa.Array], bad: Mapping[str, pa.Array]
) -> Iterator[Fault]:
    """Yield each way in which a row of this table can be unusable, or a value unknown."""
    for column in table.columns:
        if column.kind in (DATE, FLAG, FACTORS):
            aside = table.sets_unreadable_aside or (column.kind == FLAG and column.required)
            yield Fault(column.name, f"unreadable {column.kind}", aside, bad[column.name])
        if _must_be_filled(table, column):
            empty = compute.and_not(compute.is_null(values[column.name]), bad[column.name])
            yield Fault(column.name, "empty", True, empty)
    if table.name == "episodes":
        known = compute.is_in(values["LS"], pa.array(KNOWN_STATUSES))
        yield Fault("LS", "unknown legal status", False, compute.invert(known))


def _must_be_filled(table: ExtractTable, column: ExtractColumn) -> bool:
    """Say whether a row without this value can't be used: required ids, and a start date.

    A relationship without its child is kept: it is a sign of truncation that quality looks for.
    """
    if not column.required:
        return False
    return column.name in _STARTS or (
        column.kind not in (CODE, DATE) and column.name == table.columns[0].name
    )
