"""The demo and the pretend county."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from casescope.cli.context import Context
from casescope.cli.progress import Lines
from casescope.kernel.commands import command
from casescope.kernel.errors import VaultRefused

if TYPE_CHECKING:
    from casescope.actions.demo.demo import Demo

_ACTIVATE = r".venv\Scripts\activate" if os.name == "nt" else ". .venv/bin/activate"
_TRY_NEXT = f"Try next (after: {_ACTIVATE})"


@click.command()
@click.option(
    "--home", type=click.Path(path_type=Path, file_okay=False), default=Path("demo"),
    show_default=True, help="Where to put it.",
)  # fmt: skip
@click.option(
    "--mothers",
    type=click.IntRange(1, 100_000),
    default=2000,
    show_default=True,
    help="How many mothers the county knows.",
)
@click.option(
    "--seed", type=int, default=1, show_default=True, help="The same seed writes the same county."
)
@click.option(
    "--to-the-end",
    is_flag=True,
    help="Go on: share with a pretend charity, which works and finishes; close and certify.",
)
@click.pass_obj
def demo(context: Context, home: Path, mothers: int, seed: int, to_the_end: bool) -> None:
    """Invent a county, do the whole study on it, write the report."""
    from casescope.actions.demo.demo import demo as action

    made = action(
        home, mothers=mothers, seed=seed, actor=context.actor, today=context.today(),
        progress=Lines(),
    )  # fmt: skip
    if to_the_end:
        click.echo(_ended(context, home, made))
    else:
        click.echo(_screen(made))


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--mothers",
    type=click.IntRange(1, 1_000_000),
    default=2000,
    show_default=True,
    help="How many mothers the county knows.",
)
@click.option(
    "--seed", type=int, default=1, show_default=True, help="The same seed writes the same county."
)
@click.option(
    "--mess",
    type=click.FloatRange(0, 1),
    default=0.0,
    show_default=True,
    help="How faulty the files are: 0 not at all, 1 very.",
)
def synth(folder: Path, mothers: int, seed: int, mess: float) -> None:
    """Write a pretend county's extracts into FOLDER, and truth.json beside them."""
    from casescope.synthetic import write_county

    try:
        truth = write_county(folder, mothers=mothers, seed=seed, mess=mess, progress=Lines())
    except OSError as error:
        raise VaultRefused(f"{folder} cannot be written.", "Name a folder of yours.") from error
    click.echo(f"Wrote {folder} and {truth}; everybody in it is invented.")


def _ended(context: Context, home: Path, made: "Demo") -> str:
    """Go on to the end, and return the last screen of it."""
    from casescope.actions.demo.ending import to_the_end
    from casescope.exchange.workspace.clocks import machine_clocks

    done = to_the_end(home, actor=context.actor, today=context.today(), clocks=machine_clocks(),
                      progress=Lines())  # fmt: skip
    words = zip(("Proved", "Attested", "Unknowable"), done.first, strict=True)
    lines = ["", "How it ended", *(f"  {name}: {said}" for name, said in words)]
    lines += [
        "",
        f"The council's report:  {made.report}",
        f"The charity's report:  {done.report}",
        f"The certificate:       {done.certificate / 'certificate.pdf'}",
        "",
        _TRY_NEXT,
        f"  {command('verify', done.certificate / 'certificate.json')}",
        f"  {command('exchange', made.study)}",
        f"  {command('partner', 'show', done.workspace)}",
        f"  {command('findings', made.study)}      # refused: there is nothing left to read",
    ]
    return "\n".join(lines)


def _screen(made: "Demo") -> str:
    """Return the demo's one last screen: figures with their caveats, and what to try next."""
    tables = {table["id"]: table for table in made.findings["tables"]}
    lines = ["", "What the study found (rounded and checked for disclosure)"]
    lines += [f"  {label:<58} {shown}" for label, shown in _headline(tables["headline"])]
    lines += [
        "",
        "Before you believe it",
        f"  {_coverage(tables['coverage'])}",
        "  records are joined where very probably of one woman; a missed link counts her twice",
        f"  {_rules(made.findings['rules']['brief'])}",
        "  everybody in this county is invented",
        "",
        f"The report:  {made.report}",
        f"The truth:   {made.truth}",
        "",
        _TRY_NEXT,
        f"  {command('study', 'show', made.study)}",
        f"  {command('quality', made.study)}",
        f"  {command('pairs', made.study, 'list')}",
        f"  {command('cohort', made.study, '--reason', 'trying the demo')}",
        f"  {command('release', 'list', made.study)}",
        "  casescope ledger verify",
        "  casescope demo --to-the-end     # shared with a charity, finished, certified",
    ]
    return "\n".join(lines)


def _rules(brief: str) -> str:
    """Return the rules in short as one line among others."""
    said = brief.rstrip(".").split(". ")
    return "; ".join(f"{one[:1].lower()}{one[1:]}" for one in said)


def _headline(table: dict[str, Any]) -> list[tuple[str, str]]:
    """Return each headline figure, with how high a count may be where that is another number."""
    found = []
    for row in table["rows"]:
        number, at_most = (cell["shown"] for cell in row["cells"])
        is_range = at_most not in ("", number)
        found.append((row["labels"][0], f"{number}, at most {at_most}" if is_range else number))
    return found


def _coverage(table: dict[str, Any]) -> str:
    """Return over how many removed children the links reach, as one sentence."""
    whole = next(row for row in table["rows"] if row["labels"][0] == "All")
    shown = dict(zip(table["columns"], (cell["shown"] for cell in whole["cells"]), strict=True))
    children, share = shown["Removed children"], shown["Share found"]
    if "fewer" in children or "fewer" in share or "withheld" in (children, share):
        return "linkage coverage: too few children were removed to show it"
    return f"linkage coverage: a mother was found for {share} of {children} removed children"
