"""casescope verify: what a file proves and what not, offline."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from casescope.cli.study import AS_JSON, as_json_text
from casescope.cli.terminal import printable

if TYPE_CHECKING:
    from casescope.exchange.reading import Reading


@click.command()
@click.argument(
    "files", metavar="FILE…", nargs=-1, required=True,
    type=click.Path(path_type=Path, dir_okay=False),
)  # fmt: skip
@AS_JSON
def verify(files: tuple[Path, ...], as_json: bool) -> None:
    """Say what each FILE is, what it proves and what it does not.

    A package, card, lease, receipt or other message of the exchange, a certificate of ending (its
    PDF too, with certificate.json beside it), a ledger export, or a released file with its record.
    Needs no study, no key and no network.
    """
    from casescope.actions.ledger.verify import verify as action
    from casescope.kernel.errors import LedgerBroken

    readings = []
    for file in files:  # told one by one, so that what is sound is told before a refusal
        readings.append((file, action(file)))
        if not as_json:
            click.echo("\n".join(map(printable, _said(*readings[-1]))))
    if as_json:
        click.echo(as_json_text([{"file": str(file), **_plain(one)} for file, one in readings]))
    if any(one.faults for _, one in readings):
        raise LedgerBroken(
            "What the file shows contradicts itself.",
            "Rely on nothing in it; tell the data protection officers of both sides.",
        )


def _said(file: Path, one: "Reading") -> list[str]:
    """Return the lines that tell of one file, faults first."""
    return [
        f"{file.name}: {_a(one.kind)}",
        f"  {one.what}",
        *(f"  CONTRADICTION: {line}" for line in one.faults),
        *(f"    {name:<14} {value}" for name, value in one.facts),
        "  This proves:",
        *(f"    + {line}" for line in one.proves),
        "  This does not prove:",
        *(f"    - {line}" for line in one.does_not_prove),
        "  Keys, to compare over the telephone:",
        *(f"    {name:<14} {value}" for name, value in one.fingerprints.items()),
    ]


def _a(kind: str) -> str:
    return f"{'an' if kind[:1] in 'aeiou' else 'a'} {kind}"


def _plain(one: "Reading") -> dict[str, object]:
    return {**vars(one), "facts": [{"name": name, "value": value} for name, value in one.facts],
            "sound": not one.faults}  # fmt: skip
