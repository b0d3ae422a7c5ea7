"""Commands that are printed to be pasted, with whatever a folder or a sender calls a file."""

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casescope.kernel.commands import command, quoted

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
