"""The council's halves of what it sends, with the study's keys: without them no package opens.

One identity a package, one secret a partner (it locks the partner's own notes), one identity to
which partners seal what they found. Destroying a half ends what it is half of.
"""

import contextlib
import secrets
from collections.abc import Callable
from pathlib import Path

from casescope.exchange.age.age import Identity, identity_of, new_identity
from casescope.kernel import durable
from casescope.kernel.errors import VaultRefused
from casescope.vault.keys import KeyRing

FOLDER = "exchange"
_PACKAGE, _WORKSPACE, _REPLY = "package-", "workspace-", "reply.key"
_KEY = ".key"


def folder(study_id: str) -> Path:
    """Return where the study's halves lie, whether or not there are any."""
    return KeyRing.default().folder(study_id) / FOLDER


def make_authority_identity(study_id: str, package: str) -> Identity:
    """Make the council's half of a new package."""
    fresh = new_identity()
    _make(_of_package(study_id, package), fresh.secret)
    return fresh


def authority_identity(study_id: str, package: str) -> Identity:
    """Return the council's half of a package, or refuse where it is gone."""
    path = _of_package(study_id, package)
    return identity_of(_read(path), f"The key {path}")


def has_authority_identity(study_id: str, package: str) -> bool:
    """Say whether the council's half of a package is still here."""
    return _of_package(study_id, package).is_file()


def destroy_authority_identity(study_id: str, package: str) -> None:
    """Destroy the council's half of a package: no lease can open it any more."""
    durable.destroy(_of_package(study_id, package))


def packages_with_keys(study_id: str) -> tuple[str, ...]:
    """Return the ids of packages whose half is here."""
    found = folder(study_id).glob(f"{_PACKAGE}*{_KEY}")
    return tuple(sorted(one.name.removeprefix(_PACKAGE).removesuffix(_KEY) for one in found))


def workspace_secret(study_id: str, partner: str, *, make: bool = False) -> bytes:
    """Return the secret of a partner's workspace, made once; refuse where there is none."""
    path = folder(study_id) / f"{_WORKSPACE}{partner.replace('-', '')}{_KEY}"
    if make:
        _make_once(path, lambda: secrets.token_hex(32))
    try:
        return bytes.fromhex(_read(path))
    except ValueError:
        raise _damaged(path) from None


def reply_identity(study_id: str, *, make: bool = False) -> Identity:
    """Return the identity to which partners seal, made once; refuse where there is none."""
    path = folder(study_id) / _REPLY
    if make:
        _make_once(path, lambda: new_identity().secret)
    return identity_of(_read(path), f"The key {path}")


def destroy_all(study_id: str) -> int:
    """Destroy every half there is; return how many there were. Done again, it finishes."""
    found = sorted(folder(study_id).glob(f"*{_KEY}"))
    for path in found:
        durable.destroy(path)
    durable.sweep(folder(study_id))
    return len(found)


def _of_package(study_id: str, package: str) -> Path:
    return folder(study_id) / f"{_PACKAGE}{package}{_KEY}"


def _make_once(path: Path, fresh: Callable[[], str]) -> None:
    if not path.exists():
        with contextlib.suppress(FileExistsError):  # another process was quicker
            _make(path, fresh())


def _make(path: Path, secret: str) -> None:
    try:
        durable.create(path, f"{secret}\n".encode("ascii"), private=True)
    except FileExistsError:
        raise
    except OSError as error:
        raise VaultRefused(
            f"{path} cannot be written.", "Point CASESCOPE_KEYS at a folder of yours."
        ) from error


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        raise _damaged(path) from None


def _damaged(path: Path) -> VaultRefused:
    return VaultRefused(
        f"The key {path} is missing or damaged.",
        "Put it back, or set CASESCOPE_KEYS to the folder that holds it. If it is gone for good, "
        "send a new version (casescope send HOME --to NAME).",
    )
