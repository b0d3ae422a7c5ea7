"""The few forms of Markdown that the pages are made of."""

from collections.abc import Iterable, Sequence

MADE = "<!-- Made from the code by `make fix`; change the code, not this page. -->"


def page(title: str, *blocks: str) -> str:
    """Return a whole page: title, the note that it is made, blocks apart by empty lines."""
    return "\n\n".join([f"# {title}", MADE, *(block.strip("\n") for block in blocks)]) + "\n"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table; bars inside a cell are escaped."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(_cell(cell) for cell in line)} |" for line in lines)


def code(text: str, language: str = "text") -> str:
    """Return a block of text as it stands."""
    return f"```{language}\n{text.strip(chr(10))}\n```"


def ticked(words: Iterable[str]) -> str:
    """Return words set as code, a dash for none."""
    return ", ".join(f"`{word}`" for word in words) or "—"


def sentence(text: str) -> str:
    """Return text that begins with a capital and ends with a full stop."""
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?", "!")) else ".")


def _cell(text: str) -> str:
    return " ".join(text.replace("|", r"\|").split())
