"""What is made in a folder that was opened to a group stays open to it, and to nobody else."""

import os
import stat

import pytest

from casescope.kernel.group_folder import is_open, open_up

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Windows hands permissions down itself")


def mode(path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def made(tmp_path):
    """A folder with what casescope makes in one: private, readable by all, a program, a link."""
    (tmp_path / "study" / "vault").mkdir(parents=True, mode=0o700)
    for name, bits in (("study/vault/a.duckdb", 0o644), ("study/key", 0o600), ("study/run", 0o755)):
        (tmp_path / name).touch()
        (tmp_path / name).chmod(bits)
    (tmp_path / "elsewhere").touch(mode=0o600)
    (tmp_path / "study" / "link").symlink_to(tmp_path / "elsewhere")
    return tmp_path / "study"


def test_the_group_gets_what_the_user_has_and_others_nothing(made):
    made.chmod(0o2770)
    open_up(made)
    assert mode(made / "vault") == 0o2770
    assert mode(made / "vault" / "a.duckdb") == mode(made / "key") == 0o660
    assert mode(made / "run") == 0o770
    assert mode(made.parent / "elsewhere") == 0o600, "a link's target is not ours to open"


@pytest.mark.parametrize("bits", [0o700, 0o770, 0o2750, 0o2700, 0o777])
def test_a_folder_that_nobody_opened_to_a_group_stays_private(made, bits):
    made.chmod(bits)
    assert not is_open(made)
    open_up(made)
    assert mode(made / "key") == 0o600


def test_a_folder_that_is_not_there_is_not_open(tmp_path):
    assert not is_open(tmp_path / "none")
    open_up(tmp_path / "none")
