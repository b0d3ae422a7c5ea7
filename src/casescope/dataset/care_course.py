"""The table of what became of each removed child: where the child lived, and how care ended."""

from casescope.dataset.table import Column, Privacy, Table
from casescope.kernel.codes import PERMANENT_ENDINGS

PLACEMENT_KINDS = ("relatives", "foster", "adoption", "residential", "with_parent", "other")
"""In the order of `days_…`; which placement codes are which is in `kernel.codes`."""

CARE_ENDINGS = (
    *PERMANENT_ENDINGS, "returned to parents", "adult life", "other", "still in care",
)  # fmt: skip
"""How a child's latest time in care ended, if it has."""

NO_PERMANENCE = "none"

_DAYS = {
    "relatives": "in foster care with relatives or friends",
    "foster": "in foster care with others",
    "adoption": "placed for adoption",
    "residential": "in a children's home, residential school, supported accommodation and the like",
    "with_parent": "in care and placed with parents, or in a parent-and-child unit",
    "other": "in care in any other or an unknown placement",
}


def care_course(variant: tuple[Column, ...], age_groups: tuple[str, ...]) -> Table:
    """Return the table; `variant` are the columns that name linkage and count of removals."""
    return Table(
        "care_course",
        "what became of one removed child, from the first removal of the count to the reference "
        "date; a placement lasts until the next in the same period of care begins",
        (
            *variant,
            Column("woman", "VARCHAR", "her token", Privacy.TOKEN),
            Column("child", "VARCHAR", "the child's token", Privacy.TOKEN),
            Column("first_day", "INTEGER", "day of the first removal", Privacy.QUASI),
            Column("age_group", "VARCHAR", "at the first removal", Privacy.QUASI,
                   allowed=age_groups),
            Column("newborn", "BOOLEAN", "under 28 days old then", Privacy.QUASI),
            *(Column(f"days_{kind}", "INTEGER", f"days {said}", Privacy.QUASI)
              for kind, said in _DAYS.items()),
            Column("days_in_care", "INTEGER", "days in care since then: the sum of those",
                   Privacy.QUASI),
            Column("longest_kind", "VARCHAR", "the kind of placement with most days; none where "
                   "the child was not in care", Privacy.SENSITIVE,
                   allowed=(*PLACEMENT_KINDS, "none")),
            Column("ending", "VARCHAR", "how the latest time in care ended", Privacy.SENSITIVE,
                   allowed=CARE_ENDINGS),
            Column("permanence", "VARCHAR", "first order that gave a home for good since then",
                   Privacy.SENSITIVE, allowed=(*PERMANENT_ENDINGS, NO_PERMANENCE)),
            Column("permanence_days", "INTEGER", "days from the first removal to that order; with "
                   "none, days that the child was followed", Privacy.QUASI),
        ),
        ("linkage", "removals", "child"),
    )  # fmt: skip
