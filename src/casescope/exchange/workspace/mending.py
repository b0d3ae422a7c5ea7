"""What a power cut left half-done is done, or taken back, before anything else."""

import secrets
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from casescope.exchange.form.names import file_name
from casescope.exchange.form.shape import as_json, moment
from casescope.exchange.messages.acknowledgement import ACKNOWLEDGEMENT, Acknowledgement
from casescope.exchange.messages.receipt import OVERWRITTEN, Destroyed
from casescope.exchange.workspace import keys
from casescope.exchange.workspace.book import Book
from casescope.exchange.workspace.messages import put, written
from casescope.exchange.workspace.place import Place
from casescope.exchange.workspace.standing import ACKNOWLEDGE, Package, detail_of, standing
from casescope.governance.record.ledger import Entry
from casescope.governance.record.signing import fingerprint
from casescope.kernel import durable


def mend(place: Place, book: Book, private: Ed25519PrivateKey, *, now: datetime, version: str,
         outbox: Path | None = None) -> Path | None:  # fmt: skip
    """Finish what the ledger says was begun; clear away what it does not know.

    Returns where the acknowledgement lies if one had to be written.
    """
    for folder in (place.root, place.keys, place.packages, place.sealed, place.outbox):
        if folder.is_dir():
            durable.sweep(folder)
    held = standing(book.entries).held
    _clear(place, held)
    if held is None:
        return None
    if held.package not in standing(book.entries).acknowledged:
        _acknowledge(book, held, private, now=now, version=version)
    return _put(book.entries, private, outbox or place.outbox)


def _clear(place: Place, held: Package | None) -> None:
    """Destroy every package but the one held: old versions, and one that was not taken in."""
    keep = place.package(held.package) if held else None
    for path in sorted(place.packages.glob("*.casepkg")):
        if path != keep:
            durable.destroy(path)


def _acknowledge(
    book: Book, held: Package, private: Ed25519PrivateKey, *, now: datetime, version: str
) -> None:
    """Write in the ledger what is acknowledged; the old version was destroyed just before."""
    before = standing(book.entries).packages[:-1]
    old = before[-1].package if before else ""
    destroyed = (Destroyed(f"the file of package {old}", OVERWRITTEN, moment(now)),) if old else ()
    said = Acknowledgement(
        secrets.token_hex(16), held.study, fingerprint(keys.public_key(private)), held.package,
        held.version, held.manifest, old or None, held.taken_in_at, destroyed, version,
    )  # fmt: skip
    book.add(ACKNOWLEDGE, now, package=held.package, said=as_json(said))


def _put(entries: list[Entry], private: Ed25519PrivateKey, outbox: Path) -> Path | None:
    """Write the acknowledgement again where nothing was done after it."""
    newest = entries[-1]
    if newest.action != ACKNOWLEDGE:
        return None
    said = detail_of(newest)["said"]
    path = outbox / file_name(ACKNOWLEDGEMENT, said["acknowledgement"])
    put(path, written(ACKNOWLEDGEMENT, said, entries, newest.number, private))
    return path
