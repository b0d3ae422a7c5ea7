"""The cohort step: who is in her care, tiers, flow, spells and recorded issues."""

from collections.abc import Mapping
from datetime import date

import duckdb

from casescope.kernel import codes
from casescope.kernel.canonical import Json
from casescope.kernel.dates import add_years
from casescope.vault.sql import create_tables
from casescope.vault.steps import Step

TABLES = (
    "observed", "her_address", "last_address", "whereabouts", "child_now", "expecting",
    "care_experienced", "child_at_issue", "woman_now", "standing", "flow", "spell", "newly_removed",
    "followed", "exposure", "factor", "recorded_issue", "issue", "removed_child", "coverage",
    "newborn_with_mother", "evidence", "doubt", "caveat",
    "care_course",
)  # fmt: skip

CODES: dict[str, Json] = {
    "counting_statuses": list(codes.COUNTING_STATUSES),
    "short_break_statuses": list(codes.SHORT_BREAK_STATUSES),
    "with_mother_placements": list(codes.WITH_MOTHER_PLACEMENTS),
    "adopted_reasons": list(codes.ADOPTED_REASONS),
    "left_to_someone_else": list(codes.LEFT_TO_SOMEONE_ELSE),
    "died_reasons": list(codes.DIED_REASONS),
    "factor_codes": list(codes.FACTOR_ISSUES),
    "factor_issues": list(codes.FACTOR_ISSUES.values()),
    "no_factors": codes.NO_FACTORS,
    "ethnic_codes": list(codes.ETHNIC_GROUPS),
    "ethnic_groups": list(codes.ETHNIC_GROUPS.values()),
    "kind_places": list(codes.KIND_OF_PLACE),
    "place_kinds": list(codes.KIND_OF_PLACE.values()),
    "ending_reasons": list(codes.ENDING_OF_REASON),
    "reason_endings": list(codes.ENDING_OF_REASON.values()),
    "permanent_endings": list(codes.PERMANENT_ENDINGS),
    "linkages": list(codes.LINKAGES),
    "removal_counts": list(codes.REMOVAL_COUNTS),
}


def _build(connection: duckdb.DuckDBPyConnection, facts: Mapping[str, Json]) -> None:
    reference_date, lookback_years = facts["reference_date"], facts["lookback_years"]
    if not isinstance(reference_date, date) or not isinstance(lookback_years, int):
        raise TypeError("reference_date is a date and lookback_years a whole number")
    days: dict[str, Json] = {
        "lookback_from": add_years(reference_date, -lookback_years),
        "current_from": add_years(reference_date, -1),
    }
    create_tables(connection, __package__, TABLES, {**CODES, **days, **facts})


COHORT = Step(
    name="cohort",
    wing="identified",
    reads=("extract", "links", "people", "removals"),
    uses=("reference_date", "observation_start", "lookback_years", "age_min", "age_max"),
    sources=("casescope.identified.cohort", "casescope.kernel"),
    build=_build,
)
