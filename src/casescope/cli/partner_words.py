"""What the partner's commands say."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from casescope.cli.terminal import printable
from casescope.kernel.counting import counted
from casescope.kernel.errors import UserError

if TYPE_CHECKING:
    from casescope.exchange.messages.lease import Lease, Terms
    from casescope.exchange.workspace.asking import Asked
    from casescope.exchange.workspace.finishing import Finished
    from casescope.exchange.workspace.workspace import Workspace

_MINUTE = 60
_MOST_NAMED = 30
"""Files that could not be looked into and are named on the screen."""


class Told:
    """Says on the error stream what is going on, so that results alone go to the output."""

    def __init__(self, inbox: Path) -> None:
        self._inbox = inbox
        self._minutes = -1

    def took_in(self, workspace: "Workspace", acknowledgement: Path | None) -> None:
        """Say which package is held, whose it is, and what to do with its acknowledgement."""
        from casescope.exchange.workspace.workspace import held
        from casescope.governance.record.signing import fingerprint

        package, now = held(workspace), workspace.standing
        left = (package.ends_on - workspace.now().date()).days
        named = f"{printable(package.name)} ({printable(package.authority)})"
        last = f"last day {package.ends_on.isoformat()}, {counted(left, 'day')} left"
        _say(f"{named}, version {package.version}; {last}")
        _say(f"  signed with  {fingerprint(package.authority_key)}")
        if now.confirmed is None:
            _say(
                "  Not compared over the telephone yet, as the receipt will say. Ring the council,"
            )
            _say("  compare these numbers, and give --authority FINGERPRINT with the next command.")
        if acknowledgement is not None:
            _say(f"Wrote {acknowledgement}")
            _say("  Send it to the council: it says which version you hold now.")

    def asked(self, asked: "Asked", terms: "Terms") -> None:
        """Say where the request lies and what to do with it."""
        _say(f"Wrote {asked.path}")
        _say(f"  Send it to the council, who answers with a lease for "
             f"{counted(terms.hours, 'hour')}. Put the")  # fmt: skip
        _say(f"  answer into {self._inbox} while this command waits. Ctrl-C gives up.")

    def answered(self, lease: "Lease") -> None:
        """Say that the answer came, in the place of that it is waited for."""
        lead = "\r\x1b[2K" if sys.stderr.isatty() else ""
        _say(
            f"{lead}  the lease came: {counted(lease.hours, 'hour')} from now, and never beyond "
            f"the last day"
        )

    def waits(self, seconds: float, refusal: UserError | None) -> None:
        """Show that the answer is waited for, and why a file that came is none."""
        if refusal is not None:
            _say(f"  Not the answer: {printable(refusal)}")
        if sys.stderr.isatty():
            click.echo(f"\r\x1b[2K  waiting for the lease … {_long(seconds)}", nl=False, err=True)
        elif seconds // _MINUTE > self._minutes:
            self._minutes = int(seconds // _MINUTE)
            _say(f"  waiting for the lease … {_long(seconds)}")


def _long(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), _MINUTE)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def stands(told: dict[str, Any]) -> str:
    """Return how a workspace stands, for a person."""
    lines = [
        f"{printable(told['name'])}: {told['stage']}",
        f"  workspace    {told['workspace']}",
        f"  keys         {told['keys']}",
        f"  fingerprint  {told['fingerprint']}",
    ]
    if package := told["package"]:
        confirmed = told["confirmed_at"]
        lines += [
            f"  package      {printable(package['name'])} ({printable(package['authority'])}), "
            f"version {package['version']}",
            f"  signed with  {package['authority_fingerprint']}",
            f"               {f'compared on {confirmed[:10]}' if confirmed else 'not compared'}",
            f"  last day     {package['ends_on']} ({_left(told['days_left'])})",
        ]
    ledger = told["ledger"]
    lines += [
        f"  sessions     {len(told['sessions'])}",
        f"  ledger       {counted(ledger['entries'], 'entry', 'entries')}, of which the council "
        f"has countersigned "
        f"{ledger['seen_by_the_council']}",
    ]
    if told["lease_kept"]:
        lines.append("  lease        its secret is kept on this disk, under a passphrase")
    return "\n".join(lines)


def _left(days: int) -> str:
    return "over" if days < 0 else f"{counted(days, 'day')} left"


def finished(done: "Finished") -> str:
    """Return what came of finishing, for a person."""
    lines = []
    if look := done.look:
        lines.append(f"Looked through {counted(look.files, 'file')} in "
                     f"{', '.join(str(folder) for folder in look.folders)}.")  # fmt: skip
        lines += [f"  copy: {printable(one.path)}{_inside(one.member)}: {one.why}"
                  for one in look.strays]  # fmt: skip
        lines += [f"  not looked into: {printable(path)}: {why}"
                  for path, why in look.unread[:_MOST_NAMED]]  # fmt: skip
        if len(look.unread) > _MOST_NAMED:
            lines.append(f"  and {len(look.unread) - _MOST_NAMED:,} more, which --json names")
        if look.links:
            lines.append(f"  {look.links} links to elsewhere were not followed.")
        lines.append("The keys that open, the package and the notes are destroyed.")
    lines += [
        f"The receipt is {done.receipt}",
        "Send it to the council: it can close the study on it. Copies that the receipt cannot know "
        "of open nothing without the council.",
    ]
    return "\n".join(lines)


def finished_json(done: "Finished") -> dict[str, Any]:
    """Return what came of finishing as plain values."""
    look = done.look
    return {
        "receipt": str(done.receipt),
        "looked": look and {
            "folders": [str(folder) for folder in look.folders],
            "files": look.files,
            "bytes": look.bytes,
            "links_not_followed": look.links,
            "copies": [{"path": str(one.path), "inside": one.member, "why": one.why}
                       for one in look.strays],
            "not_looked_into": [{"path": str(path), "why": why} for path, why in look.unread],
        },
    }  # fmt: skip


def _inside(member: str) -> str:
    return f" ({printable(member)})" if member else ""


def _say(words: str) -> None:
    click.echo(words, err=True)
