"""The analysis dataset: its tables and columns, what each means, and how private it is."""

from casescope.dataset.care_course import care_course
from casescope.dataset.exposure_table import EXPOSURE
from casescope.dataset.quality_tables import QUALITY_TABLES
from casescope.dataset.table import Column, Privacy, Table
from casescope.kernel.codes import LINKAGES, REMOVAL_COUNTS, ROUTES, TIERS

AGE_GROUPS = ("under 1", "1–4", "5–9", "10–15", "16–17", "not known")
"""Of a child at removal (definitions.md, Removal)."""

AGES_AT_FIRST_REMOVAL = ("under 28 days", "28 days to under 1", *AGE_GROUPS[1:])
"""As linkage coverage groups children: newborns apart, the others as at any removal."""

COVERAGE_BREAKDOWNS = ("all", "year", "age", "ended", "ethnicity")

ENDINGS = ("event", "died", "age_limit", "left", "end_of_extract")
TIMINGS = ("at_latest_removal", "current", "ever")
STATES = ("yes", "no")
"""`no` is *recorded no*; a woman without a row is *not recorded*."""

OTHER_AREAS, AREA_NOT_KNOWN = "Other areas", "Not known"
"""Areas with few mothers, taken together; no address, or none that the place lookup knows."""

IN_HER_CARE = ("no", "recorded", "unknown")
NO_TIER = (
    "died", "age_not_known", "outside_age", "left_area", "outside_lookback", "no_removal",
)  # fmt: skip
"""Why a woman is in no tier: the first of these that holds."""


NOTHING_VARIED = "nothing"
VARIED = (
    NOTHING_VARIED, "event_window_days", "gap_days", "route_window_days", "max_age_at_removal",
    "lookback_years", "washout_years", "age_min", "age_max", "least_days", "without_need",
    "without_first_at",
)  # fmt: skip
"""What the sensitivity table varies: parameters by name, then removals left out: those that lasted
less than so many days, those for one CIN need, those of children first removed at some age."""

RECURRENCE_STAYS = ("route_window_days", "lookback_years", "age_min")
"""Variations that leave the time from one removal event to the next as it is."""


_LINKAGE = Column("linkage", "VARCHAR", "which linkage of women", Privacy.STUDY, allowed=LINKAGES)
_REMOVALS = Column(
    "removals", "VARCHAR", "which count of removals", Privacy.STUDY, allowed=REMOVAL_COUNTS
)
_WOMAN = Column("woman", "VARCHAR", "her token", Privacy.TOKEN)
_VARIANT = (_LINKAGE, _REMOVALS)
_VARIED = (
    Column("varied", "VARCHAR", "what is varied", Privacy.STUDY, allowed=VARIED),
    Column("setting", "VARCHAR", "to what; empty where nothing is varied", Privacy.STUDY),
)

