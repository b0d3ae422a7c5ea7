"""Rows that outlive a study under a hold: one encrypted file for each hold, with a key of its own.

Destroying that key destroys what the hold kept, in every copy, and nothing else.
"""

import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from casescope.kernel import durable
from casescope.kernel.errors import VaultRefused
from casescope.vault.connection import Attachment, connected
from casescope.vault.layers import LayerRecord, Vault, file_sha256

FOLDER = "holds"


@dataclass(frozen=True)
class Kept:
    """What one hold keeps: how many rows, and the SHA-256 of their encrypted file."""

    rows: int
    sha256: str


def held_file(home: Path, hold_id: str) -> Path:
    """Return where a hold's rows lie, or will."""
    return home / FOLDER / f"{hold_id}.duckdb"


def keep_rows(
    vault: Vault,
    hold_id: str,
    layers: Mapping[str, LayerRecord],
    copy: Callable[[duckdb.DuckDBPyConnection], int],
) -> Kept:
    """Write a hold's file under a fresh key: `copy` fills `out` from the layers, counts the rows.

    What an interrupted try left is destroyed first, once the layers are known to be whole.
    """
    attachments = [vault.attachment(layer, name) for name, layer in layers.items()]
    destroy_rows(vault, hold_id)
    key, part = secrets.token_hex(32), held_file(vault.home, hold_id).with_suffix(".part")
    attachments.append(Attachment("out", part, key, writable=True))
    try:
        durable.create(_key_file(vault, hold_id), key.encode("ascii"), private=True)
        part.parent.mkdir(mode=0o700, exist_ok=True)
        with connected(attachments) as connection:
            rows = copy(connection)
            connection.execute("DETACH out")
        durable.flush(part)  # before the study's own keys are destroyed
        kept = Kept(rows, file_sha256(part))
        durable.move(part, held_file(vault.home, hold_id))
    except (OSError, duckdb.IOException) as error:
        destroy_rows(vault, hold_id)
        raise VaultRefused(
            f"What hold {hold_id} keeps cannot be written in {vault.home}.",
            "Make the folder writable, or the disk less full, and run the command again.",
        ) from error
    return kept


@contextmanager
def reading_rows(vault: Vault, hold_id: str, sha256: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield a connection with a hold's file attached as `held`, read-only."""
    file, key_file = held_file(vault.home, hold_id), _key_file(vault, hold_id)
    try:
        whole, key = file_sha256(file) == sha256, key_file.read_text(encoding="ascii")
    except OSError:
        whole, key = False, ""
    if not whole:
        raise VaultRefused(
            f"What hold {hold_id} keeps is damaged or missing.",
            f"Put {file} and {key_file} back from where you keep copies of them.",
        )
    with connected([Attachment("held", file, key)]) as connection:
        yield connection


def destroy_rows(vault: Vault, hold_id: str) -> None:
    """Destroy what a hold keeps: its key first, without which the file is nothing."""
    key = _key_file(vault, hold_id)
    durable.destroy(key)
    durable.sweep(key.parent)
    file = held_file(vault.home, hold_id)
    for path in (file, *file.parent.glob(f"{hold_id}.part*")):
        durable.destroy(path)


def rows_left(vault: Vault) -> set[str]:
    """Return the ids of the holds of which a key or a file is here, whatever the register says."""
    folders = (_key_file(vault, "").parent, vault.home / FOLDER)
    return {path.name.partition(".")[0] for one in folders for path in one.glob("[!.]*.*")}


def _key_file(vault: Vault, hold_id: str) -> Path:
    return vault.keys.hold_key(vault.study_id, hold_id)
