"""casescope release: ask, answer, publish, view, withdraw; and check a released file."""

from datetime import date
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


@click.group()
def release() -> None:
    """Release the public edition: its author asks, two others answer, then it is published."""


@release.command()
@click.option("--key", "file", type=FILE, default=None, help="Where to put it.")
@click.option("--name", default="", help="Your user name where the study is kept [your own].")
@click.pass_obj
def key(context: Context, file: Path | None, name: str) -> None:
    """Make your own key, once, on your own machine; prints the line for study.toml."""
    from casescope.actions.report.answer import key as action

    line = action(file, name=name, actor=context.actor)
    click.echo("Your key is made; it stays on this machine. Give the approver this line, and let")
    click.echo("them read its numbers back to you, by telephone or in person:")
    click.echo(f'  "{line}"')


@release.command()
@HOME
@click.option("--context", "about", required=True,
              help="What it is for, who will read it; published with it. Name nobody.")  # fmt: skip
@click.pass_obj
def ask(context: Context, home: Path, about: str) -> None:
    """Ask for the release of HOME's public edition as it was written; writes a request file."""
    from casescope.actions.report.release import ask as action

    path = action(home, context=about, actor=context.actor, today=context.today(), progress=Lines())
    click.echo(f"Wrote {path}")
    click.echo("Give it to two reviewers. Each, on a machine of their own:")
    click.echo(f"  {command('release', 'answer', path.name, '--files', 'looked-at')}")


@release.command()
@click.argument("request", type=FILE)
@click.option("--accept", "outcome", flag_value="accept", default=None, help="Let it out.")
@click.option("--return", "outcome", flag_value="return", help="Give it back; needs --reason.")
@click.option("--reason", default="", help="Why, for the author and the other reviewer.")
@click.option("--files", "to", type=FOLDER, default=None, help="Write its files here, to look at.")
@click.option("--key", "key_file", type=FILE, default=None, help="Your key, if not in its place.")
@click.option("--out", type=FILE, default=None, help="Where to write the answer.")
@click.pass_obj
def answer(
    context: Context,
    request: Path,
    outcome: str | None,
    reason: str,
    to: Path | None,
    key_file: Path | None,
    out: Path | None,
) -> None:
    """Show what a REQUEST would let out; with --accept or --return, write a signed answer."""
    from casescope.actions.report import answer as actions

    asked = actions.look(request, to=to)
    click.echo(_asked(asked))
    if to is not None:
        click.echo(f"Its files are in {to}: look at them before you answer.")
    if outcome is None:
        click.echo("No answer was made. To make one: --accept, or --return with --reason.")
        return
    path = actions.answer(
        request, outcome, reason=reason, key_file=key_file, out=out, today=context.today()
    )
    click.echo(f"Wrote {path}: sealed, so only the study can open it. Give it to the author.")


@release.command()
@HOME
@click.argument("file", metavar="ANSWER", type=FILE)
@click.pass_obj
def take(context: Context, home: Path, file: Path) -> None:
    """Take a reviewer's ANSWER in; what it says is shown when both are in."""
    from casescope.actions.report.release import take as action

    click.echo(_stands(action(home, file, actor=context.actor, today=context.today())))


@release.command()
@HOME
@click.pass_obj
def publish(context: Context, home: Path) -> None:
    """Put the accepted edition into the archive, marked released, a record beside each file."""
    from casescope.actions.report.release import publish as action

    name, folder = action(home, actor=context.actor, today=context.today(), progress=Lines())
    click.echo(f"{name} is released: {folder}")
    page = folder / "report.html"
    click.echo(f"Anyone can check a file of it: {command('release', 'verify', page)}")


@release.command()
@HOME
@click.argument("name", metavar="[ID]", default="")
@AS_JSON
@click.pass_obj
def show(context: Context, home: Path, name: str, as_json: bool) -> None:
    """Show how a request stands, the newest without ID; nothing of one answer before the other."""
    from casescope.kernel.errors import NotFound

    rows = [row for row in _standing(context, home) if name in ("", row["release"])]
    if not rows:
        raise NotFound(
            f"This study has no release {name}." if name else "Nobody has asked for a release.",
            f"{command('release', 'list', home)} names those there are.",
        )
    click.echo(as_json_text(rows[-1]) if as_json else _stands(rows[-1]))


@release.command("list")
@HOME
@AS_JSON
@click.pass_obj
def list_(context: Context, home: Path, as_json: bool) -> None:
    """List every request of the study and what came of it."""
    rows = _standing(context, home)
    if as_json:
        click.echo(as_json_text(rows))
        return
    for row in rows:
        click.echo(f"{row['release']:<4} asked {row['asked_on']} by {row['author']}: "
                   f"{row['means']}")  # fmt: skip
    if not rows:
        click.echo("Nobody has asked for a release.")


