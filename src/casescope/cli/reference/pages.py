"""Every page, in the order of the index, and whether those on disk are what the code says."""

from collections.abc import Callable
from pathlib import Path

from casescope.cli.reference.commands import commands
from casescope.cli.reference.definitions import SPECIFICATION, definitions
from casescope.cli.reference.exchange_files import (
    messages,
    package_file,
    partner_card,
    receipt_file,
)
from casescope.cli.reference.ledger_files import ledger_files
from casescope.cli.reference.markdown import page
from casescope.cli.reference.places import places
from casescope.cli.reference.query import query
from casescope.cli.reference.release_files import release_files
from casescope.cli.reference.rules import disclosure_rules, exit_codes, stages
from casescope.cli.reference.sharing import shared_dataset
from casescope.cli.reference.steps import steps
from casescope.cli.reference.study_file import parameters
from casescope.cli.reference.tables import dataset, extract

PAGES: dict[str, tuple[str, Callable[[], str]]] = {
    "commands.md": ("every command, its options and an example", commands),
    "stages.md": ("the stages of a study, and what each action needs", stages),
    "parameters.md": ("every line of study.toml, its default and what it may be", parameters),
    "extract.md": ("the tables of an extract that casescope reads", extract),
    "dataset.md": ("the analysis dataset: tables, columns, privacy, invariants", dataset),
    "shared-dataset.md": ("what may be shared person by person: tables, ladders, proposals, "
                          "what is left of each finding", shared_dataset),
    "query.md": ("what may be asked of a shared dataset in SQL, what is told, and what is not "
                 "protected", query),
    "steps.md": ("the steps from extract to dataset, and their SQL files", steps),
    "disclosure-rules.md": ("which counts are hidden, how the others are rounded",
                            disclosure_rules),
    "release-files.md": ("what a request, an answer and a record of a release hold",
                         release_files),
    "ledger-files.md": ("entries, checkpoints and exports of a ledger, and how to check them",
                        ledger_files),
    "partner-card.md": ("what a partner's card holds, and whose it is", partner_card),
    "package.md": ("what a package holds; opening and checking one without casescope",
                   package_file),
    "messages.md": ("what lease requests, leases and acknowledgements hold", messages),
    "receipt.md": ("what a partner states at the end, and what it cannot know", receipt_file),
    "places.md": ("where data may lie, and what is refused", places),
    "exit-codes.md": ("what a command's exit code says", exit_codes),
}  # fmt: skip
"""Pages made from the code alone: what each is about, and what makes it."""


def made(folder: Path) -> dict[Path, str]:
    """Return every page's path and text; the definitions need the tests beside the docs."""
    pages = {folder / name: make() for name, (_, make) in PAGES.items()}
    specification = folder.resolve().parent.parent / SPECIFICATION
    if specification.is_dir():
        pages[folder / "definitions.md"] = definitions(specification)
    pages[folder / "README.md"] = _index()
    return pages


def written(folder: Path) -> list[Path]:
    """Write every page into `folder`; return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    pages = made(folder)
    for path, text in pages.items():
        path.write_text(text, encoding="utf-8", newline="\n")
    return list(pages)


def differing(folder: Path) -> list[Path]:
    """Return the pages that are missing or not what the code says; others are left alone."""
    return [path for path, text in made(folder).items() if _on_disk(path) != text]


def _on_disk(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None


def _index() -> str:
    lines = [f"- [{name}]({name}): {about}" for name, (about, _) in PAGES.items()]
    return page(
        "Reference",
        "\n".join([
            *lines,
            "- [definitions.md](definitions.md): the definitions as drawn tables, made from the "
            "specification tests",
            "- [truth.md](truth.md): what a pretend county says is true of itself (written by "
            "hand)",
            "- [audit.md](audit.md): the folder that `casescope audit` reads and the record it "
            "makes (written by hand)",
        ]),
    )  # fmt: skip
