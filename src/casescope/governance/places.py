"""Where data may lie: on this machine's own disk, or where the study says and answers for it.

What software can know of a place is little: the limits are in LIMITS, and printed with every proof.
"""

import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path, PureWindowsPath

from casescope.kernel.errors import PlaceRefused
from casescope.kernel.surroundings import Mount, Seen, look

LIMITS = (
    "whether a disk of this machine is in the United Kingdom",
    "copies made by backups, snapshots or a synchronising program that it does not know",
    "who looks at a screen from abroad, which is itself a transfer",
    "whether a provider's staff can reach what it stores, or a foreign law orders it to",
)
"""What software cannot know of a place; completes "casescope cannot know …"."""

NETWORK_KINDS = frozenset({
    "nfs", "nfs3", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afpfs", "ncpfs", "afs", "9p",
    "ceph", "glusterfs", "lustre", "gpfs", "beegfs", "orangefs", "pvfs2", "ocfs2", "gfs2", "coda",
    "davfs", "webdav", "ftp", "sshfs", "virtiofs", "vboxsf", "vmhgfs", "prl_fs", "acfs",
    "network drive",
})  # fmt: skip
"""Kinds of mount whose files lie on another machine, or in the keeping of one."""

_LOCAL_FUSE = frozenset({
    "fuse.fuse-overlayfs", "fuse.ntfs-3g", "fuse.exfat", "fuse.ext2", "fuse.veracrypt",
})  # fmt: skip
"""Programs that present a local disk; any other (gcsfuse, s3fs, rclone, sshfs) may be a cloud."""

SERVICES = {
    "onedrive": "OneDrive", "dropbox": "Dropbox", "google drive": "Google Drive",
    "googledrive": "Google Drive", "my drive": "Google Drive", "shared drives": "Google Drive",
    "icloud": "iCloud", "icloud drive": "iCloud", "iclouddrive": "iCloud",
    "mobile documents": "iCloud", "cloudstorage": "a cloud service", "sharepoint": "SharePoint",
    "box": "Box", "box sync": "Box", "nextcloud": "Nextcloud", "owncloud": "ownCloud",
    "pcloud": "pCloud", "pclouddrive": "pCloud", "pcloud drive": "pCloud", "mega": "MEGA",
    "megasync": "MEGA", "creative cloud files": "Creative Cloud", "egnyte": "Egnyte",
}  # fmt: skip
"""What synchronised folders are called, in lower case; the name may go on after a hyphen."""

_IN_STUDY = (
    "Move it to a disk of this machine; or, if it stays in the United Kingdom, have the folder "
    "declared in study.toml ([storage] declared_places) and approved."
)


def check_place(
    path: Path,
    declared: Sequence[str],
    what: str,
    *,
    remedy: str = _IN_STUDY,
    looking: Callable[[Path], Seen] = look,
) -> None:
    """Refuse a folder on a network drive or in a synchronised folder that nobody declared.

    `what` begins the sentence ("The key folder"); `declared` are folders somebody answers for.
    """
    fault = fault_of(looking(path), declared)
    if fault:
        raise PlaceRefused(f"{what} {path} {fault}.", remedy)


def fault_of(seen: Seen, declared: Sequence[str] = ()) -> str:
    """Return what is wrong with a place, as the rest of a sentence; nothing if all is well."""
    if any(_is_within(seen, folder) for folder in declared):
        return ""
    if _is_unc(str(seen.path)) or _is_unc(str(seen.real)):
        return "lies on another machine, which may be anywhere"
    if seen.mount and is_network(seen.mount):
        return f"lies on a network drive ({seen.mount.kind}), which may be anywhere"
    service = _service(seen)
    return f"is synchronised by {service}, which copies it out of this machine" if service else ""


def is_network(mount: Mount) -> bool:
    """Say whether what is mounted lies on another machine, or in a cloud."""
    kind = mount.kind.lower()
    if mount.point == "/":  # what a whole system runs from is its own disk, in a container too
        return kind.startswith(("nfs", "cifs"))
    return kind in NETWORK_KINDS or (kind.startswith("fuse.") and kind not in _LOCAL_FUSE)


def _service(seen: Seen) -> str:
    for folder, service in seen.synced.items():
        if _is_inside(seen.real, folder):
            return service
    return next(filter(None, map(_by_name, (*_parts(seen.path), *_parts(seen.real)))), "")


def _parts(path: Path) -> Iterable[str]:
    return PureWindowsPath(path).parts  # which splits at both slashes


def _by_name(part: str) -> str:
    """Return the service whose folders are called so: `OneDrive - A Council`, `Dropbox (A)`."""
    name = part.casefold().strip()
    heads = (name.partition(sign)[0].strip() for sign in (" - ", "("))
    return next((SERVICES[head] for head in heads if head in SERVICES), "")


def _is_unc(path: str) -> bool:
    r"""Say whether a path names a machine: \\server\share, also as \\?\UNC\server\share."""
    plain = path.replace("/", "\\") if os.name == "nt" else path
    if plain.startswith(("\\\\?\\", "\\\\.\\")):
        return plain[4:8].upper() == "UNC\\"
    return plain.startswith("\\\\")


def _is_within(seen: Seen, folder: str) -> bool:
    named = Path(folder)
    return any(
        _is_inside(path, root)
        for path in (seen.path, seen.real)
        for root in (named, Path(os.path.realpath(named)))
    )


def _is_inside(path: Path, folder: Path) -> bool:
    """Say whether a path is in a folder; on Windows and Macs case makes no other name."""
    if path.is_relative_to(folder):
        return True
    return Path(str(path).casefold()).is_relative_to(str(folder).casefold()) and os.name == "nt"
