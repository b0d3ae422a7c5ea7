"""The commands before a load: propose a mapping, and hand out SQL for the reporting team."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from casescope.cli.study import AS_JSON, as_json_text
from casescope.cli.terminal import printable
from casescope.kernel.commands import command
from casescope.kernel.counting import counted

if TYPE_CHECKING:
    from casescope.actions.data.map import Proposed


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.option(
    "--write",
    "file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the mapping to this file; it must not be there yet.",
)
@AS_JSON
def map(folder: Path, file: Path | None, as_json: bool) -> None:  # noqa: A001 — the command's name
    """Propose a mapping.toml where FOLDER's columns and values are nearly ours.

    It shows how many rows each line would fill or turn, and never a value of a row. Edit it, then
    load with --mapping.
    """
    from casescope.actions.data.map import propose_mapping

    if file is not None and file.exists():
        raise click.UsageError(f"{file} is there already; name another file.")
    found = propose_mapping(folder)
    for line in found.not_read:
        click.echo(f"Not looked at: {printable(line)}", err=True)
    if file is not None and found.text:
        _write(file, found.text)
    if as_json:
        click.echo(as_json_text(found.figures))
    elif not found.text:
        click.echo("Nothing to map: no file is nearly a table, or all are in casescope's words.")
    else:
        click.echo(_written(found, folder, file) if file else found.text, nl=bool(file))


def _write(file: Path, text: str) -> None:
    try:
        with file.open("x", encoding="utf-8", newline="\n") as new:
            new.write(text)
    except OSError:
        raise click.UsageError(f"{file} cannot be written.") from None


def _written(found: "Proposed", folder: Path, file: Path) -> str:
    lines = [f"Wrote {file}. Read every line of it before you load with it."]
    for one in found.figures:
        turned = sum(line["rows"] for part in one["values"] for line in part["turned"])
        lines.append(
            f"  {one['table']:<18} {counted(len(one['columns']), 'column')} to rename, "
            f"{counted(turned, 'value')} to turn, in {counted(one['rows'], 'row')}"
        )
    load = command("load", "HOME", folder, "--mapping", file)
    return "\n".join([*lines, f"Next: {load}"])


@click.command("extract-sql")
@click.argument("system", type=click.Choice(["liquidlogic", "mosaic", "eclipse"]), required=False)
@click.option("--table", default="", help="This table's statement alone.")
@click.option("--brief", is_flag=True, help="The one-page request that goes with it.")
@AS_JSON
def extract_sql(system: str | None, table: str, brief: bool, as_json: bool) -> None:
    """Print commented, read-only SQL for a case system: one statement a table of the extract.

    Not yet run on a live system: check every name with whoever knows your database.
    """
    from casescope.actions.data import extract_sql as actions

    if brief:
        text = actions.brief()
        click.echo(as_json_text({"brief": text}) if as_json else text, nl=as_json)
    elif system is None:
        raise click.UsageError("Name the system: liquidlogic, mosaic or eclipse.")
    elif as_json:
        click.echo(as_json_text(actions.as_data(system, table=table)))
    else:
        click.echo(actions.extract_sql(system, table=table), nl=False)
