"""casescope study: begin a study, approve, extend, end it, and see how it stands."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from casescope.cli.context import Context
from casescope.cli.given import remember
from casescope.cli.progress import Lines
from casescope.kernel.commands import command

HOME = click.argument(
    "home", type=click.Path(path_type=Path, file_okay=False), callback=remember
)  # fmt: skip
ATTEST = click.option(
    "--attest", "attested", default="", metavar="TEXT",
    help="What you state besides, in the certificate: what was deleted elsewhere, when backups "
    "expire. Name no woman and no child.",
)  # fmt: skip
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of words.")


class Day(click.ParamType[date]):
    """A day written as 2026-10-31."""

    name = "date"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """Return the day, or refuse with how to write it."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail("must be a day written as 2026-10-31", param, ctx)


def as_json_text(value: object) -> str:
    """Return a value as indented JSON; days as ISO 8601."""
    return json.dumps(value, indent=2, ensure_ascii=False, default=_plain)


def _plain(value: object) -> str:
    if isinstance(value, date | datetime | Path):
        return value.isoformat() if isinstance(value, date) else str(value)
    raise TypeError(f"{type(value).__name__} is not for printing")


@click.group()
def study() -> None:
    """Begin a study, approve, extend, end it, and see how it stands."""


@study.command()
@HOME
@click.option(
    "--from",
    "from_file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A study.toml, whole or in part; what it states is kept.",
)
@click.pass_obj
def new(context: Context, home: Path, from_file: Path | None) -> None:
    """Begin a study in the folder HOME, with a commented study.toml to fill in."""
    from casescope.actions.study import study as actions

    permit = actions.create(home, from_file=from_file, actor=context.actor, today=context.today())
    click.echo(f"A study was begun in {permit.home}.")
    click.echo(f"Read and fill in {permit.home / 'study.toml'}, then have it approved:")
    references = ("--dpia", "REF", "--agreement", "REF", "--notice", "REF", "--basis", "TEXT")
    click.echo(f"  {command('study', 'approve', home, *references)}")


@study.command()
@HOME
@AS_JSON
@click.pass_obj
def show(context: Context, home: Path, as_json: bool) -> None:
    """Show how the study stands and what can be done now."""
    from casescope.actions.study import study as actions
    from casescope.cli.standing import in_words

    standing = actions.show(home, actor=context.actor, today=context.today())
    click.echo(as_json_text(standing) if as_json else in_words(standing))


@study.command()
@HOME
@AS_JSON
@click.pass_context
def check(ctx: click.Context, home: Path, as_json: bool) -> None:
    """Check study.toml, keys, ledger and layers; say everything that is wrong at once."""
    from casescope.actions.study import study as actions

    context: Context = ctx.obj
    result: dict[str, Any] = actions.check(home, actor=context.actor, today=context.today())
    click.echo(as_json_text(result) if as_json else _checked(result))
    if result["problems"]:
        ctx.exit(result["problems"][0]["exit_code"])


def _checked(result: dict[str, Any]) -> str:
    lines = [f"{one['sentence']} {one['remedy']}".strip() for one in result["problems"]]
    return "\n".join(lines or ["Nothing is wrong with this study."]) + "".join(
        f"\nNote: {caveat}" for caveat in result["caveats"]
    )


@study.command()
@HOME
@click.option("--dpia", required=True, help="Reference of the impact assessment.")
@click.option("--agreement", required=True, help="Reference of the sharing agreement.")
@click.option("--notice", default="", help="Reference of the privacy notice [study.toml's].")
@click.option("--basis", default="", help="The lawful basis [study.toml's].")
@click.option("--notice-published", type=Day(), help="When it was published [today].")
@click.option("--objection-days", type=int, help="Days in which objections are awaited [28].")
@click.pass_obj
def approve(
    context: Context,
    home: Path,
    dpia: str,
    agreement: str,
    notice: str,
    basis: str,
    notice_published: date | None,
    objection_days: int | None,
) -> None:
    """Answer for the study: nothing is loaded before this."""
    from casescope.actions.study import study as actions

    approval = actions.approve(
        home, dpia=dpia, agreement=agreement, notice=notice, basis=basis,
        notice_published=notice_published, objection_days=objection_days,
        actor=context.actor, today=context.today(),
    )  # fmt: skip
    click.echo(f"The study is approved by {approval.by} on {approval.on.isoformat()}.")
    click.echo(f"Objections are awaited until {approval.objection_until.isoformat()}.")
    for one in approval.study.roles.reviewers:
        click.echo(f"You answer for this key being that of {one.name}: {one.fingerprint}")
    click.echo(f"Next, by an analyst: {command('load', home, 'FOLDER')}")


