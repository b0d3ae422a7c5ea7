"""Where data may lie: every kind of disk, cloud folder and network drive that we know of."""

import os
import time
from pathlib import Path

import pytest

from casescope.governance.places import LIMITS, check_place, fault_of
from casescope.kernel import surroundings
from casescope.kernel.errors import PlaceRefused
from casescope.kernel.surroundings import (
    MARKERS,
    Mount,
    Seen,
    look,
    mount_of,
    mounts_in,
    mounts_of_macos_in,
)

# lines as machines have them: Ubuntu, a container of Docker, gVisor, rootless Podman, WSL
TABLE = r"""
/dev/nvme0n1p2 / ext4 rw,relatime,errors=remount-ro 0 0
proc /proc proc rw,nosuid,nodev,noexec,relatime 0 0
tmpfs /run tmpfs rw,nosuid,nodev 0 0
/dev/mapper/home /home btrfs rw,relatime,subvol=/home 0 0
/dev/sdb1 /media/ann/USB\040stick fuseblk rw,nosuid,user_id=0,group_id=0 0 0
files:/export/team /mnt/team nfs4 rw,vers=4.2,addr=10.0.0.5 0 0
//council-fs/casework$ /mnt/case\040work cifs rw,vers=3.1.1,username=ann 0 0
sshfs#ann@far: /mnt/far fuse.sshfs rw,nosuid 0 0
bucket /mnt/bucket fuse.gcsfuse rw,nosuid 0 0
s3fs /mnt/s3 fuse.s3fs rw,nosuid 0 0
remote: /mnt/rclone fuse.rclone rw,nosuid 0 0
/home/.ciphers /mnt/ciphers fuse.gocryptfs rw,nosuid 0 0
host0 /mnt/host 9p rw,trans=virtio 0 0
/dev/sdc1 /mnt/team/local xfs rw 0 0
"""


def seen(path: str, table: str = TABLE, synced: dict[str, str] | None = None) -> Seen:
    real = Path(path)
    given = {Path(folder): service for folder, service in (synced or {}).items()}
    return Seen(real, real, mount_of(real, mounts_in(table)), given)


@pytest.mark.parametrize("path", [
    "/srv/study", "/home/ann/study", "/run/a/study", "/media/ann/USB stick/study",
    "/mnt/teamwork/study", "/mnt/team/local/study", "/mnt",
])  # fmt: skip
def test_a_disk_of_this_machine_is_a_place(path):
    assert fault_of(seen(path)) == ""


@pytest.mark.parametrize("path", [
    "/mnt/team/study", "/mnt/team", "/mnt/case work/study", "/mnt/far/a", "/mnt/bucket/a",
    "/mnt/s3/a", "/mnt/rclone/a", "/mnt/ciphers/a", "/mnt/host/a",
])  # fmt: skip
def test_a_network_drive_is_none_unless_declared(path):
    assert "network drive" in fault_of(seen(path))
    assert fault_of(seen(path), [path]) == ""
    assert fault_of(seen(f"{path}/within"), ["/elsewhere", path]) == ""
    assert fault_of(seen(path), [f"{path}/within", f"{path}x", "elsewhere"])


@pytest.mark.parametrize("root", [
    "overlay / overlay rw,lowerdir=/a,upperdir=/b 0 0",
    "none / 9p rw,trans=fd 0 0",
    "fuse-overlayfs / fuse.fuse-overlayfs rw,nodev 0 0",
    "rootfs / rootfs rw 0 0",
    "tmpfs / tmpfs rw 0 0",
    "zroot / zfs rw 0 0",
    "none / aufs rw 0 0",
])  # fmt: skip
def test_what_a_container_runs_from_is_its_own_disk(root):
    assert fault_of(seen("/srv/study", root)) == ""


def test_a_machine_without_a_disk_is_told():
    assert "network drive (nfs)" in fault_of(seen("/srv", "host:/roots/a / nfs rw 0 0"))


def test_the_deepest_and_the_latest_mount_counts():
    twice = "a /mnt nfs rw 0 0\nb /mnt ext4 rw 0 0"
    assert fault_of(seen("/mnt/study", twice)) == ""
    assert fault_of(seen("/mnt/study", "\n".join(reversed(twice.splitlines()))))


MACOS = """\
/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
/dev/disk3s5 on /System/Volumes/Data (apfs, local, journaled, nobrowse)
//ann@council-fs._smb._tcp.local/Team%20(A) on /Volumes/Team (A) (smbfs, nodev, nosuid)
files:/export on /Volumes/export (nfs, nodev, nosuid, mounted by ann)
"""


def test_mounts_of_a_mac():
    mounts = mounts_of_macos_in(MACOS)
    assert mounts[2] == Mount(
        "/Volumes/Team (A)", "smbfs", "//ann@council-fs._smb._tcp.local/Team%20(A)"
    )
    for path, fine in (("/Users/ann/study", True), ("/Volumes/Team (A)/study", False),
                       ("/Volumes/export/study", False)):  # fmt: skip
        at = Seen(Path(path), Path(path), mount_of(Path(path), mounts), {})
        assert (fault_of(at) == "") is fine


