"""The session's prompt: a few words and SQL, read from a person, a script or the command line."""

import contextlib
import os
import re
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from casescope.cli.partner_answers import counted, facts, released, sealed_lines, tables
from casescope.cli.progress import Lines
from casescope.cli.study import as_json_text
from casescope.cli.terminal import printable
from casescope.kernel.errors import LeaseRefused, LedgerBroken, NotAllowed, UserError

if TYPE_CHECKING:
    from casescope.exchange.workspace.session import Session

HELP = """\
  findings           the findings of the dataset that passed disclosure control
  report [FOLDER]    write the report of them [WORKSPACE/report]
  tables             what the dataset holds: tables, columns, meanings
  SELECT …;          SQL over it, up to the semicolon; answers count women and pass the same rules
  note TEXT          keep a note, sealed
  notes              show the notes
  told               show every question that was answered, and its answer
  send [NUMBER …]    seal the findings for the council, with the notes and answers of these numbers
  help               this
  quit               end the session: data and keys are dropped"""

_SQL = re.compile(r"\s*(?:(?:select|with|from|values|table)\b|\()", re.IGNORECASE)
_PARTS = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|--[^\n]*|/\*.*?\*/|;|[^'\"\-/;]+|.",
                    re.DOTALL)  # fmt: skip
_ENDED = 63


def split(text: str) -> list[str]:
    """Return the commands of a script: a line each, SQL up to the semicolon that ends it."""
    found, kept = list[str](), ""
    for line in text.splitlines():
        kept = f"{kept}\n{line}" if kept else line
        if is_whole(kept):
            found.append(kept)
            kept = ""
    return [
        one.strip() for one in [*found, kept] if one.strip() and not one.lstrip().startswith("#")
    ]


def is_whole(text: str) -> bool:
    """Say whether a command is at its end: SQL needs its semicolon outside quotes and comments."""
    return not _SQL.match(text) or any(part == ";" for part in _PARTS.findall(text))


def do_all(session: "Session", commands: Sequence[str], *, as_json: bool) -> None:
    """Do commands in order; the first that is refused ends the session."""
    for command in commands:
        if not perform(session, command, as_json=as_json):
            return


def converse(session: "Session", *, as_json: bool) -> None:
    """Talk with whoever is there until they quit or the lease ends, which ends the program."""
    is_person = sys.stdin.isatty()
    if is_person:
        _welcome(session)
    with _watched(session) if is_person else contextlib.nullcontext(threading.RLock()) as turn:
        for command in _commands(is_person=is_person):
            with turn:
                if not _performed(session, command, as_json=as_json, is_person=is_person):
                    return


def perform(session: "Session", command: str, *, as_json: bool) -> bool:
    """Do one command; False where it was to quit."""
    word, _, rest = command.strip().partition(" ")
    if word.lower() in ("quit", "exit"):
        return False
    if _SQL.match(command):
        _query(session, command, as_json)
    elif word.lower() in _COMMANDS:
        _COMMANDS[word.lower()](session, rest.strip(), as_json)
    elif word:
        raise NotAllowed(f"'{word}' is no command of a session.", "help lists them.")
    return True


def _performed(session: "Session", command: str, *, as_json: bool, is_person: bool) -> bool:
    """Do one command; a person may try again after a refusal that does not end the session."""
    try:
        return perform(session, command, as_json=as_json)
    except (LeaseRefused, LedgerBroken):
        raise
    except UserError as refusal:
        if not is_person:
            raise
        said = f"{printable(refusal.sentence)}\n  {printable(refusal.remedy)}".rstrip()
        click.echo(said, err=True)
        return True


def _commands(*, is_person: bool) -> Iterator[str]:
    """Yield commands from whoever is there, each whole."""
    if is_person:
        with contextlib.suppress(ImportError):  # for editing of lines, where the system has it
            import readline  # noqa: F401 — it works by being there
    kept = ""
    while True:
        try:
            line = input(("       …> " if kept else "casescope> ") if is_person else "")
        except EOFError:
            break
        kept = f"{kept}\n{line}" if kept else line
        if is_whole(kept):
            yield kept
            kept = ""
    if kept.strip():
        yield kept


