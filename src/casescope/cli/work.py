"""The commands of an analyst's day: load, run, quality, cohort, restrict, findings, report."""

from datetime import date
from pathlib import Path
from typing import Any

import click

from casescope.cli.context import Context
from casescope.cli.given import remember_one
from casescope.cli.progress import Lines
from casescope.cli.study import AS_JSON, HOME, Day, as_json_text
from casescope.cli.terminal import printable
from casescope.kernel.commands import command, filled


@click.command()
@HOME
@click.argument(
    "folders",
    nargs=-1,
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    callback=remember_one,
)
@click.option(
    "--mapping",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="A mapping.toml (see casescope map); it is kept with the study.",
)
@click.option(
    "--from",
    "url",
    metavar="URL",
    help="Read the tables of a database too: postgresql:// or mssql://USER@HOST/DATABASE. "
    "The password is asked for, or read from CASESCOPE_DATABASE_PASSWORD.",
)
@click.option("--schema", default="", help="The schema of those tables, if not the default one.")
@AS_JSON
@click.pass_obj
def load(
    context: Context,
    home: Path,
    folders: tuple[Path, ...],
    mapping: Path | None,
    url: str | None,
    schema: str,
    as_json: bool,
) -> None:
    """Load extract FOLDERs, or a database's tables, into the study HOME, whole or not at all."""
    from casescope.actions.data.load import FromDatabase
    from casescope.actions.data.load import load as action
    from casescope.cli.load_words import loaded
    from casescope.cli.password import ask, warn_if_shown

    if not folders and not url:
        raise click.UsageError("Name the folders to load, or a database with --from.")
    if url:
        warn_if_shown(url)
    database = FromDatabase(url, schema, ask) if url else None
    files = action(
        home, folders, actor=context.actor, today=context.today(), progress=Lines(),
        mapping=mapping, database=database,
    )  # fmt: skip
    if as_json:
        click.echo(as_json_text([vars(file) for file in files]))
        return
    for line in loaded([vars(file) for file in files], "table" if url else "file"):
        click.echo(printable(line))
    click.echo(f"Next: {command('run', home)}")


@click.command()
@HOME
@click.option("--until", default="", help="Stop after this step.")
@AS_JSON
@click.pass_obj
def run(context: Context, home: Path, until: str, as_json: bool) -> None:
    """Do every step whose inputs have changed."""
    from casescope.actions.data.run import run as action

    said = action(home, until=until, actor=context.actor, today=context.today(), progress=Lines())
    if as_json:
        click.echo(as_json_text(said))
        return
    for step, outcome in said.items():
        click.echo(f"  {step:<12} {outcome}")
    click.echo(f"Next: {command('run' if until else 'quality', home)}")


@click.command()
@HOME
@click.option("--full", is_flag=True, help="Also every file and every column.")
@AS_JSON
@click.pass_obj
def quality(context: Context, home: Path, full: bool, as_json: bool) -> None:
    """Say what to know of the extract before believing a number."""
    from casescope.actions.checking.quality import quality as action
    from casescope.cli.quality import in_words

    found = action(home, actor=context.actor, today=context.today(), progress=Lines())
    if as_json:
        click.echo(as_json_text(found))
        return
    click.echo(filled(in_words(found, full=full), {"HOME": home}))
    click.echo(f"Next: {command('pairs', home, 'list')}")
    click.echo(f"Then: {command('report', home)}")


@click.command()
@HOME
@click.option("--reason", default="", help="Why you ask; kept in the ledger. Name nobody in it.")
@click.option("--all", "everyone", is_flag=True, help="Also women in no tier with a removed child.")
@click.option("--linkage", type=click.Choice(["strict", "lenient"]), default=None)
@click.option("--removals", type=click.Choice(["broad", "strict", "wide"]), default="broad")
@click.option("--csv", "file", type=click.Path(path_type=Path), help="Write it to this .csv file.")
@click.option("--xlsx", "book", type=click.Path(path_type=Path), help="Or to this workbook.")
@AS_JSON
@click.pass_obj
def cohort(
    context: Context,
    home: Path,
    reason: str,
    everyone: bool,
    linkage: str | None,
    removals: str,
    file: Path | None,
    book: Path | None,
    as_json: bool,
) -> None:
    """List the women in the cohort, to check accuracy: not for contact, recording or court."""
    from casescope.actions.checking.cohort import cohort as action
    from casescope.cli.cohort import in_words, target, written

    to = target(file, book)
    found = action(
        home,
        reason=reason,
        everyone=everyone,
        linkage=linkage or "",
        removals=removals,
        file=to,
        actor=context.actor,
        today=context.today(),
        progress=Lines(),
    )
    words = in_words(found) if to is None else written(found, str(to))
    click.echo(as_json_text(found) if as_json else words)


