"""From a held package to an open session: asks, waits, keeps what a lease of a week lets it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from casescope.exchange.age import age
from casescope.exchange.messages.lease import Lease, Terms
from casescope.exchange.workspace import week
from casescope.exchange.workspace.asking import (
    Answered,
    Asked,
    ask,
    asked_before,
    take_answer,
    terms,
    wait,
)
from casescope.exchange.workspace.session import Session, begin
from casescope.exchange.workspace.workspace import Workspace, held
from casescope.governance.study_file.exchange_lines import WEEK
from casescope.kernel.errors import LeaseRefused, UserError
from casescope.kernel.progress import Progress, Silent

_SILENT = Silent()


class Teller(Protocol):
    """Whoever tells the person what is going on."""

    def took_in(self, workspace: Workspace, acknowledgement: Path | None) -> None:
        """Say which package is held, whose it is, and where its acknowledgement lies."""

    def asked(self, asked: Asked, terms: Terms) -> None:
        """Say where the request lies and what to do with it."""

    def answered(self, lease: Lease) -> None:
        """Say that the answer came."""

    def waits(self, seconds: float, refusal: UserError | None) -> None:
        """Show that the answer is waited for; `refusal`: why a file that came is none."""


@dataclass(frozen=True)
class How:
    """Where answers come in and messages go out, how long to wait, and who is asked and told.

    `passphrase` asks for one; its argument says whether it is a new one. `afresh`: a lease is asked
    for though one is kept, whose passphrase may be lost.
    """

    teller: Teller
    passphrase: Callable[[bool], str]
    inbox: Path | None = None
    outbox: Path | None = None
    wait: float = 86_400.0
    afresh: bool = False
    progress: Progress = _SILENT


def lease(workspace: Workspace, how: How) -> Session:
    """Return a session under a lease, asked for now or, in week mode, kept from before."""
    allowed = terms(workspace)
    if allowed.mode == WEEK:
        return _week(workspace, how, allowed)
    week.forget(workspace)
    asked = ask(workspace, inbox=how.inbox, outbox=how.outbox)
    return begin(workspace, _answered(workspace, asked, how, allowed), progress=how.progress)


def _answered(workspace: Workspace, asked: Asked, how: How, allowed: Terms) -> Answered:
    how.teller.asked(asked, allowed)
    inbox = how.inbox or workspace.place.inbox
    answered = wait(workspace, asked, inbox, seconds=how.wait, told=how.teller.waits)
    how.teller.answered(answered.lease)
    return answered


def _week(workspace: Workspace, how: How, allowed: Terms) -> Session:
    if how.afresh:
        week.forget(workspace)
    is_new = not week.is_kept(workspace)
    passphrase = how.passphrase(is_new)
    kept = None if is_new else week.kept(workspace, passphrase)
    asked = _still_ours(workspace, kept, how)
    if kept and asked and kept.lease:
        try:
            return _again(workspace, kept, asked, how.progress)
        except LeaseRefused:  # it has ended, or is of an old version: a new one is asked for
            asked = None
    if asked is None:
        week.check_passphrase(passphrase)
        asked = _asked_anew(workspace, how, passphrase)
    answered = _answered(workspace, asked, how, allowed)
    week.keep(workspace, week.Kept(asked.secret).answered(answered.raw), passphrase)
    return begin(workspace, answered, progress=how.progress)


def _still_ours(workspace: Workspace, kept: week.Kept | None, how: How) -> Asked | None:
    """Return the request that a kept secret hangs on, if it is for the package that is held."""
    asked = asked_before(workspace, kept.secret, outbox=how.outbox) if kept else None
    return asked if asked and asked.request.package == held(workspace).package else None


def _again(workspace: Workspace, kept: week.Kept, asked: Asked, progress: Progress) -> Session:
    answered = take_answer(workspace, asked, kept.lease.encode("utf-8"), "The kept lease")
    since = week.opened_before(workspace, answered.lease.lease)
    return begin(workspace, answered, kept_since=since, progress=progress)


def _asked_anew(workspace: Workspace, how: How, passphrase: str) -> Asked:
    """Make a one-time secret, keep it before anything hangs on it, and ask."""
    secret = age.new_identity().secret
    week.keep(workspace, week.Kept(secret), passphrase)
    return ask(workspace, inbox=how.inbox, outbox=how.outbox, secret=secret)
