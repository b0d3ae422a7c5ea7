"""casescope ledger: verify, show and export who did what, when."""

from collections.abc import Iterable
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING

import click

from casescope.cli.context import Context
from casescope.cli.study import AS_JSON, HOME, as_json_text
from casescope.cli.terminal import printable
from casescope.kernel.commands import command
from casescope.kernel.counting import counted

if TYPE_CHECKING:
    from casescope.actions.gate.verdict import Verdict
    from casescope.governance.record.export import ExportVerdict
    from casescope.governance.record.ledger import Entry

NOT_TOLD = (
    "Not held against an earlier checkpoint: if entries were cut off at its end and the rest "
    "signed again, this alone cannot tell (--against)."
)

THE_OTHER_WAY = (
    "If the file held against it is the later one, that is no fault: give them the other way round."
)


@click.group()
def ledger() -> None:
    """Verify, show and export the ledger: who did what, when."""


@ledger.command()
@click.argument("what", metavar="[HOME|FILE]", required=False, type=click.Path(path_type=Path))
@click.option(
    "--against",
    metavar="FILE",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="An earlier checkpoint or export of this ledger: its entries must still be there.",
)
@AS_JSON
@click.pass_obj
def verify(context: Context, what: Path | None, against: Path | None, as_json: bool) -> None:
    """Verify a ledger: a study's, against the head kept with its keys; every study's; or a FILE.

    A FILE is what casescope ledger export wrote, here or at the partner. It is verified offline,
    with no study at hand.
    """
    if what is not None and what.is_file():
        _verify_file(what, against, as_json=as_json)
        return
    from casescope.actions.ledger import ledger as actions

    if what is None and against is not None:
        raise click.UsageError("--against needs the HOME or FILE that is to be verified.")
    verdicts = (
        actions.verify_all()
        if what is None
        else (actions.verify(what, against=against, actor=context.actor, today=context.today()),)
    )
    for verdict in () if as_json else verdicts:
        click.echo(_verdict(verdict))
    if as_json:
        click.echo(as_json_text([verdict.as_dict() for verdict in verdicts]))
    _check(any(verdict.faults for verdict in verdicts))


def _verify_file(file: Path, against: Path | None, *, as_json: bool) -> None:
    from casescope.actions.ledger import ledger_file

    verdict = ledger_file.verify(file, against)
    click.echo(as_json_text(verdict.as_dict()) if as_json else _export(verdict))
    _check(bool(verdict.faults))


def _check(broken: bool) -> None:
    from casescope.kernel.errors import LedgerBroken

    if broken:
        raise LedgerBroken(
            "A ledger no longer proves what was done.", "Tell the data protection officer."
        )


def _verdict(verdict: "Verdict") -> str:
    if verdict.faults:
        return _shown([f"Study {verdict.study_id}: BROKEN", *verdict.faults])
    sound = f"Study {verdict.study_id}: {_entries(verdict.entries)}, sound; {verdict.hash}"
    return sound if verdict.against is None else f"{sound}\n{_begins(verdict.against)}"


def _entries(count: int) -> str:
    return counted(count, "entry", "entries")


def _begins(count: int) -> str:
    return f"It begins with the {_entries(count)} of the earlier checkpoint."


def _export(verdict: "ExportVerdict") -> str:
    export = verdict.export
    count = len(export.hashes)
    lines = [
        f"Ledger {export.origin}: {'BROKEN' if verdict.faults else f'{_entries(count)}, sound'}",
        *verdict.faults,
        f"Exported on {export.on.isoformat()}, signed with the key {export.fingerprint}.",
    ]
    if not export.entries and count:
        lines.append("Without details: hashes alone, which tell nothing of what was done.")
    for one in verdict.witnesses:
        at = one.at.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")
        lines.append(f"{one.by} countersigned it on {at}, when it had {_entries(one.size)}.")
    return _shown([*lines, *_compared(verdict)])


def _shown(lines: Iterable[str]) -> str:
    """Return lines that hold words of a file, or of an officer, as a terminal may show them."""
    return "\n".join(map(printable, lines))


def _compared(verdict: "ExportVerdict") -> list[str]:
    if verdict.against is None:
        return [NOT_TOLD]
    if verdict.against.size > len(verdict.export.hashes):
        return [THE_OTHER_WAY]
    return [] if verdict.faults else [_begins(verdict.against.size)]


@ledger.command()
@HOME
@AS_JSON
@click.pass_obj
def show(context: Context, home: Path, as_json: bool) -> None:
    """Show a study's ledger, oldest entry first."""
    from casescope.actions.ledger import ledger as actions

    entries = actions.show(home, actor=context.actor, today=context.today())
    if as_json:
        click.echo(as_json_text([vars(entry) for entry in entries]))
    for entry in () if as_json else entries:
        click.echo(_shown([_entry(entry)]))


@ledger.command()
@HOME
@click.option(
    "--out",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where to write it (default: the study folder's outbox).",
)
@click.option(
    "--without-details",
    is_flag=True,
    help="Write hashes alone: it can be verified, and tells nothing of what was done.",
)
@AS_JSON
@click.pass_obj
def export(
    context: Context, home: Path, out: Path | None, without_details: bool, as_json: bool
) -> None:
    """Write a study's ledger as a signed file that anybody can verify offline, at any stage."""
    from casescope.actions.ledger import ledger as actions

    made = actions.export(home, out, details=not without_details, actor=context.actor,
                          today=context.today())  # fmt: skip
    if as_json:
        click.echo(as_json_text(vars(made)))
        return
    click.echo(f"{_entries(made.entries)} written to {made.path}")
    click.echo(f"Signed with the study's key {made.fingerprint}.")
    click.echo(f"Verify it anywhere: {command('ledger', 'verify', made.path)}")


def _entry(entry: "Entry") -> str:
    refused = isinstance(entry.detail, dict) and entry.detail.get("refused")
    outcome = f"refused: {refused}" if refused else "done"
    return f"{entry.number:>5}  {entry.at}  {entry.actor:<16} {entry.action:<14} {outcome}"
