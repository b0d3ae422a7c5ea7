"""Measures computed from the analysis dataset alone, as small typed findings."""

from casescope.findings.exact import exact_json
from casescope.findings.measures import compute

__all__ = ["compute", "exact_json"]
