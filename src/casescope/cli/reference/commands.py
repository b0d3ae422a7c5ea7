"""The page of commands: each one's own help, and an example that a test parses."""

from collections.abc import Iterator

import click

from casescope.cli.main import root
from casescope.cli.reference.markdown import code, page

WIDTH = 88

EXAMPLES: dict[str, str] = {
    "demo": "casescope demo --home demo --mothers 300",
    "synth": "casescope synth county --mothers 300 --seed 7 --mess 0.5",
    "study new": "casescope study new study",
    "study show": "casescope study show study --json",
    "study check": "casescope study check study",
    "study approve": 'casescope study approve study --dpia DPIA-12 --agreement DSA-3 '
    '--notice PN-7 --basis "Children Act 2004, section 10"',
    "study approve-working": "casescope study approve-working study "
    '--reason "the team checks the report against its own records"',
    "study extend": "casescope study extend study --until 2027-03-31 "
    '--reason "the 2025-26 return came late" --notice PN-8',
    "study close": "casescope study close study --yes",
    "study certificate": 'casescope study certificate study --attest "the share was wiped today"',
    "study withdraw": 'casescope study withdraw study --reason "the agreement was ended"',
    "map": "casescope map county --write mapping.toml",
    "extract-sql": "casescope extract-sql liquidlogic --table mother",
    "load": "casescope load study county",
    "run": "casescope run study --until removals",
    "quality": "casescope quality study",
    "cohort": 'casescope cohort study --reason "checking ten case files" --xlsx list.xlsx',
    "pairs next": 'casescope pairs study next --reason "review of doubtful links"',
    "pairs decide": "casescope pairs study decide 1000123 1000456 same",
    "pairs withdraw": 'casescope pairs study withdraw 1000123 1000456 --reason "looked again"',
    "pairs list": "casescope pairs study list",
    "pairs export": 'casescope pairs study export pairs.xlsx --reason "review of doubtful links"',
    "pairs import": "casescope pairs study import pairs.xlsx",
    "pairs accuracy": "casescope pairs study accuracy --json",
    "restrict": "casescope restrict study 1000123 --ground objection",
    "hold": "casescope hold study 1000123 --ground rights --until 2027-03-31 "
    '--reason "access request 2026-114"',
    "findings": "casescope findings study --json",
    "risk": "casescope risk study --seal-check --recoding cohort",
    "report": "casescope report study --edition public --face pdf --face docx",
    "audit": "casescope audit tables --known public-totals.csv --rules dfe --fix hide",
    "release key": "casescope release key",
    "release ask": 'casescope release ask study --context "for the committee of 14 December"',
    "release answer": "casescope release answer R1.request.zip --accept",
    "release take": "casescope release take study R1.1f3c.answer.json",
    "release publish": "casescope release publish study",
    "release show": "casescope release show study",
    "release list": "casescope release list study",
    "release view": "casescope release view study R1",
    "release download": "casescope release download study R1 --to copy",
    "release withdraw": 'casescope release withdraw study R1 --reason "a table was wrong"',
    "release verify": "casescope release verify report.html",
    "card add": "casescope card add study pause.card.json",
    "card list": "casescope card list study",
    "card suspend": 'casescope card suspend study Pause --reason "a laptop was lost"',
    "card resume": 'casescope card resume study Pause --reason "a new card was confirmed"',
    "send": "casescope send study --to Pause --recoding cohort",
    "lease grant": "casescope lease grant study request-1f3c5a7b9d02.lease-request.json --hours 4",
    "lease list": "casescope lease list study",
    "receive": "casescope receive study findings.casepkg --to from-partner",
    "exchange": "casescope exchange study --json",
    "partner init": "casescope partner init workspace --name Pause "
    "--contact data@pause.example",
    "partner open": "casescope partner open workspace package.casepkg "
    "--authority 0f3c-1d2e-77aa-9b10-4c5d-6e7f-8091-a2b3",
    "partner analyse": "casescope partner analyse workspace --do findings "
    '--do "SELECT age, count(*) FROM shared_woman GROUP BY age;"',
    "partner finish": "casescope partner finish workspace --look ~/Documents --look ~/Downloads",
    "partner show": "casescope partner show workspace --json",
    "verify": "casescope verify study/outbox/0f3c1d2e-77aa9b10-v1.casepkg certificate.json",
    "ledger verify": "casescope ledger verify study",
    "ledger show": "casescope ledger show study",
    "ledger export": "casescope ledger export study --out ledger.json",
}  # fmt: skip
"""One example for each command."""


def every_command() -> Iterator[tuple[str, click.Context]]:
    """Yield each command's words and its context, groups before what is in them."""
    top = _top()
    for name in root.list_commands(top):
        command = root.get_command(top, name)
        if command is not None:
            yield from _under(name, click.Context(command, parent=top, info_name=name))


def _top() -> click.Context:
    return click.Context(root, info_name="casescope", terminal_width=WIDTH, **root.context_settings)


def _under(words: str, context: click.Context) -> Iterator[tuple[str, click.Context]]:
    yield words, context
    if isinstance(context.command, click.Group):
        for name, command in sorted(context.command.commands.items()):
            yield from _under(
                f"{words} {name}", click.Context(command, parent=context, info_name=name)
            )


def commands() -> str:
    """Return the page of commands."""
    top = _top()
    blocks = [
        "HOME is the folder of a study. Reading commands take `--json`. What an exit code says is "
        "in [exit-codes.md](exit-codes.md); who may do what, when, in [stages.md](stages.md).",
        code(root.get_help(top)),
    ]
    for words, context in every_command():
        blocks.append(f"{'#' * (2 + words.count(' '))} casescope {words}")
        blocks.append(code(context.command.get_help(context)))
        if words in EXAMPLES:
            blocks.append(code(EXAMPLES[words], "sh"))
    return page("Commands", *blocks)
