"""What lies in HOME/outbox is in the register: written beside, recorded, and then given its name.

A power cut between is finished by the next command, or cleared away where nothing was recorded.
"""

from pathlib import Path

from casescope.actions.gate import exchange_keys as keys
from casescope.actions.gate.gate import Permit
from casescope.kernel import durable
from casescope.kernel.errors import VaultRefused
from casescope.register import open_register
from casescope.register.exchange_records import PackageRow
from casescope.vault.layers import file_sha256

_STAGED = ".staged"


def outbox(home: Path) -> Path:
    """Return the folder from which files are taken to a partner."""
    return home / "outbox"


def staged(home: Path, package: str) -> Path:
    """Return where a package lies that is not recorded yet."""
    return outbox(home) / f".{package}{_STAGED}"


def settle(home: Path, row: PackageRow) -> Path:
    """Give a recorded package its name; another command may have been quicker."""
    path = outbox(home) / row.file
    try:
        durable.move(staged(home, row.package), path)
    except OSError as error:
        if lies_there(home, row):
            return path
        raise VaultRefused(
            f"{path} cannot be written.", "Make its folder writable and run the command again."
        ) from error
    return path


def lies_there(home: Path, row: PackageRow) -> bool:
    """Say whether the package is in the outbox as it was sent, or was taken away."""
    path = outbox(home) / row.file
    return path.is_file() and path.stat().st_size == row.size and file_sha256(path) == row.sha256


def finish(permit: Permit) -> None:
    """Do what a crash kept from being done after a record: give names, end what was replaced."""
    for row in open_register().packages(permit.study_id):
        if row.superseded_on is not None:
            end(permit, row)
        elif staged(permit.home, row.package).is_file():
            settle(permit.home, row)


def end(permit: Permit, row: PackageRow) -> None:
    """Destroy the council's half of a package that was replaced, and its file in the outbox."""
    keys.destroy_authority_identity(permit.study_id, row.package)
    for path in (staged(permit.home, row.package), outbox(permit.home) / row.file):
        if path.is_file():
            durable.remove(path)


def clear(permit: Permit) -> None:
    """Remove what was made for packages that were never recorded; call while writing."""
    known = {row.package for row in open_register().packages(permit.study_id)}
    for package in keys.packages_with_keys(permit.study_id):
        if package not in known:
            keys.destroy_authority_identity(permit.study_id, package)
    for path in outbox(permit.home).glob(f".*{_STAGED}"):
        if path.name.removeprefix(".").removesuffix(_STAGED) not in known:
            durable.remove(path)
    durable.sweep(outbox(permit.home))
