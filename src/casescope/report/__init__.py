"""The report: documents made from released results, and from nothing else."""

from casescope.report.edition import Edition
from casescope.report.face import Face
from casescope.report.rendering import as_json, render_html
from casescope.report.study import StudyFacts
from casescope.report.writing import remove, write

__all__ = ["Edition", "Face", "StudyFacts", "as_json", "remove", "render_html", "write"]
