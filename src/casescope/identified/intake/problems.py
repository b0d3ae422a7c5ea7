"""What can be wrong with a row's values: where, of what kind, and whether the row can be used."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pyarrow as pa
from pyarrow import compute

from casescope.identified.intake.tables import CODE, DATE, FLAG, ID, ExtractColumn, ExtractTable
from casescope.identified.intake.typed import PLACEHOLDER
from casescope.kernel.codes import KNOWN_PLACEMENTS, KNOWN_STATUSES

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
    table: ExtractTable, values: Mapping[str, pa.Array], wrong: Mapping[str, pa.Array]
) -> Iterator[Fault]:
    """Yield each way in which a row of this table can be unusable, or a value unknown.

    `wrong` says for each column and row why its text is no value, and is null where it is one.
    """
    for column in table.columns:
        name, needed = column.name, _must_be_filled(table, column)
        for kind in compute.unique(wrong[name].drop_null()).to_pylist():
            where = compute.equal(wrong[name], kind).fill_null(False)
            yield Fault(name, kind, needed or _sets_aside(table, column, kind), where)
        if needed:
            empty = compute.and_(compute.is_null(values[name]), compute.is_null(wrong[name]))
            yield Fault(name, "empty", True, empty)
    if table.name == "episodes":
        yield from _unknown_codes(values)


def _sets_aside(table: ExtractTable, column: ExtractColumn, kind: str) -> bool:
    """Say whether a row can't be used in which this value is not known.

    A placeholder says that there is no date; an id that is not the row's own links it to nothing.
    """
    if kind == PLACEHOLDER or column.kind == ID:
        return False
    return table.sets_unreadable_aside or (column.kind == FLAG and column.required)


def _unknown_codes(values: Mapping[str, pa.Array]) -> Iterator[Fault]:
    """Yield codes that no year's return knows: such a status doesn't count, such a place does."""
    known = compute.is_in(values["LS"], pa.array(KNOWN_STATUSES))
    yield Fault("LS", "unknown legal status", False, compute.invert(known))
    known = compute.is_in(values["PLACE"], pa.array([*KNOWN_PLACEMENTS, None]))
    yield Fault("PLACE", "unknown placement", False, compute.invert(known))


def _must_be_filled(table: ExtractTable, column: ExtractColumn) -> bool:
    """Say whether a row without this value can't be used: required ids, and a start date.

    A relationship without its child is kept: it is a sign of truncation that quality looks for.
    """
    if not column.required:
        return False
    return column.name in _STARTS or (
        column.kind not in (CODE, DATE) and column.name == table.columns[0].name
    )