@release.command()
@HOME
@click.argument("name", metavar="ID")
@AS_JSON
@click.pass_obj
def view(context: Context, home: Path, name: str, as_json: bool) -> None:
    """Show a release and where it lies, its files checked; the view goes in the ledger."""
    from casescope.actions.report.releases import view as action

    found = action(home, name, actor=context.actor, today=context.today())
    click.echo(as_json_text(found) if as_json else f"{_stands(found)}\n  lies in {found['folder']}")


@release.command()
@HOME
@click.argument("name", metavar="ID")
@click.option("--to", type=FOLDER, required=True, help="A new or empty folder.")
@click.pass_obj
def download(context: Context, home: Path, name: str, to: Path) -> None:
    """Copy a release with its records into a folder; the copy goes in the ledger."""
    from casescope.actions.report.releases import download as action

    paths = action(home, name, to=to, actor=context.actor, today=context.today())
    click.echo(f"Wrote {counted(len(paths), 'file')} to {to}")


@release.command()
@HOME
@click.argument("name", metavar="ID")
@click.option("--reason", required=True, help="Why; kept in the ledger. Name nobody.")
@click.pass_obj
def withdraw(context: Context, home: Path, name: str, reason: str) -> None:
    """Withdraw a release: recorded and marked. What is out stays known."""
    from casescope.actions.report.releases import withdraw as action

    folder = action(home, name, reason=reason, actor=context.actor, today=context.today())
    click.echo(f"{name} is withdrawn; {folder} says so. Copies that are out cannot be called back.")


@release.command()
@click.argument("files", nargs=-1, required=True, type=FILE)
@AS_JSON
def verify(files: tuple[Path, ...], as_json: bool) -> None:
    """Check released FILEs, records, answers or requests, by themselves and offline."""
    from casescope.actions.report.answer import verify as action

    readings = [(file, action(file)) for file in files]
    if as_json:
        click.echo(as_json_text([{"file": str(file), **vars(one)} for file, one in readings]))
        return
    for file, one in readings:
        click.echo(printable(f"{file.name}: a {one.kind}, unchanged since it was signed"))
        for line in one.says:
            click.echo(f"  {printable(line)}")
        for name, fingerprint in one.fingerprints.items():
            click.echo(printable(f"  key of {name:<16} {fingerprint}"))
        click.echo("  Not proved: that these keys are those people's. Compare the numbers.")


def _standing(context: Context, home: Path) -> list[dict[str, Any]]:
    from casescope.actions.report.releases import standing

    return standing(home, actor=context.actor, today=context.today())


def _stands(row: dict[str, Any]) -> str:
    lines = [
        f"{row['release']}: {row['means']}",
        f"  asked     {row['asked_on']} by {row['author']}: {row['context']}",
        f"  answered  {row['answered']} of 2",
    ]
    lines += [
        f"            {one['outcome']} by {one['reviewer']}, {one['on']}"
        + (f": {one['reason']}" if one["reason"] else "")
        for one in row["answers"]
    ]
    if row["released_on"]:
        lines.append(
            f"  released  {_day(row['released_on'])}, {counted(len(row['files']), 'file')}"
        )
    if row["withdrawn_on"]:
        lines.append(f"  withdrawn {_day(row['withdrawn_on'])}: {row['withdrawn_reason']}")
    return "\n".join(map(printable, lines))


def _day(value: date | str) -> str:
    return value if isinstance(value, str) else value.isoformat()


def _asked(asked: dict[str, Any]) -> str:
    """Return what a reviewer is shown of a request before answering."""
    figures = asked["figures_shown"]
    earlier = ", ".join(f"{name} {state}" for name, state in asked["earlier"].items())
    rules = asked["rules"]
    lines = [
        f"{asked['release']}: {asked['name']} ({asked['authority']})",
        f"  asked     {asked['on']} by {asked['author']}: {asked['context']}",
        f"  earlier   {earlier or 'none'}",
        f"  files     {len(asked['files'])}, unchanged since they were asked for",
        *(f"            {place}" for place in asked["files"] if "/" not in place),
        f"  rules     {rules.get('name')}, version {rules.get('version')}: {rules.get('says')}",
        f"  figures   {counted(figures['tables'], 'table')}: "
        f"{counted(figures['shown'], 'figure')} shown, "
        f"{figures['hidden']} hidden",
        f"  audit     {asked['verdict']}",
        f"  study key {asked['study_key']}",
    ]
    return "\n".join(map(printable, lines))
