"""The demo goes on to the end: shared with a pretend charity, worked on, finished, certified."""

import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from casescope.actions.partner.partner import finish, init, open_package
from casescope.actions.partner.session import report
from casescope.actions.partner.session import send as send_back
from casescope.actions.sharing.card import add
from casescope.actions.sharing.lease import grant
from casescope.actions.sharing.receive import receive
from casescope.actions.sharing.send import send
from casescope.actions.study.study import close
from casescope.exchange.messages.lease import Lease, Terms
from casescope.exchange.workspace.asking import Asked
from casescope.exchange.workspace.clocks import Clocks
from casescope.exchange.workspace.leasing import How
from casescope.exchange.workspace.workspace import Workspace
from casescope.governance.roles import Actor
from casescope.kernel.errors import UserError
from casescope.kernel.progress import Progress, Silent

CHARITY = Actor("pretend.charity", "pretended by the demo")
_ATTESTED = "Nothing here is anybody's data: county, council and charity are invented."
_SILENT = Silent()


@dataclass(frozen=True)
class Ended:
    """Where the charity's side lies, its report, the certificate, and its three sentences."""

    workspace: Path
    report: Path
    certificate: Path
    first: tuple[str, ...]


def to_the_end(
    home: Path, *, actor: Actor, today: date, clocks: Clocks, progress: Progress = _SILENT
) -> Ended:
    """Send the demo's study to a pretend charity, let it work, finish on both sides, certify.

    Files pass between the two as they would by post; `actor` is the council's.
    """
    study, workspace, post = home / "study", home / "charity", home / "post.casepkg"
    begun = init(workspace, name="Pause", contact="pretend@pause.example", actor=CHARITY,
                 clocks=clocks)  # fmt: skip
    add(study, begun.card, fingerprint=begun.fingerprint, actor=actor, today=today)
    sent = send(study, to="Pause", actor=actor, today=today, now=clocks.wall(), progress=progress)
    shutil.copyfile(str(sent["path"]), post)
    lender = _Lender(study, workspace, actor, today, clocks)
    how = How(lender, _no_passphrase, progress=progress)
    with open_package(workspace, post, how=how, actor=CHARITY, clocks=clocks) as session:
        paths = report(session, workspace / "report", progress=progress)
        back = send_back(session)
    post.unlink()
    receive(study, back, actor=actor, today=today)
    done = finish(workspace, actor=CHARITY, clocks=clocks, progress=progress)
    receive(study, done.receipt, actor=actor, today=today)
    issued = close(study, attested=_ATTESTED, actor=actor, today=today, progress=progress)
    return Ended(workspace, paths[0], issued.folder, issued.certificate.first)


@dataclass(frozen=True)
class _Lender:
    """The council's part while the charity's session waits: it takes in and lends."""

    study: Path
    workspace: Path
    actor: Actor
    today: date
    clocks: Clocks

    def took_in(self, workspace: Workspace, acknowledgement: Path | None) -> None:  # noqa: ARG002 — the protocol's
        """Take the acknowledgement in."""
        if acknowledgement is not None:
            receive(self.study, acknowledgement, actor=self.actor, today=self.today)

    def asked(self, asked: Asked, terms: Terms) -> None:  # noqa: ARG002 — the protocol's
        """Lend the council's half to the session that asks."""
        inbox = self.workspace / "inbox" / "lease.json"
        grant(self.study, asked.path, out=inbox, actor=self.actor, today=self.today,
              now=self.clocks.wall())  # fmt: skip

    def answered(self, lease: Lease) -> None:
        """Say nothing."""

    def waits(self, seconds: float, refusal: UserError | None) -> None:
        """Say nothing."""


def _no_passphrase(_: bool) -> str:
    """Return what is never asked for: the demo's leases die with their session."""
    return ""
