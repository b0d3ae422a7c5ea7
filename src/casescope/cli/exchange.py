"""casescope card, send, lease, receive, exchange: the council's side of the exchange."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from casescope.cli.context import Context
from casescope.cli.progress import Lines
from casescope.cli.study import AS_JSON, HOME, as_json_text
from casescope.cli.terminal import printable
from casescope.kernel.commands import command
from casescope.kernel.counting import counted

FILE = click.Path(path_type=Path, dir_okay=False)
FOLDER = click.Path(path_type=Path, file_okay=False)
REASON = click.option("--reason", required=True, help="Why; kept in the ledger. Name nobody.")
FINGERPRINT = click.option(
    "--fingerprint", default="", help="What the partner read out over the telephone."
)


def _now() -> datetime:
    """Return the machine's time; the day of every rule is the context's."""
    return datetime.now(UTC).astimezone()


@click.group()
def card() -> None:
    """Partners' cards: add one by its fingerprint, list them, suspend a partner, resume it."""


@card.command()
@HOME
@click.argument("file", metavar="CARD", type=FILE)
@FINGERPRINT
@click.pass_obj
def add(context: Context, home: Path, file: Path, fingerprint: str) -> None:
    """Add a partner's CARD, if what its owner reads out over the telephone is its fingerprint."""
    from casescope.actions.sharing.card import add as action

    typed = fingerprint or _heard(file)
    told = action(home, file, fingerprint=typed, actor=context.actor, today=context.today())
    click.echo(printable(f"{told['name']} is added: {told['fingerprint']}"))
    if not told["named_in_study"]:
        click.echo(printable(
            f"Note: study.toml names “{told['study_names']}” as the partner, and this card says "
            f"“{told['name']}”. Share only with whom the agreement names."
        ))  # fmt: skip


def _heard(file: Path) -> str:
    """Ask whoever is at the keyboard for what they heard; without a terminal it must be given."""
    if not _at_a_terminal():
        raise click.UsageError("Give --fingerprint, as the partner read it out.")
    click.echo(f"Call the partner on a number you knew before {file.name} came, and let them")
    click.echo("read out the fingerprint of their card. It is not shown here.")
    return str(click.prompt("What they read out"))


def _at_a_terminal() -> bool:
    return sys.stdin.isatty()


@card.command("list")
@HOME
@AS_JSON
@click.pass_obj
def list_(context: Context, home: Path, as_json: bool) -> None:
    """List the partners whose cards were added."""
    from casescope.actions.sharing.card import cards

    rows = cards(home, actor=context.actor, today=context.today())
    if as_json:
        click.echo(as_json_text(rows))
        return
    for row in rows:
        state = f"suspended since {row['suspended_on']}" if row["suspended_on"] else "counts"
        click.echo(printable(f"{row['fingerprint']}  {row['name']}: {state}"))
    if not rows:
        click.echo("No partner's card was added.")


@card.command()
@HOME
@click.argument("name")
@REASON
@click.pass_obj
def suspend(context: Context, home: Path, name: str, reason: str) -> None:
    """Suspend a partner: it gets no package and no lease until it is resumed."""
    from casescope.actions.sharing.card import suspend as action

    told = action(home, name, reason=reason, actor=context.actor, today=context.today())
    click.echo(printable(f"{told['name']} is suspended."))
    click.echo("A lease that runs already lasts its hours: it cannot be called back.")


@card.command()
@HOME
@click.argument("name")
@REASON
@click.pass_obj
def resume(context: Context, home: Path, name: str, reason: str) -> None:
    """Let a suspended partner count again."""
    from casescope.actions.sharing.card import resume as action

    told = action(home, name, reason=reason, actor=context.actor, today=context.today())
    click.echo(printable(f"{told['name']} counts again."))


@click.command()
@HOME
@click.option("--to", required=True, metavar="CARD|NAME", help="Whom to send to.")
@click.option("--recoding", default="", help="A proposal of casescope risk [the first].")
@FINGERPRINT
@AS_JSON
@click.pass_obj
def send(
    context: Context, home: Path, to: str, recoding: str, fingerprint: str, as_json: bool
) -> None:
    """Seal the shared dataset for a partner; a second one replaces the first and ends it."""
    from casescope.actions.sharing.card import add as add_card
    from casescope.actions.sharing.send import send as action

    if fingerprint and Path(to).is_file():
        add_card(home, Path(to), fingerprint=fingerprint, actor=context.actor,
                 today=context.today())  # fmt: skip
    told: dict[str, Any] = action(
        home, to=to, recoding=recoding, actor=context.actor, today=context.today(), now=_now(),
        progress=Lines(),
    )  # fmt: skip
    click.echo(as_json_text(told) if as_json else _sent(told, home))


