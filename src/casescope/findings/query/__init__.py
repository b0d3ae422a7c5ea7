"""A query of the shared dataset: vetted, and made one that counts women, before it is run."""

from casescope.findings.query.counting import Counted, Facts, count, facts
from casescope.findings.query.vetting import Query, vetted

__all__ = ["Counted", "Facts", "Query", "count", "facts", "vetted"]
