"""The faces of a report: what the same document is written as, and under which file name."""

from enum import Enum


class Face(Enum):
    """One face; its value is the word on the command line."""

    HTML = "html"
    JSON = "json"
    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    CSV = "csv"

    @property
    def file(self) -> str:
        """Return the file's name in its edition's folder; for CSV, the folder of the tables."""
        return "tables" if self is Face.CSV else f"report.{self.value}"
