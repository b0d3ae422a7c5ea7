"""The page of definitions, rendered from the specification tests: chapter, section, paragraph."""

from pathlib import Path
from textwrap import dedent

from casescope.cli.reference.drawn import Cases, Paragraph, Section, read_section
from casescope.cli.reference.markdown import code, page, table

SPECIFICATION = Path("tests/spec")

CHAPTERS: dict[str, str] = {
    "removal": "Removal",
    "cohort": "Who is in the cohort",
    "course": "Course of care",
    "recurrence": "Recurrence",
    "rate": "Local removal rate",
    "issues": "Issues",
}
"""Folders of the specification in the order of the definitions; others follow by name."""

SECTIONS = (
    "periods_of_care", "what_is_a_removal", "routes_and_counts", "events", "the_wide_count",
    "mothers_and_records", "who_is_in", "tiers", "in_her_care",
)  # fmt: skip
"""Files in the order of the definitions; others follow by name."""

INTRODUCTION = """\
Each paragraph is a test. It quotes a sentence of the definitions (or of
[how we read them](../adr/0009-readings-of-the-definitions.md), "ADR 9"), draws what a council's
files say, and states what must follow. Two implementations are held to it: the SQL of the product
and a slow, plain one in the tests.

What a drawing leaves unsaid: the reference date is 2025-01-01; every child (`c1`, `c2` …) is a
child of the woman `m1` by birth; women are born on 1990-06-15 and children on 2018-03-01; an
episode has legal status C2 and placement U4. `{name}` stands for the value of each case."""


def definitions(specification: Path) -> str:
    """Return the page of definitions made from a folder of specification tests."""
    blocks = [INTRODUCTION]
    chapters = sorted(path for path in specification.iterdir() if list(path.glob("test_*.py")))
    for folder in sorted(chapters, key=lambda path: _place(path.name, tuple(CHAPTERS))):
        blocks.append(f"## {CHAPTERS.get(folder.name, _title(folder.name))}")
        sections = [read_section(path) for path in sorted(folder.glob("test_*.py"))]
        for section in sorted(sections, key=lambda one: _place(one.name, SECTIONS)):
            blocks += _section(section)
    return page("Definitions", *blocks)


def _place(name: str, order: tuple[str, ...]) -> tuple[int, str]:
    return (order.index(name) if name in order else len(order), name)


def _title(words: str) -> str:
    words = words.replace("_", " ")
    return words[:1].upper() + words[1:]


def _section(section: Section) -> list[str]:
    blocks = [f"### {_title(section.name)}", section.says]
    blocks += [f"`{name}`:\n\n{_drawing(text)}" for name, text in section.drawn]
    blocks += [code(text, "python") for text in section.shared]
    return [*blocks, *(block for one in section.paragraphs for block in _paragraph(one))]


def _paragraph(one: Paragraph) -> list[str]:
    blocks = [f"#### {_title(one.title)}", one.says]
    blocks += [f"{name}:\n\n{_drawing(text)}" for name, text in one.drawn]
    if one.given:
        blocks.append("With " + ", ".join(f"`{text}`" for text in one.given) + ".")
    blocks += [_cases(cases) for cases in one.cases]
    return [*blocks, "\n".join(f"- expected: `{text}`" for text in one.expected)]


def _cases(cases: Cases) -> str:
    """Return the cases as a table, or as lines where the rows are not plain values."""
    if all(len(row) == len(cases.names) for row in cases.rows):
        heads = [name.strip() for name in cases.names]
        return table(heads, ([f"`{cell}`" for cell in row] for row in cases.rows))
    return f"For {', '.join(cases.names)} in:\n\n" + code(
        "\n".join(", ".join(row) for row in cases.rows), "python"
    )


def _drawing(text: str) -> str:
    """Return a drawn table with its columns aligned."""
    lines = [line for line in dedent(text).splitlines() if line.strip()]
    cells = [[cell.strip() for cell in line.split("|")] for line in lines]
    width = max(len(row) for row in cells)
    widths = [max(len(row[place]) for row in cells if place < len(row)) for place in range(width)]
    return code("\n".join(
        " | ".join(cell.ljust(widths[place]) for place, cell in enumerate(row)).rstrip()
        for row in cells
    ))  # fmt: skip
