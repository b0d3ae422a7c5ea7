"""casescope hold: keep a person's rows beyond the end, see what is held, read it, end it."""

from datetime import date
from pathlib import Path
from typing import Any

import click

from casescope.cli.context import Context
from casescope.cli.study import AS_JSON, HOME, Day, as_json_text
from casescope.cli.terminal import printable
from casescope.kernel.counting import counted

GROUNDS = ("rights", "complaint", "breach")


@click.command()
@HOME
@click.argument("person", required=False, default="")
@click.option(
    "--ground",
    type=click.Choice(GROUNDS),
    help="An open request about her rights, an open complaint, or a breach being looked into.",
)
@click.option("--until", type=Day(), help="The day until which her rows are kept.")
@click.option("--reason", default="", help="Why; kept in the ledger. Name nobody.")
@click.option("--prolong", metavar="ID", default="", help="Let a hold last until a later day.")
@click.option("--end", metavar="ID", default="", help="End a hold: what it kept is destroyed.")
@click.option("--read", metavar="ID", default="", help="Read what a hold keeps of an ended study.")
@click.option(
    "--to", type=click.Path(path_type=Path, dir_okay=False), help="The new JSON file for --read."
)
@AS_JSON
@click.pass_obj
def hold(
    context: Context,
    home: Path,
    person: str,
    ground: str | None,
    until: date | None,
    reason: str,
    prolong: str,
    end: str,
    read: str,
    to: Path | None,
    as_json: bool,
) -> None:
    """Keep a PERSON's rows, and only hers, when the study ends; without PERSON, list the holds.

    PERSON is the case-system id of any of her records, her subject id, or a child's 903 id.
    """
    if sum(map(bool, (person, prolong, end, read))) > 1:
        raise click.UsageError("Name a person, or --prolong, --end or --read a hold: one of them.")
    if person:
        _hold(context, home, person, ground=ground, until=until, reason=reason)
    elif prolong:
        _prolong(context, home, prolong, until, reason)
    elif end:
        _end(context, home, end, reason)
    elif read:
        _read(context, home, read, to, reason)
    else:
        _list(context, home, as_json=as_json)


def _hold(
    context: Context,
    home: Path,
    person: str,
    *,
    ground: str | None,
    until: date | None,
    reason: str,
) -> None:
    from casescope.actions.ending import hold as actions
    from casescope.governance.holds import Ground

    if ground is None or until is None:
        raise click.UsageError("A hold needs --ground, --until and --reason.")
    made = actions.hold(
        home, person, ground=Ground(ground), until=until, reason=reason,
        actor=context.actor, today=context.today(),
    )  # fmt: skip
    click.echo(f"{made.hold_id}: when the study ends, the rows of this person and her children are")
    click.echo(f"kept until {until.isoformat()}, for {made.ground.words}. Everything else goes.")


def _prolong(context: Context, home: Path, hold_id: str, until: date | None, reason: str) -> None:
    from casescope.actions.ending import hold as actions

    if until is None:
        raise click.UsageError("Say with --until which later day.")
    actions.prolong(
        home, hold_id, until=until, reason=reason, actor=context.actor, today=context.today()
    )
    click.echo(f"{hold_id} lasts until {until.isoformat()}.")


def _end(context: Context, home: Path, hold_id: str, reason: str) -> None:
    from casescope.actions.ending import hold as actions

    actions.end(home, hold_id, reason=reason, actor=context.actor, today=context.today())
    click.echo(f"{hold_id} is ended; what it kept is destroyed.")


def _read(context: Context, home: Path, hold_id: str, to: Path | None, reason: str) -> None:
    from casescope.actions.ending import hold as actions

    if to is None:
        raise click.UsageError("Say with --to which new file to write.")
    rows = actions.read_hold(
        home, hold_id, to, reason=reason, actor=context.actor, today=context.today()
    )
    click.echo(
        f"Wrote {counted(sum(rows.values()), 'row')} of {counted(len(rows), 'table')} to {to}."
    )
    click.echo("It names her and others in plain text: delete it as soon as it has served.")


def _list(context: Context, home: Path, *, as_json: bool) -> None:
    from casescope.actions.ending import hold as actions

    found = actions.holds(home, actor=context.actor, today=context.today())
    if as_json:
        click.echo(as_json_text(found))
        return
    for one in found:
        click.echo(printable(_line(one)))
    if not found:
        click.echo("Nothing is held: when the study ends, every row goes.")


def _line(one: dict[str, Any]) -> str:
    rows = "" if one["rows"] is None else f", {counted(one['rows'], 'row')}"
    return (f"{one['hold_id']:<4} {one['state']:<12} until {one['until']}  {one['ground']}{rows}; "
            f"{one['by']}, {one['on']}: {one['reason']}")  # fmt: skip