@click.command()
@HOME
@click.argument("person")
@click.option("--ground", default="", help="accuracy, unlawful, claims, objection, or own words.")
@click.option("--lift", "lifting", is_flag=True, help="Lift it instead; needs --reason and --told.")
@click.option("--reason", default="", help="Why it is lifted. Name nobody in it.")
@click.option("--told", type=Day(), default=None, help="The day she was told it would be lifted.")
@click.pass_obj
def restrict(
    context: Context,
    home: Path,
    person: str,
    ground: str,
    lifting: bool,
    reason: str,
    told: date | None,
) -> None:
    """Take PERSON (a case-system id) out of every step, count, list and report from now on."""
    from casescope.actions.data import restrict as actions

    if lifting:
        count = actions.lift(
            home, person, reason=reason, told=told, actor=context.actor, today=context.today()
        )
        click.echo(f"Lifted for {count} {'record' if count == 1 else 'records'}.")
    else:
        count = actions.restrict(
            home, person, ground=ground, actor=context.actor, today=context.today()
        )
        click.echo(_restricted(count, home, person))
    for partner in _hold_what_changed(context, home):
        click.echo(f"{partner} holds a version made before, which gets no lease from now on:")
        click.echo(f"  {command('send', home, '--to', partner)}")


def _hold_what_changed(context: Context, home: Path) -> list[str]:
    """Return the partners whose package is no longer what the study would send them."""
    from casescope.actions.sharing.exchange import exchange

    told: Any = exchange(home, actor=context.actor, today=context.today())
    return [
        printable(partner["name"])
        for partner in told["partners"]
        if any(one["new_version_due"] for one in partner["packages"])
    ]


def _restricted(count: int, home: Path, person: str) -> str:
    lifting = ("--lift", "--reason", "mistyped", "--told", "DAY")
    if count == 0:
        return (
            "Restricted, but no extract names this id yet: check it. Should one name it later, "
            "everything is made without her.\nIf it was mistyped, restrict the right one, then: "
            f"{command('restrict', home, person, *lifting)}"
        )
    records = "1 record" if count == 1 else f"{count} records"
    return (
        f"Restricted: {records}. The next thing anyone reads is made without her.\nAny report in "
        "the study folder is removed, since it may count her. To write it again: "
        f"{command('report', home)}"
    )


@click.command()
@HOME
@click.option("--exact", is_flag=True, help="Unrounded, for the analyst; never for a report.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of words.")
@click.option("--format", "form", type=click.Choice(["words", "json"]), default="words")
@click.pass_obj
def findings(context: Context, home: Path, exact: bool, as_json: bool, form: str) -> None:
    """Show the findings that passed disclosure control."""
    from casescope.actions.report.findings import findings as action
    from casescope.cli.findings import in_words

    found = action(home, exact=exact, actor=context.actor, today=context.today(), progress=Lines())
    click.echo(as_json_text(found) if as_json or form == "json" else in_words(found, exact=exact))


@click.command()
@HOME
@click.option(
    "--edition",
    type=click.Choice(["working", "public"]),
    default=None,
    help="Only this edition: working for council staff, public for anybody.",
)
@click.option(
    "--face",
    "faces",
    type=click.Choice(["html", "json", "pdf", "docx", "xlsx", "csv"]),
    multiple=True,
    help="Only this face; may be given several times.",
)
@click.option(
    "--small-counts",
    is_flag=True,
    help="Show small counts in the working edition; needs the data protection officer's approval.",
)
@AS_JSON
@click.pass_obj
def report(
    context: Context,
    home: Path,
    edition: str | None,
    faces: tuple[str, ...],
    small_counts: bool,
    as_json: bool,
) -> None:
    """Write the report to HOME/report: both editions, as page, PDF, Word, workbook and tables."""
    from casescope.actions.report.report import report as action

    paths = action(
        home,
        edition=edition or "",
        faces=faces,
        small_counts=small_counts,
        actor=context.actor,
        today=context.today(),
        progress=Lines(),
    )
    if as_json:
        click.echo(as_json_text([str(path) for path in paths]))
        return
    for path in paths:
        click.echo(f"Wrote {path}")
