"""A workspace that is open: the one door to it, which checks clock, ledger, head and end."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from casescope.exchange.workspace import keys
from casescope.exchange.workspace.book import Book, open_book
from casescope.exchange.workspace.clocks import Clocks
from casescope.exchange.workspace.mending import mend
from casescope.exchange.workspace.place import Place, find_place, unwritable
from casescope.exchange.workspace.standing import Package, Standing, standing
from casescope.governance.record.ledger import Entry
from casescope.governance.record.signing import fingerprint
from casescope.kernel.canonical import Json
from casescope.kernel.errors import LeaseRefused, NotAllowed, NotFound


@dataclass
class Workspace:
    """One workspace, held by this process alone; `version` is casescope's own."""

    place: Place
    book: Book
    private: Ed25519PrivateKey
    clocks: Clocks
    version: str

    @property
    def standing(self) -> Standing:
        """Return how it stands."""
        return standing(self.book.entries)

    @property
    def fingerprint(self) -> str:
        """Return what its card is known by."""
        return fingerprint(keys.public_key(self.private))

    def now(self) -> datetime:
        """Return the time that counts; refuse a clock that was set back."""
        return self.clocks.read(self.book.newest).wall

    def latest(self) -> datetime:
        """Return the newest time known, whatever the clock says: for what must be written now."""
        return _latest(self.clocks.wall(), self.book)

    def add(self, action: str, /, **detail: Json) -> Entry:
        """Write an entry in its ledger."""
        return self.book.add(action, self.now(), **detail)


@contextmanager
def opened(
    root: Path, keys_root: Path, *, clocks: Clocks, actor: str, version: str, ending: bool = False
) -> Iterator[Workspace]:
    """Yield a workspace, put right if the power went; `ending`: though it is finished, or past.

    A disk that takes no more is told as such, wherever it shows.
    """
    place = find_place(root, keys_root)
    with place.alone(), _told(place):
        book = open_book(place, actor)
        if ending:  # a clock that once ran ahead must not keep what is to be destroyed
            wall = clocks.wall
            clocks = replace(clocks, wall=lambda: _latest(wall(), book))
        workspace = Workspace(place, book, keys.signing(place), clocks, version)
        book.keep(workspace.now())
        mend(place, book, workspace.private, now=workspace.now(), version=version)
        if not ending:
            check_goes_on(workspace)
        yield workspace


def _latest(wall: datetime, book: Book) -> datetime:
    newest = book.newest
    return max(wall, newest.astimezone(wall.tzinfo)) if newest else wall


@contextmanager
def _told(place: Place) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise unwritable(place.root) from error


def check_goes_on(workspace: Workspace) -> None:
    """Refuse a workspace that is finished, or whose study's last day is over."""
    now = workspace.standing
    if now.finishing is not None:
        raise NotAllowed(
            "This workspace is finished, or about to be.",
            "casescope partner finish WORKSPACE ends it, and says where the receipt is.",
        )
    if now.held and workspace.now().date() > now.held.ends_on:
        raise LeaseRefused(
            f"The study’s last day, {now.held.ends_on.isoformat()}, is over: nothing opens now.",
            "Finish: casescope partner finish WORKSPACE.",
        )


def held(workspace: Workspace) -> Package:
    """Return the package that is held, or refuse where none was taken in."""
    package = workspace.standing.held
    if package is None:
        raise NotFound(
            "No package was taken into this workspace yet.",
            "casescope partner open WORKSPACE PACKAGE takes one in.",
        )
    return package
