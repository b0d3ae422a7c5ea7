"""Commands that are printed to be pasted, with whatever a folder or a sender calls a file."""

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casescope.kernel.commands import command, filled, quoted

NAMES = st.text(st.characters(exclude_categories=("C",)), min_size=1, max_size=20)


def test_plain_words_stay_as_they_are():
    assert command("run", "study", windows=False) == "casescope run study"
    assert command("run", r"C:\studies\one", windows=True) == r"casescope run C:\studies\one"


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash on this machine")
def test_bash_takes_each_word_whole():
    """Asked of bash itself, with what a folder or a hostile sender may call a file."""
    words = ["My studies", "it's", "$(touch pwned)", "`id`", "a;b", "x&y", '"', "\\", "*", "-é—“”"]
    line = command(*words, windows=False).removeprefix("casescope ")
    told = subprocess.run(
        ["bash", "-c", f"printf '%s\\n' {line}"], capture_output=True, text=True, check=True
    )
    assert told.stdout.splitlines() == words


@pytest.mark.parametrize(
    ("word", "typed"),
    [
        (r"C:\My studies\one", r'"C:\My studies\one"'),
        ("C:\\My studies\\", '"C:\\My studies\\\\"'),  # else the quote would be escaped
        ("x&y", '"x&y"'),
        ("it's", '"it\'s"'),
        ("Müller", '"Müller"'),
        ("@post.json", '"@post.json"'),  # PowerShell takes a bare @ for a list of arguments
        ("$(calc).json", "WORD"),  # PowerShell
        ("`calc`", "WORD"),
        ("%COMSPEC%.json", "WORD"),  # cmd
        ("a\nb", "WORD"),
    ],
)
def test_windows_takes_each_word_whole_or_it_is_not_printed(word, typed):
    assert quoted(word, windows=True) == typed


@given(NAMES)
def test_nothing_runs_inside_quotes_on_windows(name):
    typed = quoted(name, windows=True)
    if typed.startswith('"'):
        assert typed[1:-1].rstrip("\\") == name.rstrip("\\")
        assert not set(typed[1:-1]) & set('"$`%')


def test_no_path_is_taken_for_an_option():
    assert quoted(Path("--to=evil.json"), windows=False) == "./--to=evil.json"
    assert quoted("--to", windows=False) == "--to"


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
