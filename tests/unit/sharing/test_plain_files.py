"""What a partner's findings may be: tables and words, and nothing that runs."""

from types import SimpleNamespace

import pytest

from casescope.actions.sharing import _plain_files
from casescope.actions.sharing._plain_files import check_no_formula, check_plain
from casescope.exchange.package.manifest import Bytes
from casescope.kernel.errors import SignatureRefused


def manifest(**sizes: int):
    return SimpleNamespace(files={name.replace("__", "."): Bytes("0" * 64, size)
                                  for name, size in sizes.items()})  # fmt: skip


def test_tables_words_and_json_are_taken():
    check_plain(manifest(report__json=10, tiers__csv=20, notes__txt=3), "f.casepkg")


@pytest.mark.parametrize("name", ["run__exe", "page__html", "book__xlsm", "link__lnk", "noending"])
def test_nothing_else_is(name):
    with pytest.raises(SignatureRefused, match="findings are files that end in"):
        check_plain(manifest(report__json=1, **{name: 1}), "f.casepkg")


def test_what_would_not_fit_into_memory_is_not_opened(monkeypatch):
    monkeypatch.setattr(_plain_files, "LARGEST", 25)
    with pytest.raises(SignatureRefused, match="too long"):
        check_plain(manifest(report__json=10, tiers__csv=20), "f.casepkg")


@pytest.mark.parametrize("cell", [
    "=1+1", "=HYPERLINK(1)", "+cmd|' /C calc'!A0", "-2+3", "@SUM(1)", "\tx", '"=1+1"', "-a",
    "a;=1+1", "a\t@SUM(1)", " =1+1", "\N{NO-BREAK SPACE}=1+1", "\N{FULLWIDTH EQUALS SIGN}1+1",
])  # fmt: skip
def test_a_formula_is_found_wherever_it_stands(cell):
    content = f"\ufefftier,women\r\nT1,{cell}\r\n".encode()
    with pytest.raises(SignatureRefused, match="formula"):
        check_no_formula({"a.csv": content}, "f.casepkg")


@pytest.mark.parametrize("written", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_a_formula_is_not_hidden_by_how_a_table_is_written(written):
    """Excel opens UTF-16 by its mark; read as UTF-8, no cell of it begins with a sign."""
    content = "tier\twomen\r\n=1+1\tT1\r\n".encode(written)
    with pytest.raises(SignatureRefused, match="formula"):
        check_no_formula({"a.csv": content}, "f.casepkg")


def test_numbers_may_have_a_sign_and_json_may_hold_anything():
    content = b'tier,women,change\nT1,"1,204",-3\nT2,7 or fewer,+1.5\nT3,-,-12%\n'
    check_no_formula({"a.csv": content, "b.json": b'{"x": "=1+1"}'}, "f.casepkg")
