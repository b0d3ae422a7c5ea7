"""The root command. Subcommands are imported when asked for, so that --help is quick."""

import importlib
import logging
import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

import click

from casescope.cli.given import given
from casescope.cli.interrupts import Heard, heeded
from casescope.cli.terminal import printable
from casescope.kernel import notices
from casescope.kernel.commands import filled
from casescope.kernel.errors import UserError, one_of

COMMANDS: dict[str, tuple[str, str]] = {
    "demo": ("casescope.cli.demo", "A pretend county, the whole study, a report."),
    "synth": ("casescope.cli.demo", "Write a pretend county's extracts and the truth about them."),
    "study": ("casescope.cli.study", "Begin a study, approve, extend, end it; see how it stands."),
    "map": ("casescope.cli.extracts", "Propose a mapping for columns that are nearly ours."),
    "extract-sql": ("casescope.cli.extracts", "SQL that a reporting team can begin from."),
    "load": ("casescope.cli.work", "Load extract folders into a study."),
    "run": ("casescope.cli.work", "Do every step whose inputs have changed."),
    "quality": ("casescope.cli.work", "What to know of the extract before believing a number."),
    "cohort": ("casescope.cli.work", "List the women in the cohort, to check accuracy."),
    "pairs": ("casescope.cli.pairs", "Review doubtful links between women's records."),
    "restrict": ("casescope.cli.work", "Take a person out of every result, or lift that."),
    "hold": ("casescope.cli.hold", "Keep one person's rows beyond the end, or end that."),
    "findings": ("casescope.cli.work", "Show the findings that passed disclosure control."),
    "risk": ("casescope.cli.risk", "Whether one row a woman could be shared, and how."),
    "report": ("casescope.cli.work", "Write the report."),
    "audit": ("casescope.cli.audit", "Say what anybody's published tables give away together."),
    "release": ("casescope.cli.release", "Release the public edition: ask, answer, publish."),
    "card": ("casescope.cli.exchange", "Add a partner's card, suspend a partner, resume it."),
    "send": ("casescope.cli.exchange", "Seal the shared dataset for a partner."),
    "lease": ("casescope.cli.exchange", "Let a partner open what it was sent, for a time."),
    "receive": ("casescope.cli.exchange", "Take in what a partner sent."),
    "exchange": ("casescope.cli.exchange", "Show what went to partners and came back."),
    "partner": ("casescope.cli.partner", "The partner's side: begin, open, analyse, finish."),
    "verify": ("casescope.cli.verify", "Say what a file proves and what it does not, offline."),
    "ledger": ("casescope.cli.ledger", "Verify, show and export who did what, when."),
}
"""Every command: the module that says it, and its line in the help."""

SECTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Try it on invented people", ("demo", "synth")),
    ("Begin a study and load what there is", ("study", "map", "extract-sql", "load", "run")),
    ("Check before you believe", ("quality", "cohort", "pairs")),
    ("When a woman asks", ("restrict", "hold")),
    ("What was found, and letting it out", ("findings", "report", "risk", "audit", "release")),
    ("Share with a partner", ("card", "send", "lease", "receive", "exchange")),
    ("Be the partner", ("partner",)),
    ("Prove it", ("verify", "ledger")),
)
"""The commands under what somebody came to do, in the order a study meets them."""

_BEGIN = (
    "HOME is a study's folder. casescope COMMAND --help says what a command does and may be told. "
    "Begin with casescope demo, or with casescope study new HOME."
)


