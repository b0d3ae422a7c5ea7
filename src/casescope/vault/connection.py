"""The DuckDB connection: encrypted files attached, then every door to the outside shut.

DuckDB writes encrypted files only with the OpenSSL of its httpfs extension. The extension is
loaded by path from a wheel, so nothing is downloaded. Once the layers are attached, external
access goes off and the configuration is locked: no query can reach any file but theirs.

A small study is spared what only a large one gains by: the extension takes longer to load (its
signature is checked) than DuckDB's own cipher takes to read a few megabytes, and several threads
take longer to start than one takes to do the work.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import duckdb_extension_httpfs

from casescope.kernel.errors import VaultRefused

MEMORY_LIMIT = "720MB"
"""What DuckDB may hold before it spills (encrypted) into the study's own folder."""

_SMALL = 32 << 20
"""Up to so many bytes of layers (some 1,500 mothers) both are so, as measured."""


@dataclass(frozen=True)
class Attachment:
    """One encrypted file to attach: its name, where it is, its key, and whether to write."""

    name: str
    path: Path
    key: str
    writable: bool = False


@contextmanager
def connected(
    attachments: Sequence[Attachment], *, spill: Path | None = None, incoming: int | None = 0
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield a connection with these files attached and nothing else within reach.

    What does not fit in memory goes to `spill`, a folder no other process uses; without one the
    query fails instead. `incoming` is how many bytes will come from elsewhere, None where unknown.
    """
    size = sum(one.path.stat().st_size for one in attachments if one.path.is_file())
    small = incoming is not None and size + incoming <= _SMALL
    connection = duckdb.connect(config=_config(small=small))
    try:
        if not small or any(one.writable for one in attachments):
            connection.execute(f"LOAD '{_quoted(_extension())}'")
        for attachment in attachments:
            _attach(connection, attachment)
        _shut(connection, spill)
        yield connection
    finally:
        connection.close()


def _config(*, small: bool) -> dict[str, str | bool | int | float | list[str]]:
    return {
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "memory_limit": MEMORY_LIMIT,
        # nothing reads a table in the order it was written: steps and lists sort what they need
        "preserve_insertion_order": "false",
        **({"threads": "1"} if small else {}),
    }


def _extension() -> Path:
    return next(Path(duckdb_extension_httpfs.__file__).parent.rglob("httpfs.duckdb_extension"))


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _attach(connection: duckdb.DuckDBPyConnection, attachment: Attachment) -> None:
    mode = "" if attachment.writable else ", READ_ONLY"
    try:
        connection.execute(
            f"ATTACH '{_quoted(attachment.path)}' AS {attachment.name} "
            f"(ENCRYPTION_KEY '{attachment.key}', ENCRYPTION_CIPHER 'GCM'{mode})"
        )
    except duckdb.Error as error:
        # DuckDB's own message may quote the statement, and the statement holds the key.
        raise _refusal(attachment, str(error)) from None


def _refusal(attachment: Attachment, message: str) -> VaultRefused:
    if "Wrong encryption key" in message:
        return VaultRefused(
            f"The key on this machine does not open the layer '{attachment.name}'.",
            "Set CASESCOPE_KEYS to the folder with this study's keys.",
        )
    if attachment.writable:
        return VaultRefused(
            f"The study folder {attachment.path.parent.parent} cannot be written.",
            "Make it writable, or check that the disk is not full, and run the command again.",
        )
    return VaultRefused(
        f"The layer '{attachment.name}' is damaged or missing.",
        "Run 'casescope run' to build it again; if it is the extract, load it again.",
    )


def _shut(connection: duckdb.DuckDBPyConnection, spill: Path | None) -> None:
    # without a folder nothing spills; DuckDB's own choice would be one in the working directory
    connection.execute(f"SET temp_directory='{_quoted(spill) if spill else ''}'")
    connection.execute("SET temp_file_encryption=true")
    connection.execute("SET enable_external_access=false")
    connection.execute("SET lock_configuration=true")
