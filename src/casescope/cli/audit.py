"""The audit of anybody's published tables."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from casescope.cli.progress import Lines
from casescope.cli.study import AS_JSON, as_json_text
from casescope.kernel.errors import GivenAway
from casescope.kernel.progress import Progress, Silent

if TYPE_CHECKING:
    from casescope.disclosure.audit.audit import Audit

_AT_ONCE = 500
"""Figures that take less than a second."""


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.option(
    "--known",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="Public totals from elsewhere, as a table; they are never changed.",
)
@click.option("--rules", metavar="PACK", help="The rule pack that the tables were made by.")
@click.option(
    "--fix",
    "ways",
    multiple=True,
    type=click.Choice(["hide", "merge", "round"]),
    help="How a fix may be made; may be given again (default: any).",
)
@AS_JSON
def audit(
    folder: Path, known: Path | None, rules: str | None, ways: tuple[str, ...], as_json: bool
) -> None:
    """Say what the tables in FOLDER give away, taken together, and what to do about it.

    Every CSV is a table: dimension columns, then a last column `count`; an empty dimension is a
    total. c, *, [c] and [REDACTED] are hidden. Subfolders are editions of one population. Nothing
    is written. Ends with 60 where a count is given away.
    """
    from casescope.cli.audit_words import in_words
    from casescope.disclosure.audit import audit as audited
    from casescope.disclosure.audit.fix import WAYS, propose
    from casescope.disclosure.audit.folder import read_folder, rules_of
    from casescope.disclosure.audit.record import as_record
    from casescope.disclosure.pack import load

    pack = load(rules) if rules else None
    read = read_folder(folder, known, pack)
    progress: Progress = Lines() if len(read.figures) > _AT_ONCE else Silent()
    done = audited(read.figures, rules=rules_of(pack), groups=read.groups, more=read.more,
                   progress=progress, every=as_json)  # fmt: skip
    fixes = propose(done, ways=[way for way in WAYS if not ways or way in ways], progress=progress)
    if as_json:
        click.echo(as_json_text(as_record(done, fixes, read.sha256)))
    else:
        click.echo(in_words(done, fixes, read.tables))
    _end(done)


def _end(done: "Audit") -> None:
    """Refuse where something is given away, so that a script sees it."""
    if done.passed:
        return
    sys.stdout.flush()
    many = len(done.failures)
    raise GivenAway(
        f"{many:,} {'count is' if many == 1 else 'counts are'} given away.",
        "Don't publish before it is mended; what is out already stays out.",
    )
