"""Every sentence of the privacy notice stands in PROMISES.md, with what keeps and proves it."""

import ast
import importlib.util
import re

import pytest

from tests.docs.pages import ROOT

NOTICE = ROOT / "docs" / "privacy-notice.txt"
PROMISES = (ROOT / "PROMISES.md").read_text(encoding="utf-8")
ENDS = (".", ";", ":", "pseudonymised")
"""How a sentence of the notice ends; headings, addresses and one-word lines don't."""


def sentences() -> list[str]:
    """Return what the notice says: list items whole, paragraphs sentence by sentence."""
    found = []
    for line in NOTICE.read_text(encoding="utf-8").splitlines():
        text = " ".join(line.split())
        if text.startswith("•"):
            found.append(text.removeprefix("•").strip())
        else:
            parts = re.split(r"(?<=[.]) (?=[A-Z])", text)
            found += [part for part in parts if part.endswith(ENDS) and len(part.split()) > 4]
    return found


def quoted() -> list[str]:
    return [" ".join(line[1:].split()) for line in PROMISES.splitlines() if line.startswith(">")]


def answers() -> list[tuple[str, str]]:
    """Return what stands under each group of quotations, by its first words."""
    parts = re.split(r"(?:^> .*\n\n?)+", PROMISES, flags=re.MULTILINE)[1:]
    return [(" ".join(part.split())[:60], part) for part in parts]


def test_the_notice_is_read_whole():
    assert len(sentences()) >= 24
    assert "Data will only be stored and processed within the UK." in sentences()
    assert "access to personal information we hold about you" in sentences()


@pytest.mark.parametrize("sentence", sentences())
def test_every_sentence_stands_among_the_promises(sentence):
    assert sentence in quoted()


def test_nothing_is_quoted_that_the_notice_does_not_say():
    assert set(quoted()) <= set(sentences())


@pytest.mark.parametrize("answer", answers(), ids=lambda found: found[0])
def test_each_promise_is_kept_and_proved_or_not_yet(answer):
    _, text = answer
    kept, proved = "`casescope." in text, "Proved by `tests/" in text
    assert (kept and proved) or "Not yet:" in text
    assert proved or "Kept" not in text, "what is said to be kept needs a test"


@pytest.mark.parametrize("module", sorted(set(re.findall(r"`(casescope\.[\w.]+)`", PROMISES))))
def test_every_module_named_exists(module):
    assert importlib.util.find_spec(module) is not None


@pytest.mark.parametrize("test", sorted(set(re.findall(r"`(tests/[^`]+)`", PROMISES))))
def test_every_test_named_exists(test):
    path, _, name = test.partition("::")
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    names = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    assert name in names or (name == "*" and any(one.startswith("test_") for one in names))
