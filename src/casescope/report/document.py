"""What a report is made of, whatever it will be printed as: sections, and the blocks in them.

Every face (web page, PDF, Word, workbook, plain tables) is made from this and nothing else, so that
all of them say the same thing. Plain text everywhere; a face adds its own marks.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

from casescope.report.charts.kinds import Chart
from casescope.report.look import Look


@dataclass(frozen=True)
class Paragraph:
    """Some sentences; `lead` is a few words to stress at their start."""

    text: str
    lead: str = ""


@dataclass(frozen=True)
class Points:
    """A list of short sentences; `ordered` where the order matters."""

    items: tuple[Paragraph, ...]
    ordered: bool = False


@dataclass(frozen=True)
class TableRow:
    """One row as shown: label cells, then value cells; `total` sums the rows above it.

    `values` are the released numbers behind the cells, in the same order: None for a label, for
    words and for what is hidden; empty for a table of words.
    """

    cells: tuple[str, ...]
    total: bool = False
    values: tuple[float | None, ...] = ()


@dataclass(frozen=True)
class Table:
    """A table as shown; the first `labels` columns are headers of their row.

    `finding` is the id of the finding it shows, empty for a table of words; `notes` stand under
    it; `folded` hides it behind its caption until the reader asks.
    """

    id: str
    caption: str
    head: tuple[str, ...]
    rows: tuple[TableRow, ...]
    labels: int = 1
    finding: str = ""
    numeric: bool = True
    notes: tuple[str, ...] = ()
    folded: bool = False


@dataclass(frozen=True)
class Figure:
    """A chart with what it says in words (`alt`) and the table that holds its figures.

    `about` says source, population and period.
    """

    id: str
    title: str
    alt: str
    chart: Chart
    table: Table
    about: str


@dataclass(frozen=True)
class KeyFigure:
    """One of the figures of the first page: what it is, its range and what would move it."""

    label: str
    value: str
    range: str
    moves: str
    finding: str


@dataclass(frozen=True)
class KeyFigures:
    """The figures of the first page."""

    items: tuple[KeyFigure, ...]


@dataclass(frozen=True)
class Term:
    """One word and what it means here."""

    word: str
    meaning: str


@dataclass(frozen=True)
class Definitions:
    """Words with their meanings, or facts with their values."""

    items: tuple[Term, ...]


@dataclass(frozen=True)
class Callout:
    """Something the reader must not miss, under a title of its own."""

    title: str
    blocks: tuple["Paragraph | Points", ...]


Block: TypeAlias = Paragraph | Points | Table | Figure | KeyFigures | Definitions | Callout


@dataclass(frozen=True)
class Section:
    """A part of the report under one heading; sections nest without skipping a level."""

    id: str
    title: str
    blocks: tuple[Block, ...] = ()
    sections: tuple["Section", ...] = ()
    short: str = ""
    """The name in the table of contents, where the title is a sentence."""


@dataclass(frozen=True)
class Document:
    """The whole report: a title, one sentence of what it is, a line of facts, and its sections.

    `author` and `made_at` (with a time zone) are the properties of a file.
    """

    title: str
    sentence: str
    byline: tuple[Term, ...]
    sections: tuple[Section, ...]
    author: str
    made_at: datetime
    mark: str = ""
    """A line on every page and sheet, which says how far the figures may travel."""
    rules: str = ""
    """How the figures were kept from giving anybody away, in short."""
    stamped: bool = False
    """Whether the mark stands in every table too: these figures must not leave the council."""
    stamp: str = ""
    """A word or two across every printed page, where they may not travel freely."""
    look: Look = field(default_factory=Look)


@dataclass
class Shelf:
    """Blocks and sections gathered one by one; what isn't there is left out."""

    blocks: list[Block] = field(default_factory=list)

    def put(self, *blocks: Block | None) -> "Shelf":
        """Add the blocks that exist."""
        self.blocks.extend(block for block in blocks if block is not None)
        return self

    def all(self) -> tuple[Block, ...]:
        """Return everything gathered, in order."""
        return tuple(self.blocks)
