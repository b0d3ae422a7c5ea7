"""Layers: immutable encrypted files, each written whole by one step and published by a rename.

A layer exists once the register has its row. Until then its file is an orphan that the next
writer sweeps away, so a process killed at any moment leaves the last good layer in force.
"""

import hashlib
import logging
import secrets
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import filelock

from casescope.kernel import durable
from casescope.kernel.errors import Busy, VaultRefused
from casescope.vault.connection import Attachment, connected
from casescope.vault.keys import KeyRing

_log = logging.getLogger(__name__)

_SPILL = ".spill"
_REMEDIES = {
    "extract": "Load the extract again.",
    "identities": "Put the file back from a copy of the study folder: it cannot be made again, for "
    "restrictions hang on the ids in it.",
    "tokens": "Put the file back from a copy of the study folder: it cannot be made again, for "
    "what was sent to a partner hangs on the tokens in it.",
}


@dataclass(frozen=True)
class LayerRecord:
    """What is known of one layer without opening it; holds no personal data.

    `tables` maps each table to its number of rows, `made_at` is ISO 8601 in UTC.
    """

    name: str
    wing: str
    file: str
    step_key: str
    sha256: str
    size: int
    tables: dict[str, int]
    made_at: str


@dataclass(frozen=True)
class Vault:
    """The data of one study: its folder, its id and the ring that holds its keys."""

    home: Path
    study_id: str
    keys: KeyRing

    @property
    def folder(self) -> Path:
        """Return where the layers lie."""
        return self.home / "vault"

    @contextmanager
    def writing(self, patience: float = 0) -> Iterator[None]:
        """Hold the study's one writer's place, waiting so many seconds for it at most.

        The lock dies with its process.
        """
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock = filelock.FileLock(self.folder / ".writer", timeout=patience)
            lock.acquire()
        except filelock.Timeout:
            raise Busy(
                f"Another casescope process is writing to {self.home}.",
                "Wait until it has finished, then run the command again.",
            ) from None
        except OSError as error:
            raise _unwritable(self.home) from error
        try:
            yield
        finally:
            lock.release()

    def sweep(self, keep: Iterable[str]) -> None:
        """Remove every file that is no layer in force, and what was spilt; call while writing."""
        kept = set(keep)
        shutil.rmtree(self.folder / _SPILL, ignore_errors=True)
        for path in [*self.folder.glob("*.duckdb*"), *self.folder.glob("*.part*")]:
            if path.name not in kept:
                # On Windows a reader may still hold the file: it goes at a later sweep.
                try:
                    path.unlink()
                except OSError:
                    continue

    @contextmanager
    def reading(self, layers: Sequence[LayerRecord]) -> Iterator[duckdb.DuckDBPyConnection]:
        """Yield a connection with these layers attached under their names, read-only."""
        with connected([self.attachment(layer, layer.name) for layer in layers]) as connection:
            yield connection

    def attachment(self, layer: LayerRecord, alias: str) -> Attachment:
        """Return a layer as something to attach read-only, after checking that it is whole."""
        path = self.folder / layer.file
        check_whole(path, layer)
        return Attachment(alias, path, self.keys.key(self.study_id, layer.wing))


@dataclass
class Draft:
    """A layer being written: `connection` has the inputs by name and the new file as `out`."""

    connection: duckdb.DuckDBPyConnection
    record: LayerRecord | None = field(default=None)

    def published(self) -> LayerRecord:
        """Return the finished layer's record; only after the block that wrote it has ended."""
        if self.record is None:
            raise RuntimeError("a draft is published when its block ends")
        return self.record


@contextmanager
def drafting(
    vault: Vault,
    *,
    name: str,
    wing: str,
    step_key: str,
    inputs: Mapping[str, LayerRecord],
    incoming: int | None = 0,
) -> Iterator[Draft]:
    """Write one layer: yield a draft, then flush, hash and rename it under a name not guessable.

    `inputs` are attached read-only under the names they are given here; `incoming` is how many
    bytes come from elsewhere, None where unknown. If the block raises, or the process dies, nothing
    but an orphan file is left.
    """
    vault.keys.check_apart_from(vault.home)
    key = vault.keys.key(vault.study_id, wing)
    part = vault.folder / f"{name}-{secrets.token_hex(8)}.part"
    attachments = [vault.attachment(layer, alias) for alias, layer in inputs.items()]
    attachments.append(Attachment("out", part, key, writable=True))
    try:
        spill = vault.folder / _SPILL
        with connected(attachments, spill=spill, incoming=incoming) as connection:
            draft = Draft(connection)
            connection.execute("USE out")
            yield draft
            tables = _row_counts(connection)
            connection.execute("USE memory")
            connection.execute("DETACH out")
        draft.record = _publish(vault, part, name=name, wing=wing, step_key=step_key, tables=tables)
    except duckdb.IOException:
        part.unlink(missing_ok=True)
        raise _unwritable(vault.home) from None
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def is_whole(path: Path, layer: LayerRecord) -> bool:
    """Say whether a layer file is there and is, byte for byte, the one that was published."""
    try:
        return path.stat().st_size == layer.size and file_sha256(path) == layer.sha256
    except OSError:
        return False


def check_whole(path: Path, layer: LayerRecord) -> None:
    """Refuse a layer file that is missing or is not, byte for byte, the one that was published."""
    if not is_whole(path, layer):
        remedy = _REMEDIES.get(
            layer.name.partition("_")[0], "Run 'casescope run' to build it again."
        )
        raise VaultRefused(f"The layer '{layer.name}' is damaged or missing.", remedy)


def file_sha256(path: Path) -> str:
    """Return the SHA-256 of a file in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _row_counts(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    names = connection.execute(
        "SELECT table_name FROM duckdb_tables() WHERE database_name = 'out' ORDER BY table_name"
    ).fetchall()
    counts: dict[str, int] = {}
    for (name,) in names:
        row = connection.execute(f'SELECT count(*) FROM out."{name}"').fetchone()
        counts[name] = row[0] if row else 0
    return counts


def _publish(
    vault: Vault, part: Path, *, name: str, wing: str, step_key: str, tables: Mapping[str, int]
) -> LayerRecord:
    final = part.with_suffix(".duckdb")
    try:
        durable.flush(part)
        sha256 = file_sha256(part)
        durable.move(part, final)
    except OSError as error:
        raise _unwritable(vault.home) from error
    _log.debug("layer %s published: %s tables, %s rows", name, len(tables), sum(tables.values()))
    return LayerRecord(
        name=name,
        wing=wing,
        file=final.name,
        step_key=step_key,
        sha256=sha256,
        size=final.stat().st_size,
        tables=dict(tables),
        made_at=datetime.now(UTC).isoformat(timespec="seconds"),
    )


def _unwritable(home: Path) -> VaultRefused:
    return VaultRefused(
        f"The study folder {home} cannot be written.",
        "Make it writable, or check that the disk is not full, and run the command again.",
    )
