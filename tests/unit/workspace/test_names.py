"""Names that Windows can hold, and places that it can't."""

from pathlib import PureWindowsPath

import pytest

from casescope.exchange.workspace.names import check_windows_root, is_reserved, portable
from casescope.kernel.errors import PlaceRefused


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Pause Pretendshire", "pause-pretendshire"),
        (r"..\..\evil", "evil"),
        ("../../evil", "evil"),
        ("CON", "partner-con"),
        ("aux.", "partner-aux"),
        ("LPT1", "partner-lpt1"),
        ("Société Générale", "soci-t-g-n-rale"),
        ("日本", "partner"),
        ("a" * 300, "a" * 40),
        (": * ? | <x>", "x"),
    ],
)
def test_a_name_becomes_a_file_of_any_system(words, name):
    assert portable(words) == name


# the names that Microsoft's "Naming Files, Paths, and Namespaces" lists
@pytest.mark.parametrize("name", ["con", "PRN.txt", "Aux", "nul.tar.gz", "COM1", "com9.x", "LPT¹"])
def test_what_windows_keeps_for_devices(name):
    assert is_reserved(name)


@pytest.mark.parametrize("name", ["console", "com", "com10", "nulls.txt", "auxiliary"])
def test_what_it_does_not(name):
    assert not is_reserved(name)


@pytest.mark.parametrize(
    "root",
    [r"C:\Users\ann\Pause workspace", r"\\server\share\work", r"D:\work.old\pause", "C:/a/b"],
)
def test_places_that_will_do(root):
    check_windows_root(PureWindowsPath(root))


@pytest.mark.parametrize(
    "root", [r"C:\work\nul", r"C:\work\aux.d\x", r"C:\work \x", r"C:\work.\x", "C:\\" + "a" * 200,
             r"C:\what?\x"],
)  # fmt: skip
def test_places_that_will_not(root):
    with pytest.raises(PlaceRefused):
        check_windows_root(PureWindowsPath(root))
