"""The report: documents made from released results, and from nothing else."""

from casescope.report.study import StudyFacts
from casescope.report.writing import as_json, remove, render_html, write

__all__ = ["StudyFacts", "as_json", "remove", "render_html", "write"]
