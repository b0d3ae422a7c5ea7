"""casescope partner: the partner's side; it needs casescope and the files carried to it."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from casescope.cli.context import Context
from casescope.cli.given import remember
from casescope.cli.progress import Lines
from casescope.cli.study import AS_JSON, as_json_text
from casescope.kernel.commands import command
from casescope.kernel.text_file import read_text

if TYPE_CHECKING:
    from casescope.exchange.workspace.clocks import Clocks
    from casescope.exchange.workspace.leasing import How
    from casescope.exchange.workspace.session import Session

WORKSPACE = click.argument(
    "workspace", type=click.Path(path_type=Path, file_okay=False), callback=remember
)  # fmt: skip
FILE = click.Path(path_type=Path, dir_okay=False, exists=True)
FOLDER = click.Path(path_type=Path, file_okay=False)

_F = TypeVar("_F", bound=Callable[..., Any])

_OPTIONS: tuple[Callable[[Any], Any], ...] = (
    click.option("--authority", metavar="FINGERPRINT", default="",
                 help="The council's fingerprint, as read to you over the telephone."),
    click.option("--inbox", type=FOLDER, default=None,
                 help="Where the answer will be put [WORKSPACE/inbox]."),
    click.option("--outbox", type=FOLDER, default=None,
                 help="Where to put messages to the council [WORKSPACE/outbox]."),
    click.option("--wait", type=click.FloatRange(min=0), default=86_400.0, metavar="SECONDS",
                 help="How long to wait for the answer [a day]."),
    click.option("--new-lease", "afresh", is_flag=True,
                 help="Ask for a lease though one is kept, whose passphrase is lost."),
    click.option("--do", "doing", multiple=True, metavar="COMMAND",
                 help="Do this in the session instead of asking; may be given again."),
    click.option("--script", type=FILE, default=None,
                 help="Do what is in this file, a command a line, SQL up to its semicolon."),
    AS_JSON,
)  # fmt: skip


def _session_options(function: _F) -> _F:
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


@click.group()
def partner() -> None:
    """Work on a dataset that a council shared: begin, open, analyse, finish."""


@partner.command()
@WORKSPACE
@click.option("--name", required=True, help="Who you are, as the council knows you.")
@click.option("--contact", required=True, help="Where whoever answers for the data is reached.")
@click.option("--declared-place", "declared", multiple=True, metavar="FOLDER",
              help="A network drive or synchronised folder that stays in the United Kingdom and "
              "that you answer for; may be given again. Any other is refused.")  # fmt: skip
@click.pass_obj
def init(
    context: Context, workspace: Path, name: str, contact: str, declared: tuple[str, ...]
) -> None:
    """Make the folder WORKSPACE, its keys elsewhere, and the card to give to the council."""
    from casescope.actions.partner.partner import init as action

    begun = action(
        workspace, name=name, contact=contact, actor=context.actor, clocks=_clocks(context),
        declared=declared,
    )  # fmt: skip
    click.echo(f"Wrote {begun.card}")
    click.echo(f"  fingerprint  {begun.fingerprint}")
    click.echo("Give the card to the council, by any way. Then telephone the person there whom you")
    click.echo("know, and read the fingerprint to them: they type in what they hear, not what came")
    click.echo(
        "with the card. Ask for theirs in return, for --authority when you open the package."
    )
    click.echo(f"Your keys lie in {begun.place.keys}, apart from the workspace: a backup of the")
    click.echo("workspace should not hold them. Next, when a package comes:")
    words = ("open", workspace, "PACKAGE", "--authority", "FINGERPRINT")
    click.echo(f"  {command('partner', *words)}")


@partner.command("open")
@WORKSPACE
@click.argument("package", type=FILE)
@_session_options
@click.pass_obj
def open_(context: Context, /, workspace: Path, package: Path, **said: Any) -> None:  # noqa: ANN401 — the options above
    """Check PACKAGE, take it into WORKSPACE, ask for a lease, and open a session under it."""
    from casescope.actions.partner.partner import open_package

    _in_session(
        open_package(
            workspace, package, how=_how(workspace, said), authority=said["authority"],
            actor=context.actor, clocks=_clocks(context),
        ),
        said,
    )  # fmt: skip


@partner.command()
@WORKSPACE
@_session_options
@click.pass_obj
def analyse(context: Context, /, workspace: Path, **said: Any) -> None:  # noqa: ANN401 — the options above
    """Open WORKSPACE's package once more: asks for a lease, or takes up one that still holds."""
    from casescope.actions.partner.partner import analyse as action

    _in_session(
        action(
            workspace, how=_how(workspace, said), actor=context.actor, clocks=_clocks(context),
            authority=said["authority"],
        ),
        said,
    )  # fmt: skip


@partner.command()
@WORKSPACE
@click.option("--look", "folders", type=FOLDER, multiple=True,
              help="Look for copies in this folder too; may be given again.")  # fmt: skip
@click.option("--strays-remain", "remain", metavar="REASON", default="",
              help="Finish although copies were found; the receipt says why.")  # fmt: skip
@AS_JSON
@click.pass_obj
def finish(
    context: Context, workspace: Path, folders: tuple[Path, ...], remain: str, as_json: bool
) -> None:
    """Look for copies, destroy keys, package and notes, and sign a receipt that says so."""
    from casescope.actions.partner.partner import finish as action
    from casescope.cli.partner_words import finished, finished_json

    done = action(
        workspace, folders, actor=context.actor, clocks=_clocks(context), remain=remain,
        progress=Lines(),
    )  # fmt: skip
    click.echo(as_json_text(finished_json(done)) if as_json else finished(done))


@partner.command()
@WORKSPACE
@AS_JSON
@click.pass_obj
def show(context: Context, workspace: Path, as_json: bool) -> None:
    """Show how WORKSPACE stands: its package, its sessions, what the council has seen."""
    from casescope.actions.partner.partner import show as action
    from casescope.cli.partner_words import stands

    told = action(workspace, actor=context.actor, clocks=_clocks(context))
    click.echo(as_json_text(told) if as_json else stands(told))


def _clocks(context: Context) -> "Clocks":
    """Return the machine's clocks, on the day that the context says it is."""
    from dataclasses import replace

    from casescope.exchange.workspace.clocks import machine_clocks

    machine = machine_clocks()

    def wall() -> datetime:
        return datetime.combine(context.today(), machine.wall().timetz())

    return replace(machine, wall=wall)


def _how(workspace: Path, said: dict[str, Any]) -> "How":
    from casescope.cli.partner_words import Told
    from casescope.cli.password import ask_passphrase
    from casescope.exchange.workspace.leasing import How

    inbox = said["inbox"] or workspace / "inbox"
    return How(
        Told(inbox),
        ask_passphrase,
        said["inbox"],
        said["outbox"],
        said["wait"],
        said["afresh"],
        Lines(),
    )


def _in_session(opening: "AbstractContextManager[Session]", said: dict[str, Any]) -> None:
    """Open a session and do what was asked: the commands given, a script, or a conversation."""
    from casescope.cli.partner_prompt import converse, do_all, split

    script: Path | None = said["script"]
    given: Sequence[str] = [
        *said["doing"],
        *(split(read_text(script)) if script else ()),
    ]
    with opening as session:
        if given:
            do_all(session, given, as_json=said["as_json"])
        else:
            converse(session, as_json=said["as_json"])
