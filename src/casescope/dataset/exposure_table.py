"""The table of woman-time that the local removal rate is counted from."""

from casescope.dataset.table import Column, Privacy, Table
from casescope.kernel.codes import LINKAGES, REMOVAL_COUNTS

AGES_FOLLOWED = ("under 20", "20–24", "25–29", "30–34", "35 and over")
"""Of a woman, at any time at which she is followed."""

SINCE_EVENT = ("under 1 year", "1 year", "2 years", "3 to 4 years", "5 years or more")
"""Whole years since the last day of her latest removal event."""

EXPOSURE = Table(
    "exposure",
    "the time for which one woman was followed, at one age and one time since her latest event",
    (
        Column("linkage", "VARCHAR", "which linkage of women", Privacy.STUDY, allowed=LINKAGES),
        Column(
            "removals",
            "VARCHAR",
            "which count of removals",
            Privacy.STUDY,
            allowed=REMOVAL_COUNTS,
        ),
        Column("woman", "VARCHAR", "her token", Privacy.TOKEN),
        Column("age_band", "VARCHAR", "her age then", Privacy.QUASI, allowed=AGES_FOLLOWED),
        Column(
            "since_event",
            "VARCHAR",
            "time since the last day of her latest removal event",
            Privacy.QUASI,
            allowed=SINCE_EVENT,
        ),
        Column("days", "INTEGER", "followed, of child-bearing age", Privacy.QUASI),
        Column("children", "INTEGER", "first removed in that time", Privacy.QUASI),
    ),
    ("linkage", "removals", "woman", "age_band", "since_event"),
)
