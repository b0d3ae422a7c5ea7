"""The report: documents made from released results, and from nothing else."""

from casescope.report.edition import Edition
from casescope.report.face import Face
from casescope.report.rendering import Made, as_json, render_html, rendered, told
from casescope.report.study import StudyFacts
from casescope.report.writing import REQUESTS, folder_of, places, put, remove, write

__all__ = [
    "REQUESTS", "Edition", "Face", "Made", "StudyFacts", "as_json", "folder_of",
    "places", "put", "remove", "render_html", "rendered", "told", "write",
]  # fmt: skip
