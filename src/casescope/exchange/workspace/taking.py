"""Takes a package in: checked, the council's key known, the old version gone, acknowledged."""

import hashlib
import json
import shutil
from dataclasses import asdict
from pathlib import Path
from typing import BinaryIO

from casescope.exchange.form.shape import moment
from casescope.exchange.package.manifest import SHARED_DATASET, Manifest
from casescope.exchange.package.package import Package, half_opened, read
from casescope.exchange.workspace import keys, standing
from casescope.exchange.workspace.mending import mend
from casescope.exchange.workspace.messages import checked
from casescope.exchange.workspace.workspace import Workspace
from casescope.governance.record.signing import fingerprint, same_fingerprint
from casescope.kernel import durable
from casescope.kernel.canonical import canonical_bytes
from casescope.kernel.errors import LeaseRefused, NotAllowed, SignatureRefused
from casescope.kernel.progress import Progress, Silent

_SILENT = Silent()
_ASK = "Ask the council, over the telephone, which package you should have."


def take_in(
    workspace: Workspace,
    path: Path,
    *,
    authority: str = "",
    outbox: Path | None = None,
    progress: Progress = _SILENT,
) -> Path | None:
    """Take a package in, unless it is the one that is held; return where its acknowledgement lies.

    `authority` is the council's fingerprint as read over the telephone.
    """
    progress.start("checking the package")
    package = read(path, key=_known_key(workspace))
    _check_authority(package, authority)
    _check_is_ours(workspace, package)
    if not _is_held(workspace, package):
        _check_follows(workspace, package.manifest)
        _hold(workspace, package)
    progress.finish(f"version {package.manifest.version}")
    if authority and workspace.standing.confirmed is None:
        workspace.add(standing.CONFIRM, fingerprint=package.fingerprint)
    return _acknowledge(workspace, outbox)


def confirm(workspace: Workspace, authority: str) -> None:
    """Hold a fingerprint read over the telephone against the known one, and record it."""
    known = workspace.standing.held
    if known and not same_fingerprint(authority, fingerprint(known.authority_key)):
        raise _other_authority()
    if known and workspace.standing.confirmed is None:
        workspace.add(standing.CONFIRM, fingerprint=fingerprint(known.authority_key))


def _acknowledge(workspace: Workspace, outbox: Path | None) -> Path | None:
    return mend(
        workspace.place, workspace.book, workspace.private, now=workspace.now(),
        version=workspace.version, outbox=outbox,
    )  # fmt: skip


def _known_key(workspace: Workspace) -> str:
    """Return the key that signed the first package: later ones must be signed with it."""
    packages = workspace.standing.packages
    return packages[0].authority_key if packages else ""


def _check_authority(package: Package, authority: str) -> None:
    if authority and not same_fingerprint(authority, package.fingerprint):
        raise _other_authority()


def _other_authority() -> SignatureRefused:
    return SignatureRefused(
        "The package is signed with another key than the one whose numbers you gave.",
        "Compare them again over the telephone. If they differ, do not use the package.",
    )


def _check_is_ours(workspace: Workspace, package: Package) -> None:
    """Refuse what was not made for this card, or is no dataset, or comes after the last day."""
    told = package.manifest
    if told.kind != SHARED_DATASET:
        raise NotAllowed(f"{package.path.name} holds a partner’s findings, not a dataset.", _ASK)
    if told.partner != workspace.fingerprint:
        raise SignatureRefused(
            f"{package.path.name} was made for another partner’s card.",
            "It opens nothing here. Send it back, and ask for the one made for your card.",
        )
    half_opened(package, keys.identity(workspace.place).secret)
    if workspace.now().date() > told.ends_on:
        raise LeaseRefused(
            f"The study’s last day was {told.ends_on.isoformat()}: the package opens no more.",
            "Ask the council whether the study was extended; it would send a new package.",
        )


def _is_held(workspace: Workspace, package: Package) -> bool:
    held = workspace.standing.held
    return held is not None and held.manifest == package.digest


def _check_follows(workspace: Workspace, told: Manifest) -> None:
    """Refuse another study's package, an old version, and one that came before."""
    packages = workspace.standing.packages
    if not packages:
        return
    newest = packages[-1]
    if told.study != newest.study:
        raise NotAllowed(
            "This workspace holds another study’s package; a workspace serves one study.",
            "Begin another workspace with casescope partner init, with a card of its own.",
        )
    if told.package in {one.package for one in packages} or told.version <= newest.version:
        raise SignatureRefused(
            f"The package is version {told.version}, but version {newest.version} was taken in "
            "already.",
            "Old versions are not used again: they were corrected. " + _ASK,
        )


def _hold(workspace: Workspace, package: Package) -> None:
    """Copy a package into the workspace, then say in the ledger that it is held."""
    told = package.manifest
    kept = checked(
        told.growth, workspace.book.entries, workspace.private, study=told.study,
        authority_key=told.authority_key, called=package.path.name,
    )  # fmt: skip
    to = workspace.place.package(told.package)

    def copy(out: BinaryIO) -> None:
        with package.path.open("rb") as source:
            shutil.copyfileobj(source, out, 1 << 20)

    durable.write_by(to, copy)
    if read(to, package.path.name).digest != package.digest:
        durable.destroy(to)
        raise SignatureRefused(
            f"{package.path.name} changed while it was being copied.", "Take it in again."
        )
    held = standing.Package(
        told.package, told.study, told.version, told.replaces or "", told.name, told.authority,
        told.authority_key, told.made_on, told.ends_on, package.digest, told.data.sha256,
        told.share.sha256 if told.share else "", _sha256(to), told.canaries,
        tuple(sorted(one.sha256 for one in told.files.values())), moment(workspace.now()),
    )  # fmt: skip
    workspace.add(standing.HOLD, package=json.loads(canonical_bytes(asdict(held))), **kept)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
