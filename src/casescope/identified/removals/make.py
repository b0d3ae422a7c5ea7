"""The removals step: periods of care, removals, events and each woman's history."""

from collections.abc import Mapping

import duckdb

from casescope.kernel import codes
from casescope.kernel.canonical import Json
from casescope.vault.sql import create_tables
from casescope.vault.steps import Step

KEPT = (
    "codes", "filled", "conflict", "care_dates", "proceeding", "family_order", "removal",
    "proceeding_of_removal", "account", "event_removal", "event", "history",
)  # fmt: skip
"""What the layer holds; the tables on the way to it are dropped when the step ends."""

TABLES = (
    "status_in_words", "reason_in_words", "place_in_words", "episode_in_case_system", "codes",
    "episode", "covered", "filled", "conflict", "care_dates",
    "care", "separation", "removal_in_care", "proceeding", "family_order", "removal_by_order",
    "removal_elsewhere", "removal", "proceeding_of_removal", "account", "counted", "windowed",
    "merged", "numbered", "event_removal", "account_event", "event", "history",
)  # fmt: skip

CODES: dict[str, Json] = {
    "counting_statuses": list(codes.COUNTING_STATUSES),
    "court_statuses": list(codes.COURT_STATUSES),
    "emergency_statuses": list(codes.EMERGENCY_STATUSES),
    "with_mother_placements": list(codes.WITH_MOTHER_PLACEMENTS),
    "same_start_days": 7,
}


def _build(connection: duckdb.DuckDBPyConnection, facts: Mapping[str, Json]) -> None:
    create_tables(connection, __package__, TABLES, {**CODES, **facts}, kept=KEPT,
                  views=("care",))  # fmt: skip


REMOVALS = Step(
    name="removals",
    wing="identified",
    reads=("extract", "people"),
    uses=(
        "reference_date", "authority_names", "gap_days", "max_age_at_removal",
        "route_window_days", "event_window_days",
    ),
    sources=("casescope.identified.removals", "casescope.kernel"),
    build=_build,
)  # fmt: skip
