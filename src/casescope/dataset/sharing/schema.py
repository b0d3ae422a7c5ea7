"""The shared dataset: its tables and columns, what each means, and how private it is.

One row a woman and one a recorded issue: nothing here has a calendar date but the period of the
index event, an id of the case system, or a word that anybody wrote.
"""

from casescope.dataset.frame import FRAME
from casescope.dataset.schema import ENDINGS, IN_HER_CARE, STATES, TIMINGS
from casescope.dataset.sharing.quasi import NO_REMOVAL, QUASI
from casescope.dataset.table import Column, Privacy, Table
from casescope.kernel.codes import TIERS

NO_TIER = "none"
NOT_RECORDED = "not recorded"

_WOMAN = Column("woman", "VARCHAR", "her token in this package alone", Privacy.TOKEN)

ABOUT = Table(
    "shared_about",
    "one fact about the package: linkage, count of removals, risk floor, the step of each column",
    (
        Column("name", "VARCHAR", "the fact's name", Privacy.STUDY),
        Column("value", "VARCHAR", "the fact", Privacy.STUDY),
    ),
    ("name",),
)

WOMAN = Table(
    "shared_woman",
    "one woman in a tier or with a removed child, under one linkage and the broad count",
    (
        _WOMAN,
        *(Column(one.name, "VARCHAR", f"{one.meaning}, at the step that the package says",
                 Privacy.QUASI) for one in QUASI),
        Column("tier", "VARCHAR", "T1 to T4; none where she is in no tier", Privacy.SENSITIVE,
               allowed=(*TIERS, NO_TIER)),
        Column("in_her_care", "VARCHAR", "is a child in her care now", Privacy.SENSITIVE,
               allowed=IN_HER_CARE),
        Column("pregnant", "BOOLEAN", "an unborn child expected on or after the reference date",
               Privacy.SENSITIVE),
        Column("care_experienced", "BOOLEAN", "a record says she was in care as a child; false "
               "means not recorded", Privacy.SENSITIVE),
        Column("ending", "VARCHAR", "what ended her follow-up after the index event",
               Privacy.SENSITIVE, allowed=(*ENDINGS, NO_REMOVAL)),
    ),
    ("woman",),
)  # fmt: skip

ISSUE = Table(
    "shared_issue",
    "one issue of the coding frame recorded for one woman; no row means not recorded",
    (
        _WOMAN,
        Column("issue", "VARCHAR", "id in the coding frame", Privacy.SENSITIVE,
               allowed=tuple(one.id for one in FRAME)),
        Column("timing", "VARCHAR", "when it held", Privacy.STUDY, allowed=TIMINGS),
        Column("state", "VARCHAR", "yes, or recorded no", Privacy.SENSITIVE, allowed=STATES),
    ),
    ("woman", "issue", "timing"),
)  # fmt: skip

SHARED_TABLES = (ABOUT, WOMAN, ISSUE)

QUASI_COLUMNS = tuple(one.name for one in QUASI)
SENSITIVE_COLUMNS = tuple(
    column.name for column in WOMAN.columns if column.privacy is Privacy.SENSITIVE
)
RECORDED = tuple(one.id for one in FRAME if one.structured)
"""Issues that some structured record can hold: what l and t are measured for besides columns."""
