"""casescope pairs: review doubtful links between women's records."""

from collections.abc import Container
from pathlib import Path
from typing import Any

import click

from casescope.cli.context import Context
from casescope.cli.progress import Lines
from casescope.cli.study import AS_JSON, HOME, as_json_text
from casescope.kernel.commands import command

REASON = click.option(
    "--reason", default="", help="Why you look; kept in the ledger. Name nobody in it."
)
WHY = click.option("--why", default="", help="Why you think so, if you like. Name nobody in it.")
SAMPLE = click.option(
    "--sample", type=click.IntRange(0, 10_000), default=0, metavar="N",
    help="Draw N pairs at random, links made and not made alike, and show only such.",
)  # fmt: skip
SEED = click.option(
    "--seed", type=click.IntRange(0, 2**62), default=1, show_default=True,
    help="The same seed draws the same pairs; a larger N draws these and more.",
)  # fmt: skip
AGAIN = click.option("--unsure", is_flag=True, help="Also pairs of which somebody could not tell.")
FILE = click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
VERDICTS = ("same", "different", "unsure")


class _HomeFirst(click.Group):
    """A group whose study comes before its command; whoever turns the two round is told."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Refuse `pairs list study`, which every other group of commands would understand."""
        if len(args) > 1 and args[0] in self.commands and _is_no_command(args[1], self.commands):
            right = command("pairs", args[1], args[0])
            raise click.UsageError(f"Here the study comes first: {right}", ctx)
        return super().parse_args(ctx, args)


def _is_no_command(word: str, commands: Container[str]) -> bool:
    return word not in commands and not word.startswith("-")


@click.group(cls=_HomeFirst)
@HOME
@click.pass_context
def pairs(context: click.Context, home: Path) -> None:
    """Review doubtful links between women's records in the study HOME.

    The computer links records of one woman. Where it is not sure, you decide, and the counts
    follow at the next reading. Every answer is kept with who gave it and when.
    """
    context.meta["home"] = home


def _home() -> Path:
    home: Path = click.get_current_context().meta["home"]
    return home


@pairs.command("next")
@REASON
@SAMPLE
@SEED
@AGAIN
@AS_JSON
@click.pass_obj
def next_pair(
    context: Context, reason: str, sample: int, seed: int, unsure: bool, as_json: bool
) -> None:
    """Show one pair side by side, ask, record the answer at once, go on to the next."""
    from casescope.actions.checking import pairs as actions
    from casescope.cli.pair_view import Session

    told: dict[str, Any] = {"actor": context.actor, "today": context.today()}
    reason = reason or ("" if as_json else _asked_reason())
    found = actions.waiting(_home(), reason=reason, sample=sample, seed=seed, unsure_again=unsure,
                            progress=Lines(), **told)  # fmt: skip
    session = Session(_home(), reason, unsure_again=unsure, told=told)
    if as_json:
        click.echo(as_json_text({"waiting": len(found), "pair": session.first(found)}))
        return
    session.go(found)


def _asked_reason() -> str:
    try:
        answer: str = click.prompt("Why do you look at these records? (kept in the ledger)",
                                   default="", show_default=False)  # fmt: skip
    except click.Abort:
        return ""
    return answer


@pairs.command()
@click.argument("one")
@click.argument("other")
@click.argument("verdict", type=click.Choice(VERDICTS))
@WHY
@AS_JSON
@click.pass_obj
def decide(context: Context, one: str, other: str, verdict: str, why: str, as_json: bool) -> None:
    """Record whether ONE and OTHER (case-system ids, or ids of the list) are one woman."""
    from casescope.actions.checking import pairs as actions
    from casescope.cli.pair_view import recorded
    from casescope.governance.link_decisions import Verdict

    said = actions.decide(_home(), one, other, Verdict(verdict), why=why, actor=context.actor,
                          today=context.today())  # fmt: skip
    click.echo(as_json_text(said) if as_json else recorded(said))


@pairs.command()
@click.argument("one")
@click.argument("other")
@click.option("--reason", default="", help="Why it is withdrawn. Name nobody in it.")
@click.pass_obj
def withdraw(context: Context, one: str, other: str, reason: str) -> None:
    """Withdraw what was decided on ONE and OTHER; they are asked again."""
    from casescope.actions.checking import pairs as actions

    count = actions.withdraw(_home(), one, other, reason=reason, actor=context.actor,
                             today=context.today())  # fmt: skip
    click.echo("Withdrawn." if count == 1 else f"Withdrawn: {count} decisions.")


@pairs.command("list")
@AS_JSON
@click.pass_obj
def list_pairs(context: Context, as_json: bool) -> None:
    """List what waits and what was decided, by random ids and without names."""
    from casescope.actions.checking.pairs_standing import standing
    from casescope.cli.pair_words import listed

    found = standing(_home(), actor=context.actor, today=context.today(), progress=Lines())
    click.echo(as_json_text(found) if as_json else listed(found))


@pairs.command()
@FILE
@REASON
@SAMPLE
@SEED
@AGAIN
@AS_JSON
@click.pass_obj
def export(
    context: Context, file: Path, reason: str, sample: int, seed: int, unsure: bool, as_json: bool
) -> None:
    """Write the waiting pairs side by side into the workbook FILE; it holds names."""
    from casescope.actions.checking.pairs_workbook import export as action
    from casescope.kernel.counting import counted

    found = action(_home(), file, reason=reason, sample=sample, seed=seed, unsure_again=unsure,
                   actor=context.actor, today=context.today(), progress=Lines())  # fmt: skip
    if as_json:
        click.echo(as_json_text(found))
        return
    click.echo(f"Wrote {counted(found['pairs'], 'pair')} to {found['file']}")
    if found["left_for_later"]:
        click.echo(
            f"  still waiting: {found['left_for_later']:,}. Import these first, then export again."
        )
    for warning in found["warnings"]:
        click.echo(f"  Note: {warning}", err=True)


@pairs.command("import")
@FILE
@AS_JSON
@click.pass_obj
def import_answers(context: Context, file: Path, as_json: bool) -> None:
    """Import the answers in the workbook FILE, all of them or none."""
    from casescope.actions.checking.pairs_workbook import take_in
    from casescope.cli.pair_words import imported

    found = take_in(_home(), file, actor=context.actor, today=context.today())
    click.echo(as_json_text(found) if as_json else imported(found))


@pairs.command()
@AS_JSON
@click.pass_obj
def accuracy(context: Context, as_json: bool) -> None:
    """Estimate from the pairs drawn at random how often links are right and how many are missed."""
    from casescope.actions.checking.pairs_standing import accuracy as action
    from casescope.cli.pair_words import estimates

    found = action(_home(), actor=context.actor, today=context.today(), progress=Lines())
    click.echo(as_json_text(found) if as_json else estimates(found))
