"""Whatever uv.lock names for use (not for tests) can be had as a wheel on an analyst's Windows."""

import re
import tomllib
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest
from packaging.markers import Marker
from packaging.tags import Tag, compatible_tags, cpython_tags
from packaging.utils import parse_wheel_filename

LOCK = tomllib.loads((Path(__file__).parents[2] / "uv.lock").read_text(encoding="utf-8"))
PACKAGES = {package["name"]: package for package in LOCK["package"]}
WINDOWS = {
    "sys_platform": "win32", "platform_system": "Windows", "os_name": "nt",
    "platform_machine": "AMD64", "python_version": "3.11", "python_full_version": "3.11.9",
    "implementation_name": "cpython", "platform_python_implementation": "CPython", "extra": "",
}  # fmt: skip


def needed() -> list[str]:
    """Return the packages that casescope needs on Windows, directly or through another."""
    found: set[str] = set()
    waiting = ["casescope"]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += wanted(PACKAGES[name])
    return sorted(found - {"casescope"})


def wanted(package: dict) -> Iterator[str]:
    extras = package.get("optional-dependencies", {}).values()
    for one in [*package.get("dependencies", []), *chain.from_iterable(extras)]:
        if "marker" not in one or Marker(one["marker"]).evaluate(WINDOWS):
            yield one["name"]


def tags() -> set[Tag]:
    return {*cpython_tags((3, 11), platforms=["win_amd64"]),
            *compatible_tags((3, 11), interpreter="cp311", platforms=["win_amd64"])}  # fmt: skip


def test_the_list_is_not_empty():
    assert {"duckdb", "duckdb-extension-httpfs", "psycopg-binary", "splink", "typst"} <= {*needed()}


@pytest.mark.parametrize("name", needed())
def test_it_has_a_wheel_for_windows(name):
    files = [wheel["url"].rpartition("/")[2] for wheel in PACKAGES[name].get("wheels", [])]
    assert any(parse_wheel_filename(file)[3] & tags() for file in files), files


def test_the_page_names_the_uv_that_the_makefile_has():
    root = Path(__file__).parents[2]
    (uv,) = re.findall(r"uv==([\d.]+)", (root / "Makefile").read_text(encoding="utf-8"))
    page = (root / "docs" / "how-to" / "install.md").read_text(encoding="utf-8")
    assert set(re.findall(r"uv==([\d.]+)", page)) == {uv}