TABLES: tuple[Table, ...] = (
    Table(
        "about",
        "one fact about the study or the extract",
        (
            Column("name", "VARCHAR", "the fact's name", Privacy.STUDY),
            Column("value", "VARCHAR", "the fact, dates as ISO 8601", Privacy.STUDY, nullable=True),
        ),
        ("name",),
    ),
    Table(
        "woman",
        "one woman: a mother of at least one child known to the authority, not restricted",
        (
            _LINKAGE,
            _WOMAN,
            Column(
                "age", "INTEGER", "whole years at the reference date", Privacy.QUASI, nullable=True
            ),
            Column(
                "age_basis",
                "VARCHAR",
                "how her age is known",
                Privacy.STUDY,
                allowed=("known", "estimated", "not_known"),
            ),
            Column(
                "ethnicity",
                "VARCHAR",
                "group of the census",
                Privacy.QUASI,
                allowed=("White", "Mixed", "Asian", "Black", "Other", "Not recorded"),
            ),
            Column(
                "care_experienced",
                "BOOLEAN",
                "true where a record says she was in care as a child; false means not recorded",
                Privacy.SENSITIVE,
            ),
            Column(
                "children", "INTEGER", "her born children known to the authority", Privacy.QUASI
            ),
            Column(
                "area",
                "VARCHAR",
                "of her latest address, as the place lookup names it; areas "
                "with few mothers together",
                Privacy.QUASI,
            ),
        ),
        ("linkage", "woman"),
    ),
    Table(
        "standing",
        "where one woman stands at the reference date under one count of removals",
        (
            *_VARIANT,
            _WOMAN,
            Column("tier", "VARCHAR", "T1 to T4, or null", Privacy.SENSITIVE, True, TIERS),
            Column(
                "no_tier", "VARCHAR", "why in no tier, or null", Privacy.SENSITIVE, True, NO_TIER
            ),
            Column(
                "removed_children", "INTEGER", "children with at least one removal", Privacy.QUASI
            ),
            Column("events", "INTEGER", "removal events", Privacy.QUASI),
            Column(
                "repeat_events",
                "INTEGER",
                "later events with a child in no earlier one",
                Privacy.QUASI,
            ),
            Column(
                "multiple_removal",
                "BOOLEAN",
                "two or more children in one event and no later event with a new child",
                Privacy.QUASI,
            ),
            Column(
                "latest_day",
                "INTEGER",
                "day of her latest removal, re-entries included",
                Privacy.QUASI,
                nullable=True,
            ),
            Column(
                "in_her_care",
                "VARCHAR",
                "is a child in her care now",
                Privacy.SENSITIVE,
                allowed=IN_HER_CARE,
            ),
            Column(
                "pregnant",
                "BOOLEAN",
                "an unborn child expected on or after the reference date",
                Privacy.SENSITIVE,
            ),
        ),
        ("linkage", "removals", "woman"),
    ),
    Table(
        "removal",
        "one removal of one child of one woman",
        (
            *_VARIANT,
            _WOMAN,
            Column("child", "VARCHAR", "the child's token", Privacy.TOKEN),
            Column(
                "day", "INTEGER", "days from the reference date, zero or negative", Privacy.QUASI
            ),
            Column(
                "age_group", "VARCHAR", "of the child at removal", Privacy.QUASI, allowed=AGE_GROUPS
            ),
            Column("newborn", "BOOLEAN", "under 28 days old at removal", Privacy.QUASI),
            Column("route", "VARCHAR", "how it happened", Privacy.SENSITIVE, allowed=ROUTES),
            Column(
                "event",
                "INTEGER",
                "number of her removal event, from 1 in order of time",
                Privacy.QUASI,
            ),
            Column("new_child", "BOOLEAN", "the child was in no earlier event", Privacy.QUASI),
        ),
        ("linkage", "removals", "child", "day"),
    ),
    Table(
        "event",
        "one removal event of one woman",
        (
            *_VARIANT,
            _WOMAN,
            Column("event", "INTEGER", "number, from 1 in order of time", Privacy.QUASI),
            Column(
                "day", "INTEGER", "days from the reference date, zero or negative", Privacy.QUASI
            ),
            Column("children", "INTEGER", "children in the event", Privacy.QUASI),
            Column("new_children", "INTEGER", "of them, in no earlier event", Privacy.QUASI),
            Column("newborn", "BOOLEAN", "a new child under 28 days old", Privacy.QUASI),
            Column(
                "route",
                "VARCHAR",
                "the strongest of its removals' routes",
                Privacy.SENSITIVE,
                allowed=ROUTES,
            ),
        ),
        ("linkage", "removals", "woman", "event"),
    ),
    care_course(_VARIANT, AGE_GROUPS),
    Table(
        "spell",
        "one woman's time from her first observed removal event to the next with a new child",
        (
            *_VARIANT,
            _WOMAN,
            Column("index_day", "INTEGER", "day of the first event", Privacy.QUASI),
            Column("age_at_index", "INTEGER", "her age then, whole years", Privacy.QUASI, True),
            Column(
                "newborn_index",
                "BOOLEAN",
                "a child of the first event was under 28 days old",
                Privacy.QUASI,
            ),
            Column("follow_up_days", "INTEGER", "to the ending", Privacy.QUASI),
            Column(
                "ending", "VARCHAR", "what ended the follow-up", Privacy.SENSITIVE, allowed=ENDINGS
            ),
            Column(
                "newborn_follow_up_days",
                "INTEGER",
                "the same to the next event with a new child under 28 days old",
                Privacy.QUASI,
            ),
            Column("newborn_ending", "VARCHAR", "its ending", Privacy.SENSITIVE, allowed=ENDINGS),
        ),
        ("linkage", "removals", "woman"),
    ),
    EXPOSURE,
    Table(
        "issue",
        "one issue of the coding frame recorded for one woman; no row means not recorded",
        (
            *_VARIANT,
            _WOMAN,
            Column("issue", "VARCHAR", "id in the coding frame", Privacy.SENSITIVE),
            Column(
                "source", "VARCHAR", "where it was recorded", Privacy.STUDY, allowed=("structured",)
            ),
            Column("timing", "VARCHAR", "when it held", Privacy.STUDY, allowed=TIMINGS),
            Column("state", "VARCHAR", "yes, or recorded no", Privacy.SENSITIVE, allowed=STATES),
        ),
        ("linkage", "removals", "woman", "issue", "source", "timing"),
    ),
    Table(
        "flow",
        "one line of the flow diagram; stocks, outs and tiers add up",
        (
            *_VARIANT,
            Column("step", "INTEGER", "order of the lines, from 1", Privacy.STUDY),
            Column(
                "kind",
                "VARCHAR",
                "a stock, what leaves it, or a tier",
                Privacy.STUDY,
                allowed=("stock", "out", "tier"),
            ),
            Column("name", "VARCHAR", "the line's name", Privacy.STUDY),
            Column(
                "women",
                "INTEGER",
                "how many (person records in the first lines)",
                Privacy.AGGREGATE,
            ),
        ),
        ("linkage", "removals", "step"),
    ),
    Table(
        "coverage",
        "removed children, and how many of them a mother was found for",
        (
            _LINKAGE,
            Column(
                "breakdown",
                "VARCHAR",
                "by what the children are grouped",
                Privacy.STUDY,
                allowed=COVERAGE_BREAKDOWNS,
            ),
            Column("value", "VARCHAR", "the group", Privacy.QUASI),
            Column(
                "removed_children", "INTEGER", "children with a broad removal", Privacy.AGGREGATE
            ),
            Column("with_mother", "INTEGER", "of them, with a mother found", Privacy.AGGREGATE),
        ),
        ("linkage", "breakdown", "value"),
    ),
    Table(
        "sensitivity",
        "the headlines with one thing varied, all else as the study has it",
        (
            *_VARIANT,
            *_VARIED,
            Column(
                "recurs",
                "BOOLEAN",
                "whether it has follow-up of its own (else that of 'nothing' holds)",
                Privacy.STUDY,
            ),
            Column("women", "INTEGER", "women with a removal", Privacy.AGGREGATE),
            Column("repeat_women", "INTEGER", "of them, with a repeat removal", Privacy.AGGREGATE),
            Column("repeat_events", "INTEGER", "repeat removals", Privacy.AGGREGATE),
            Column("t1", "INTEGER", "women in T1", Privacy.AGGREGATE),
            Column(
                "t2_only_unknown",
                "INTEGER",
                "women in T2 only because nobody knows where a child lives",
                Privacy.AGGREGATE,
            ),
            Column("t2", "INTEGER", "women in T2", Privacy.AGGREGATE),
            Column("t3", "INTEGER", "women in T3", Privacy.AGGREGATE),
        ),
        ("linkage", "removals", "varied", "setting"),
    ),
    Table(
        "sensitivity_spell",
        "women followed from their first event for so many days, with one thing varied",
        (
            *_VARIANT,
            *_VARIED,
            Column(
                "days", "INTEGER", "of follow-up; 1827 is more than five years", Privacy.AGGREGATE
            ),
            Column("events", "INTEGER", "whose follow-up ended in a next event", Privacy.AGGREGATE),
            Column("censored", "INTEGER", "whose follow-up ended otherwise", Privacy.AGGREGATE),
        ),
        ("linkage", "removals", "varied", "setting", "days"),
    ),
    Table(
        "caveat",
        "how many records are doubtful in one named way",
        (
            Column("name", "VARCHAR", "the doubt's name", Privacy.STUDY),
            Column("records", "INTEGER", "how many", Privacy.AGGREGATE),
        ),
        ("name",),
    ),
    *QUALITY_TABLES,
)

TABLE = {table.name: table for table in TABLES}


def place_in_coverage(breakdown: str, value: str) -> tuple[int, int, str]:
    """Return where a group stands among coverage's: youngest first, all others by name."""
    age = AGES_AT_FIRST_REMOVAL.index(value) if breakdown == "age" else 0
    return COVERAGE_BREAKDOWNS.index(breakdown), age, value


def ddl(table: Table) -> str:
    """Return the CREATE TABLE statement of one table, every rule of its columns as a constraint."""
    lines = []
    for column in table.columns:
        null = "" if column.nullable else " NOT NULL"
        values = ", ".join(f"'{value}'" for value in column.allowed)
        check = f" CHECK ({column.name} IN ({values}))" if values else ""
        lines.append(f'"{column.name}" {column.type}{null}{check}')
    lines.append(f"PRIMARY KEY ({', '.join(table.key)})")
    return f"CREATE TABLE {table.name} (\n  " + ",\n  ".join(lines) + "\n)"
