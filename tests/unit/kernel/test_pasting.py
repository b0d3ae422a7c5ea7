"""A command that is shown works when it is pasted, whatever folder it names."""

import os
import shlex
from pathlib import Path

import pytest

from casescope.kernel.pasting import filled, quoted

AWKWARD = ["study", "/home/Mary O'Brien/study 2026", "Zoë", "a$HOME`id`", "x;y", "-", "", "[1]*?"]


@pytest.mark.parametrize("name", AWKWARD)
def test_a_shell_reads_it_back_as_it_was(name):
    assert shlex.split(f"casescope run {quoted(name)}") == ["casescope", "run", name]


@pytest.mark.parametrize(("name", "shown"), [
    (r"C:\studies\one", r"C:\studies\one"),
    (r"C:\Users\Mary O'Brien\study", r'"C:\Users\Mary O' + "'" + r'Brien\study"'),
    ("The charity & friends", '"The charity & friends"'),
    ("", '""'),
])  # fmt: skip
def test_windows_knows_double_quotes_in_both_its_shells(monkeypatch, name, shown):
    monkeypatch.setattr(os, "name", "nt")
    assert quoted(name) == shown


@pytest.mark.parametrize(("sentence", "shown"), [
    ("Load one: casescope load HOME FOLDER…", "Load one: casescope load 'my study' FOLDER…"),
    ("casescope study show HOME says how it stands.",
     "casescope study show 'my study' says how it stands."),
    ("End it: casescope study close HOME.", "End it: casescope study close 'my study'"),
    ("Close it (casescope study close HOME).", "Close it (casescope study close 'my study')."),
    ("Run casescope run HOME, then look.", "Run casescope run 'my study', then look."),
    ("casescope pairs HOME list shows them.", "casescope pairs 'my study' list shows them."),
    ("HOME is a folder.", "HOME is a folder."),
    ("casescope and HOMES", "casescope and HOMES"),
])  # fmt: skip
def test_home_becomes_the_study_that_was_named(sentence, shown):
    assert filled(sentence, {"HOME": Path("my study")}) == shown


def test_a_name_is_put_in_as_it_is():
    """No part of a folder's name is read as a pattern or looked at again."""
    given = {"HOME": r"a\1 HOME", "WORKSPACE": "w"}
    shown = filled("casescope run HOME or casescope partner show WORKSPACE", given)
    assert shown == r"casescope run 'a\1 HOME' or casescope partner show w"
