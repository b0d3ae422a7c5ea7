"""casescope ledger: verify and show who did what, when."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from casescope.cli.context import Context
from casescope.cli.study import AS_JSON, HOME, as_json_text

if TYPE_CHECKING:
    from casescope.actions._verdict import Verdict
    from casescope.governance.ledger import Entry


@click.group()
def ledger() -> None:
    """Verify and show the ledger: who did what, when."""


@ledger.command()
@click.argument(
    "home", required=False, type=click.Path(path_type=Path, file_okay=False), default=None
)
@AS_JSON
@click.pass_obj
def verify(context: Context, home: Path | None, as_json: bool) -> None:
    """Verify one study's ledger, or every study's without HOME, against the heads kept apart."""
    from casescope.actions import ledger as actions
    from casescope.kernel.errors import LedgerBroken

    if home is None:
        verdicts = actions.verify_all()
    else:
        verdicts = (actions.verify(home, actor=context.actor, today=context.today()),)
    for verdict in () if as_json else verdicts:
        click.echo(_verdict(verdict))
    if as_json:
        click.echo(as_json_text([verdict.as_dict() for verdict in verdicts]))
    if any(verdict.faults for verdict in verdicts):
        raise LedgerBroken(
            "A ledger no longer proves what was done.", "Tell the data protection officer."
        )


def _verdict(verdict: "Verdict") -> str:
    if not verdict.faults:
        return f"Study {verdict.study_id}: {verdict.entries} entries, sound; {verdict.hash}"
    return "\n".join([f"Study {verdict.study_id}: BROKEN", *verdict.faults])


@ledger.command()
@HOME
@AS_JSON
@click.pass_obj
def show(context: Context, home: Path, as_json: bool) -> None:
    """Show a study's ledger, oldest entry first."""
    from casescope.actions import ledger as actions

    entries = actions.show(home, actor=context.actor, today=context.today())
    if as_json:
        click.echo(as_json_text([vars(entry) for entry in entries]))
    for entry in () if as_json else entries:
        click.echo(_entry(entry))


def _entry(entry: "Entry") -> str:
    refused = isinstance(entry.detail, dict) and entry.detail.get("refused")
    outcome = f"refused: {refused}" if refused else "done"
    return f"{entry.number:>5}  {entry.at}  {entry.actor:<16} {entry.action:<14} {outcome}"