def _sent(told: dict[str, Any], home: Path) -> str:
    figures, lease = told["disclosure"], told["lease"]
    lines = [
        f"Version {told['version']} for {told['partner']}: {told['path']}",
        f"  rows      {counted(figures['women'], 'woman', 'women')}, {told['left_out']} left "
        f"out, recoding “{told['recoding']}”",
        f"  risk      at least {counted(figures['k'], 'woman', 'women')} alike, "
        f"{figures['uniques']} alone",
        f"  opens     with the partner's key and a lease of yours: {lease['mode']}, at most "
        f"{counted(lease['hours'], 'hour')}, until {told['ends_on']}",
        f"  sha256    {told['sha256']}",
        f"  signed    {told['fingerprint']}, your fingerprint: read it out to the partner over the",
        "            telephone, for --authority",
    ]
    if told["replaces"]:
        lines.append(f"  replaces  {told['replaces']}, which gets no lease any more")
    if not told["worth_it"]:
        lines += ["By the risk panel's rule this is not worth sharing, and the ledger says so:",
                  f"  {told['verdict']}"]  # fmt: skip
    lines += ["Next: give the file to the partner. When their request comes back:",
              f"  {command('lease', 'grant', home, 'REQUEST')}"]  # fmt: skip
    return "\n".join(map(printable, lines))


@click.group()
def lease() -> None:
    """Leases, without which a partner opens nothing: grant one, list them."""


@lease.command()
@HOME
@click.argument("request", type=FILE)
@click.option("--hours", type=click.IntRange(1), default=None, help="Fewer than were asked for.")
@click.option("--out", type=FILE, default=None, help="Where to write it [HOME/outbox].")
@AS_JSON
@click.pass_obj
def grant(
    context: Context, home: Path, request: Path, hours: int | None, out: Path | None, as_json: bool
) -> None:
    """Answer a partner's REQUEST with a lease, or say why none is given."""
    from casescope.actions.sharing.lease import grant as action

    told = action(
        home, request, hours=hours, out=out, actor=context.actor, today=context.today(), now=_now()
    )  # fmt: skip
    if as_json:
        click.echo(as_json_text(told))
        return
    click.echo(f"Wrote {told['path']}")
    click.echo(printable(f"  {_lease(told)}"))
    click.echo("  It opens in the one session that asked for it, and in no other.")


@lease.command("list")
@HOME
@AS_JSON
@click.pass_obj
def leases(context: Context, home: Path, as_json: bool) -> None:
    """List every lease that was granted."""
    from casescope.actions.sharing.lease import leases as action

    rows = action(home, actor=context.actor, today=context.today())
    if as_json:
        click.echo(as_json_text(rows))
        return
    for row in rows:
        click.echo(printable(f"{row['granted_at']}  {_lease(row)}, granted by {row['granted_by']}"))
    if not rows:
        click.echo("No lease was granted.")


def _lease(row: dict[str, Any]) -> str:
    return (f"{row['partner']}, package {row['package'][:8]}: {counted(row['hours'], 'hour')} "
            f"from opening, "
            f"{row['mode']}, never past {row['last_day']}")  # fmt: skip


@click.command()
@HOME
@click.argument("file", type=FILE)
@click.option("--to", type=FOLDER, default=None, help="Where findings go [HOME/partner].")
@AS_JSON
@click.pass_obj
def receive(context: Context, home: Path, file: Path, to: Path | None, as_json: bool) -> None:
    """Take in what a partner sent: an acknowledgement, findings or a receipt."""
    from casescope.actions.sharing.receive import receive as action

    told = action(home, file, to=to, actor=context.actor, today=context.today())
    if as_json:
        click.echo(as_json_text(told))
        return
    click.echo(printable(f"Taken in: {told['kind']} of {told['partner']}"))
    for name, value in told.items():
        if name not in ("kind", "partner"):
            shown = ", ".join(value) if isinstance(value, list) else value
            click.echo(
                printable(f"  {name.replace('_', ' '):<12} {'none' if shown == 0 else shown}")
            )


@click.command()
@HOME
@AS_JSON
@click.pass_obj
def exchange(context: Context, home: Path, as_json: bool) -> None:
    """Show what was sent to partners, what they may open, and what came back."""
    from casescope.actions.sharing.exchange import exchange as action

    told = action(home, actor=context.actor, today=context.today())
    click.echo(as_json_text(told) if as_json else "\n".join(_lines(told)))


def _lines(told: dict[str, Any]) -> list[str]:
    if not told["partners"]:
        return ["No partner's card was added, and nothing was sent."]
    ours = told["fingerprint"] or "not made yet: the first sending makes it"
    lines = [f"Your fingerprint, for partners to compare: {ours}"]
    lines += [line for row in told["partners"] for line in _partner(row)]
    return [printable(line) for line in lines]


def _partner(row: dict[str, Any]) -> list[str]:
    state = f", suspended since {row['suspended_on']}" if row["suspended_on"] else ""
    ledger = row["ledger"]
    return [
        f"{row['name']}{state}",
        f"  card      {row['fingerprint']}",
        *(f"  version {one['version']:<2}{_package(one)}" for one in row["packages"]),
        *(f"  received  {one['kind']}, {one['on']}" for one in row["received"]),
        f"  ledgers   {counted(ledger['of_ours_seen'], 'entry', 'entries')} of ours they "
        f"countersigned, "
        f"{ledger['of_theirs_kept']} of theirs we keep",
    ]


def _package(one: dict[str, Any]) -> str:
    if one["superseded_on"]:
        state = f"replaced {one['superseded_on']}: opens no more"
    elif one["new_version_due"]:
        state = "opens no more until a new version is sent: what it was made from has changed"
    else:
        known = one["acknowledged_on"]
        state = f"taken in by them, {known}" if known else "not acknowledged yet"
    count = len(one["leases"])
    return f" sent {one['sent_on']}, {state}; {count} lease{'' if count == 1 else 's'}"