@study.command("approve-working")
@HOME
@click.option("--reason", required=True, help="Why; kept in the ledger. Name nobody.")
@click.option("--withdraw", is_flag=True, help="Withdraw it, and remove the report.")
@click.pass_obj
def approve_working(context: Context, home: Path, reason: str, withdraw: bool) -> None:
    """Allow small counts in the working edition (data protection officer only)."""
    from casescope.actions.study import study as actions

    act = actions.withdraw_working if withdraw else actions.approve_working
    act(home, reason=reason, actor=context.actor, today=context.today())
    if withdraw:
        click.echo(
            "The working edition follows the study's own rules again; its report is removed."
        )
        return
    click.echo("The working edition may show small counts, to staff who hold the records alone.")
    click.echo(f"Write it with: {command('report', home, '--small-counts')}")


@study.command()
@HOME
@click.option("--until", type=Day(), required=True, help="The new last day.")
@click.option("--reason", required=True, help="Why; kept in the ledger. Name nobody.")
@click.option("--notice", required=True, help="Reference of the reissued privacy notice.")
@click.pass_obj
def extend(context: Context, home: Path, until: date, reason: str, notice: str) -> None:
    """Give the study a later last day (data protection officer only)."""
    from casescope.actions.study import study as actions

    actions.extend(
        home, until=until, reason=reason, notice=notice,
        actor=context.actor, today=context.today(),
    )  # fmt: skip
    click.echo(f"The study now ends on {until.isoformat()}.")


@study.command()
@HOME
@click.option("--yes", is_flag=True, help="Do not ask whether you are sure.")
@ATTEST
@click.pass_obj
def close(context: Context, home: Path, yes: bool, attested: str) -> None:
    """End the study and destroy its keys: its data can never be read again; certify it."""
    from casescope.actions.ending import ending
    from casescope.actions.study import study as actions
    from casescope.cli.ending import issued_in_words, plan_in_words

    actor, today, progress = context.actor, context.today(), Lines()
    plan = ending.plan(home, actor=actor, today=today, progress=progress)
    click.echo(plan_in_words(plan))
    if not yes:
        click.confirm("Go on?", abort=True)
    made = actions.close(
        home, attested=attested, actor=actor, today=today, progress=progress
    )  # fmt: skip
    click.echo("The study is closed and its keys are destroyed.")
    click.echo(issued_in_words(made))


@study.command()
@HOME
@click.option("--reason", required=True, help="Why; kept in the ledger. Name nobody.")
@ATTEST
@click.pass_obj
def withdraw(context: Context, home: Path, reason: str, attested: str) -> None:
    """Give the study up and destroy its keys, without asking again; certify it."""
    from casescope.actions.study import study as actions
    from casescope.cli.ending import issued_in_words

    made = actions.withdraw(
        home, reason=reason, attested=attested, actor=context.actor, today=context.today(),
        progress=Lines(),
    )  # fmt: skip
    click.echo("The study is withdrawn and its keys are destroyed.")
    click.echo(issued_in_words(made))


@study.command()
@HOME
@ATTEST
@AS_JSON
@click.pass_obj
def certificate(context: Context, home: Path, attested: str, as_json: bool) -> None:
    """Show an ended study's certificate; a new version where something has changed since.

    A copy that was deleted, a partner's receipt, a hold that ended make a new version.
    """
    from casescope.actions.ending import ending
    from casescope.cli.ending import issued_in_words

    made = ending.certificate(home, attested=attested, actor=context.actor, today=context.today())
    if as_json:
        click.echo((made.folder / "certificate.json").read_text(encoding="utf-8"))
        return
    click.echo(issued_in_words(made))
