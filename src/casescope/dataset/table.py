"""What a table of the dataset is: columns, what each means, and how private it is."""

from dataclasses import dataclass
from enum import Enum


class Privacy(Enum):
    """How a column bears on the people in it."""

    TOKEN = "a random token, meaningless outside this study"  # noqa: S105 — a class of column
    QUASI = "could single someone out together with other columns"
    SENSITIVE = "would harm someone if it were tied to her"
    AGGREGATE = "counts over many people"
    STUDY = "about the study, not about a person"


@dataclass(frozen=True)
class Column:
    """One column: DuckDB type, meaning, privacy class, whether null is allowed, allowed values."""

    name: str
    type: str
    meaning: str
    privacy: Privacy
    nullable: bool = False
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """One table: what a row is, its columns and the columns that identify a row."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