@pytest.mark.parametrize(("path", "service"), [
    ("/Users/ann/OneDrive/study", "OneDrive"),
    ("/home/ann/OneDrive - Otterby Council/study", "OneDrive"),
    ("/Users/ann/Library/CloudStorage/OneDrive-Otterby/study", "a cloud service"),
    ("/home/ann/Dropbox/study", "Dropbox"),
    ("/home/ann/Dropbox (Charity)/a/study", "Dropbox"),
    ("/Volumes/GoogleDrive/My Drive/study", "Google Drive"),
    ("/home/ann/Google Drive/study", "Google Drive"),
    ("/Users/ann/Library/Mobile Documents/com~apple~CloudDocs/study", "iCloud"),
    ("/home/ann/iCloudDrive/study", "iCloud"),
    ("/home/ann/nextcloud/study", "Nextcloud"),
    ("/home/ann/Box/study", "Box"),
])  # fmt: skip
def test_a_synchronised_folder_is_known_by_its_name(path, service):
    assert f"synchronised by {service}," in fault_of(seen(path))
    assert fault_of(seen(path), [str(Path(path).parent)]) == ""


@pytest.mark.parametrize("path", [
    "/home/ann/onedrive-plans/study", "/home/ann/boxes/study", "/home/ann/my drives/study",
    "/home/dropbox-ann/study", "/srv/megabytes",
])  # fmt: skip
def test_a_folder_called_nearly_so_is_not(path):
    assert fault_of(seen(path)) == ""


@pytest.mark.parametrize("path", [
    r"\\council-fs\casework\study", r"\\?\UNC\council-fs\casework\study", r"\\wsl$\Ubuntu\home",
])  # fmt: skip
def test_a_path_that_names_another_machine(path):
    assert "another machine" in fault_of(seen(path))
    assert fault_of(seen(r"\\?\C:\study")) == "", "a long path of this one"


def test_a_library_of_sharepoint_is_known_by_what_its_program_says():
    at = "/home/ann/Otterby/Scoping - Documents"
    assert fault_of(seen(f"{at}/study")) == ""
    assert "SharePoint" in fault_of(seen(f"{at}/study", synced={at: "OneDrive or SharePoint"}))


@pytest.fixture
def home(tmp_path, monkeypatch):
    for name in ("OneDrive", "OneDriveCommercial", "OneDriveConsumer", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize("marker", MARKERS)
def test_a_synchronised_folder_is_known_by_what_lies_at_its_top(home, marker):
    inside = home / "team" / "a" / "study"
    check_place(inside, (), "The study folder")
    (home / "team").mkdir()
    (home / "team" / marker).touch()
    with pytest.raises(PlaceRefused, match=MARKERS[marker]):
        check_place(inside, (), "The study folder")
    check_place(home / "elsewhere", (), "The study folder")


def test_a_synchronised_folder_is_known_by_what_onedrive_says(home, monkeypatch):
    monkeypatch.setenv("OneDriveCommercial", str(home / "work"))
    with pytest.raises(PlaceRefused, match="OneDrive"):
        check_place(home / "work" / "study", (), "The study folder")
    check_place(home / "works" / "study", (), "The study folder")


def test_a_synchronised_folder_is_known_by_what_dropbox_says(home):
    (home / ".dropbox").mkdir()
    info = home / ".dropbox" / "info.json"
    info.write_text('{"personal": {"path": "%s", "host": 1}}' % (home / "mine"), encoding="utf-8")
    with pytest.raises(PlaceRefused, match="Dropbox"):
        check_place(home / "mine" / "study", (), "The study folder")
    for broken in ("[]", "{", '{"a": 1}'):
        info.write_text(broken, encoding="utf-8")
        check_place(home / "mine" / "study", (), "The study folder")


def test_documents_that_icloud_keeps(home):
    (home / "Library" / "Mobile Documents" / "com~apple~CloudDocs" / "Documents").mkdir(
        parents=True
    )
    with pytest.raises(PlaceRefused, match="iCloud"):
        check_place(home / "Documents" / "study", (), "The study folder")
    check_place(home / "Downloads" / "study", (), "The study folder")


@pytest.mark.skipif(os.name != "posix", reason="making a link takes rights on Windows")
def test_a_link_is_followed(home):
    (home / "Dropbox").mkdir()
    (home / "study").symlink_to(home / "Dropbox")
    with pytest.raises(PlaceRefused, match="Dropbox"):
        check_place(home / "study", (), "The study folder")
    check_place(home / "study", [str(home / "Dropbox")], "The study folder")
    check_place(home / "study", [str(home / "study")], "The study folder")


def test_a_mapped_drive_of_windows(monkeypatch):
    """The drives are what Windows says; that it is asked rightly is seen on Windows alone."""
    monkeypatch.setattr(surroundings, "_mounts", lambda: (Mount("/z", "network drive"),))
    assert "network drive" in fault_of(look(Path("/z/study")))


def test_a_refusal_says_what_and_where_and_what_to_do():
    with pytest.raises(PlaceRefused) as refusal:
        check_place(Path("/x"), (), "The workspace", remedy="Add --declared-place /x.",
                    looking=lambda _: seen("/mnt/team/x"))  # fmt: skip
    assert str(refusal.value) == (
        "The workspace /x lies on a network drive (nfs4), which may be anywhere. "
        "Add --declared-place /x."
    )
    assert refusal.value.exit_code == 65


def test_looking_is_quick(tmp_path):
    """Four places are looked at before every command that works on data: well under 5 ms each."""
    deep = tmp_path.joinpath(*"abcdefgh")
    times = []
    for _ in range(20):
        start = time.perf_counter()
        check_place(deep, ("/srv/share",), "The study folder")
        times.append(time.perf_counter() - start)
    assert min(times) < 0.005


def test_limits_complete_a_sentence():
    assert all(limit[0].islower() and not limit.endswith(".") for limit in LIMITS)
