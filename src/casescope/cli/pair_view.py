"""The terminal's review: one pair side by side, an answer, the next."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from casescope.actions.checking import pairs as actions
from casescope.governance.link_decisions import Verdict
from casescope.kernel.errors import NotAllowed

if TYPE_CHECKING:
    from rich.table import Table

SKIP, QUIT = "skip", "quit"
_ANSWERS: dict[str, Verdict | str] = {
    "s": Verdict.SAME, "same": Verdict.SAME,
    "d": Verdict.DIFFERENT, "different": Verdict.DIFFERENT,
    "c": Verdict.UNSURE, "can't": Verdict.UNSURE, "unsure": Verdict.UNSURE,
    "k": SKIP, "skip": SKIP,
    "q": QUIT, "quit": QUIT,
}  # fmt: skip
_QUESTION = "One woman? [s]ame  [d]ifferent  [c]an't tell  s[k]ip  [q]uit"
_HINT = "Answer with one of these; after same, different or can't tell you may add why (no names)."


def parsed(text: str) -> tuple[Verdict | str | None, str]:
    """Return what an answer means, and the reason that follows it on the line; None: nothing."""
    word, _, why = text.strip().partition(" ")
    if word.casefold() == "can't" and why.casefold().startswith("tell"):
        why = why[len("tell") :]
    return _ANSWERS.get(word.casefold().replace("\u2019", "'")), why.strip()


@dataclass
class Session:
    """One sitting: goes through pairs; each answer is recorded before the next pair is shown."""

    home: Path
    reason: str
    unsure_again: bool
    told: dict[str, Any]
    answered: int = field(default=0)

    def first(self, pairs: list[tuple[str, str]]) -> dict[str, Any] | None:
        """Return the first pair that still waits, without asking."""
        return next((seen for pair in pairs if (seen := self._look(pair))), None)

    def go(self, pairs: list[tuple[str, str]]) -> None:
        """Show and ask until the pairs end, or somebody quits."""
        if not pairs:
            click.echo("No pair waits.")
            return
        click.echo(f"{len(pairs):,} {'pair waits' if len(pairs) == 1 else 'pairs wait'}.")
        try:
            for place, pair in enumerate(pairs, start=1):
                shown = self._look(pair)
                if shown is not None and not self._settle(shown, f"{place} of {len(pairs)}"):
                    break
        except click.Abort:
            click.echo("")
        click.echo(f"{self.answered} answered; each is recorded.")

    def _look(self, pair: tuple[str, str]) -> dict[str, Any] | None:
        return actions.look(self.home, *pair, reason=self.reason,
                            unsure_again=self.unsure_again, **self.told)  # fmt: skip

    def _settle(self, shown: dict[str, Any], place: str) -> bool:
        """Show a pair and ask until it is answered or left; say whether to go on."""
        draw(shown, place)
        while True:
            answer, why = parsed(click.prompt(_QUESTION, prompt_suffix=" > "))
            if answer is None:
                click.echo(_HINT)
            elif isinstance(answer, str):
                return answer != QUIT
            elif self._record(shown, answer, why):
                return True

    def _record(self, shown: dict[str, Any], verdict: Verdict, why: str) -> bool:
        """Record an answer; a reason that names somebody is asked for again."""
        try:
            said = actions.decide(self.home, shown["one"], shown["other"], verdict, why=why,
                                  how="terminal", **self.told)  # fmt: skip
        except NotAllowed as refusal:
            if not why:
                raise
            click.echo(f"{refusal.sentence} {refusal.remedy}")
            return False
        click.echo(recorded(said))
        self.answered += 1
        return True


def recorded(said: dict[str, Any]) -> str:
    """Return that an answer was recorded, and whose it took the place of."""
    words = {"same": "one woman", "different": "two women", "unsure": "cannot be told"}
    lines = [f"Recorded: {words[said['verdict']]}."]
    lines += [
        f"  This changes what {old['by']} said on {old['on']}: {words[old['verdict']]}."
        for old in said["changed"]
        if old["verdict"] != said["verdict"]
    ]
    return "\n".join(lines)


def draw(shown: dict[str, Any], place: str) -> None:
    """Draw one pair side by side, and what agrees and disagrees under it."""
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False)
    console.print()
    console.print(Text(f"Pair {place}", style="bold"))
    console.print(Text(f"Asked because {shown['why']}."))
    console.print(Text(f"How sure: {shown['how_sure']}."))
    console.print(_side_by_side(shown))
    for heading, lines, sign, style in (
        ("Agrees", shown["agrees"], "+", "green"),
        ("Disagrees", shown["disagrees"], "-", "red"),
        ("Not known", shown["not_known"], "?", "dim"),
    ):
        if lines:
            console.print(Text(heading, style="bold"))
            for line in lines:
                console.print(Text(f"  {sign} {line}", style=style))


def _side_by_side(shown: dict[str, Any]) -> "Table":
    from rich.table import Table
    from rich.text import Text

    table = Table(show_lines=True, expand=True)
    for heading in ("", "A", "B"):
        table.add_column(heading, ratio=1 if heading else None, overflow="fold")
    for name, first in shown["first"].items():
        second = shown["second"][name]
        if first or second:
            # as Text, for a name in brackets would else be read as a colour
            table.add_row(
                Text(name.replace("_", " ").capitalize().replace("Nhs", "NHS")),
                Text("\n".join(first) or "—"),
                Text("\n".join(second) or "—"),
            )
    return table