def _welcome(session: "Session") -> None:
    hours, rest = divmod(int(session.left().total_seconds()), 3600)
    click.echo(f"Open for {hours} h {rest // 60} min. The data is in memory alone. 'help' lists "
               "what there is.", err=True)  # fmt: skip
    click.echo(printable(session.manifest.undertaking), err=True)


@contextlib.contextmanager
def _watched(session: "Session") -> Iterator[threading.RLock]:
    """Yield whose turn it is; when the lease ends, the session does, though nobody types."""
    turn, left = threading.RLock(), threading.Event()
    watch = threading.Thread(target=_watch, args=(session, turn, left), daemon=True)
    watch.start()
    try:
        yield turn
    finally:
        left.set()


def _watch(session: "Session", turn: threading.RLock, left: threading.Event) -> None:
    while not left.wait(1.0):
        if session.left().total_seconds() > 0:
            continue
        session.interrupt()
        with turn:
            if left.is_set():
                return
            try:
                session.check()
            except UserError as refusal:
                click.echo(f"\ncasescope: {refusal.sentence}\n  {refusal.remedy}", err=True)
        sys.stdout.flush()
        os._exit(_ENDED)  # whoever waits at the keyboard cannot be called back in any other way


def _query(session: "Session", sql: str, as_json: bool) -> None:
    from casescope.actions.partner.session import query

    answer = query(session, sql)
    words = facts if answer["kind"] == "facts" else counted
    click.echo(as_json_text(answer) if as_json else words(answer))


def _findings(session: "Session", _: str, as_json: bool) -> None:
    from casescope.actions.partner.session import findings

    found = findings(session)
    click.echo(as_json_text(found) if as_json else released(found))


def _report(session: "Session", rest: str, as_json: bool) -> None:
    from casescope.actions.partner.session import report

    paths = report(session, Path(rest) if rest else None, progress=Lines())
    click.echo(as_json_text([str(path) for path in paths]) if as_json
               else "\n".join(f"Wrote {path}" for path in paths))  # fmt: skip


def _tables(session: "Session", _: str, as_json: bool) -> None:
    from casescope.actions.partner.session import tables as action

    found = action(session)
    click.echo(as_json_text(found) if as_json else tables(found))


def _note(session: "Session", rest: str, as_json: bool) -> None:
    from casescope.actions.partner.session import note

    number = note(session, rest)
    click.echo(as_json_text({"note": number}) if as_json else f"Kept, sealed, as number {number}.")


def _notes(session: "Session", _: str, as_json: bool) -> None:
    from casescope.actions.partner.session import notes

    _lines(notes(session), as_json, "No notes yet.")


def _told(session: "Session", _: str, as_json: bool) -> None:
    from casescope.actions.partner.session import told

    _lines(told(session), as_json, "Nothing was told yet.")


def _lines(found: list[dict[str, Any]], as_json: bool, none: str) -> None:
    click.echo(as_json_text(found) if as_json else sealed_lines(found) or none)


def _send(session: "Session", rest: str, as_json: bool) -> None:
    from casescope.actions.partner.session import send

    words = rest.replace(",", " ").split()
    if not all(word.isdecimal() for word in words):
        raise NotAllowed("send takes numbers of notes and answers.", "notes and told show them.")
    path = send(session, [int(word) for word in words])
    click.echo(as_json_text({"package": str(path)}) if as_json else
               f"Wrote {path}\n  Send it to the council: only they can open it.")  # fmt: skip


def _help(session: "Session", _: str, as_json: bool) -> None:  # noqa: ARG001 — one shape for all commands
    click.echo(HELP)


_COMMANDS: dict[str, Callable[["Session", str, bool], None]] = {
    "findings": _findings, "report": _report, "tables": _tables, "note": _note, "notes": _notes,
    "told": _told, "send": _send, "help": _help,
}  # fmt: skip
