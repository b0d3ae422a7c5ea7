"""The definitions written a second time, plainly and slowly, from their text alone.

Nothing here is shared with the SQL steps but the code sets and calendar of `casescope.kernel`.
"""

from tests.oracle.cohort import cohort
from tests.oracle.course import courses
from tests.oracle.issues import issues
from tests.oracle.rate import rate
from tests.oracle.recurrence import newborn_recurrence, recurrence

__all__ = ["cohort", "courses", "issues", "newborn_recurrence", "rate", "recurrence"]