class Lazy(click.Group):
    """A group that knows its commands' names and loads one only to use it."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 — click's signature
        """Return the commands in the order a study meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 — click's signature
        """Load one command."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(
            importlib.import_module(COMMANDS[cmd_name][0]), cmd_name.replace("-", "_")
        )
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that was typed, or say which one is nearly that."""
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            near = one_of(tuple(COMMANDS), args[0])
            advice = f"did you mean {near}?" if near else "casescope --help lists them."
            ctx.fail(f"There is no command '{printable(args[0])}'; {advice}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 — click's signature
        """Write the commands by what somebody came to do, without loading them."""
        widest = max(map(len, COMMANDS))
        for title, names in SECTIONS:
            with formatter.section(title):
                formatter.write_dl([(name.ljust(widest), COMMANDS[name][1]) for name in names])

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; a refusal names folders as they were given, so that it can be pasted."""
        try:
            return super().invoke(ctx)
        except UserError as refusal:
            refusal.sentence = filled(refusal.sentence, given(ctx))
            refusal.remedy = filled(refusal.remedy, given(ctx))
            raise
        finally:
            _open_to_group(ctx)


@click.command(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]}, epilog=_BEGIN)
@click.version_option(package_name="casescope")
@click.option("--debug", is_flag=True, help="Write what is done, by name and count, to stderr.")
@click.pass_context
def root(context: click.Context, debug: bool) -> None:
    """casescope: a scoping exercise, from case files to a report and a proven ending."""
    from casescope.cli.actor import current_actor
    from casescope.cli.context import Context

    if debug:
        logging.basicConfig(level=logging.DEBUG, stream=sys.stderr)
    if context.obj is None:
        context.obj = Context(current_actor(), lambda: datetime.now(UTC).astimezone().date())


def main(arguments: Sequence[str] | None = None, context: object = None) -> None:
    """Run a command and end with its exit code; the outermost of the two doors.

    `context` (a cli.context.Context) says who asks and on what day; else the machine does.
    """
    _speak_utf8()
    notices.LISTENERS[:] = [_Once()]
    with heeded() as heard:
        _run(arguments, context, heard)


def _run(arguments: Sequence[str] | None, context: object, heard: Heard) -> NoReturn:
    try:
        code = root.main(args=arguments, prog_name="casescope", standalone_mode=False, obj=context)
    except UserError as refusal:
        click.echo(f"casescope: {_shown(refusal.sentence)}", err=True)
        if refusal.remedy:
            click.echo(f"  {_shown(refusal.remedy)}", err=True)
        raise SystemExit(refusal.exit_code) from None
    except click.ClickException as misuse:
        misuse.show()
        raise SystemExit(2) from None
    except (click.Abort, KeyboardInterrupt):
        _stopped()
    except BrokenPipeError:
        # whoever read our output has gone; nothing is left to say, and nothing went wrong
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(0) from None
    except Exception as fault:  # noqa: BLE001 — the outermost door: a message may quote a row, so only its kind and place are told
        if heard.stopped:
            _stopped()
        click.echo(f"casescope: a fault of ours, {_place(fault)}. Nothing was half-done.", err=True)
        click.echo("  Please report this line; it holds no data.", err=True)
        raise SystemExit(1) from None
    raise SystemExit(code if isinstance(code, int) else 0)


def _stopped() -> NoReturn:
    click.echo("casescope: stopped; what was finished before stands.", err=True)
    raise SystemExit(130) from None


def _open_to_group(ctx: click.Context) -> None:
    """Let a study's other people go on from here, where its folders were opened to a group."""
    home = given(ctx).get("HOME")
    if isinstance(home, Path):
        from casescope.actions.study.group import open_to_group

        open_to_group(home)


def _shown(words: str) -> str:
    """Return words that may quote a file's name so that they can't steer the terminal."""
    return "\n  ".join(printable(line) for line in words.split("\n"))


class _Once:
    """Writes each notice to stderr, the same one once in a command."""

    def __init__(self) -> None:
        self._told: set[str] = set()

    def __call__(self, notice: str) -> None:
        if notice not in self._told:
            self._told.add(notice)
            context = click.get_current_context(silent=True)
            named = filled(notice, given(context)) if context else notice
            click.echo(f"casescope: {_shown(named)}", err=True)


def _place(fault: BaseException) -> str:
    """Say what kind of fault it was and where, never with what message."""
    trace = fault.__traceback__
    where = ""
    while trace is not None:
        module = trace.tb_frame.f_globals.get("__name__", "")
        if module.startswith("casescope"):
            where = f" in {module}, line {trace.tb_lineno}"
        trace = trace.tb_next
    # what the system says of an errno is its own words, without the name of a file
    system = f" ({os.strerror(fault.errno)})" if isinstance(fault, OSError) and fault.errno else ""
    return f"{type(fault).__name__}{system}{where}"


def _speak_utf8() -> None:
    """Let Windows consoles show dashes and names of files as they are."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if os.name == "nt" and reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
