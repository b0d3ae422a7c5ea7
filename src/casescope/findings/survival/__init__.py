"""Survival analysis on counts grouped by day: curves with their bands, and groups compared."""

from casescope.findings.survival.columns import Days
from casescope.findings.survival.competing import cumulative_incidence
from casescope.findings.survival.curve import Curve, product_limit, product_limit_of
from casescope.findings.survival.log_rank import LogRank, log_rank
from casescope.findings.survival.steps import Estimate, Median, Step, median, value_at

__all__ = [
    "Curve", "Days", "Estimate", "LogRank", "Median", "Step", "cumulative_incidence", "log_rank",
    "median", "product_limit", "product_limit_of", "value_at",
]  # fmt: skip
