"""Links resolve, the README is one screen, decisions are in their index, pages keep their form."""

import re
from importlib import import_module

import pytest

from tests.docs.pages import PAGES, ROOT, blocks, prose

DECISIONS = sorted((ROOT / "docs" / "adr").glob("[0-9]*.md"))
LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)\s]+)\)")


def relative(path) -> str:
    return path.relative_to(ROOT).as_posix()


def anchors(path) -> set[str]:
    heads = re.findall(r"^#+ (.+)$", prose(path), flags=re.MULTILINE)
    return {re.sub(r"[^\w -]", "", head.lower()).strip().replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", PAGES, ids=relative)
def test_every_relative_link_resolves(page):
    for link in LINK.findall(prose(page)):
        if re.match(r"[a-z]+:", link):
            continue
        target, _, anchor = link.partition("#")
        path = (page.parent / target).resolve() if target else page
        assert path.exists(), link
        assert not anchor or anchor in anchors(path), link


@pytest.mark.parametrize("page", PAGES, ids=relative)
def test_every_page_has_one_title(page):
    assert len(re.findall(r"^# ", prose(page), flags=re.MULTILINE)) == 1
    assert page.read_text(encoding="utf-8").startswith("# ")


def test_the_readme_is_one_screen():
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 60


def test_the_readme_names_the_two_doors_that_the_makefile_has():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    shown = "".join(block.text for block in blocks(ROOT / "README.md"))
    for door in re.findall(r"make (\w+)", shown):
        assert re.search(rf"^{door}:", makefile, flags=re.MULTILINE), door
    assert {"demo", "test"} <= set(re.findall(r"make (\w+)", shown))


def test_every_decision_is_in_the_index_with_its_title():
    index = (ROOT / "docs" / "adr" / "README.md").read_text(encoding="utf-8")
    numbers = [path.name[:4] for path in DECISIONS]
    assert numbers == [f"{number:04}" for number in range(1, len(numbers) + 1)]
    for path in DECISIONS:
        head = path.read_text(encoding="utf-8").splitlines()[0]
        number, _, title = head.removeprefix("# ").partition(". ")
        assert int(number) == int(path.name[:4])
        assert f"- [{path.name[:4]}: {title}]({path.name})" in index


@pytest.mark.parametrize("page", PAGES, ids=relative)
def test_every_page_can_be_reached(page):
    linked = {
        (other.parent / link.partition("#")[0]).resolve()
        for other in PAGES
        for link in LINK.findall(prose(other))
        if not re.match(r"[a-z]+:", link)
    }
    assert page.name == "README.md" or page.resolve() in linked


def test_every_file_that_contributing_names_is_there():
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    for name in re.findall(r"`((?:tests|docs)/[\w/.]+)`", text):
        assert (ROOT / name).exists(), name
    for name in re.findall(r"`([a-z_]+/[\w/]+\.(?:py|sql))`", text):
        assert (ROOT / "src" / "casescope" / name).is_file(), name


def test_every_test_folder_has_its_sentence():
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    folders = {path.parent.relative_to(ROOT / "tests").parts[0]
               for path in (ROOT / "tests").rglob("test_*.py")
               if path.parent != ROOT / "tests"}  # fmt: skip
    for folder in folders:
        assert f"| `tests/{folder}` |" in text, folder


def test_the_glossary_begins_with_the_trap():
    text = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8")
    heads = re.findall(r"^## (.+)$", text, flags=re.MULTILINE)
    assert heads[0] == "The trap first"
    assert text.index("MC_DOB") < text.index("- **authority**")


@pytest.mark.parametrize("name", ["PARAMETERS", "Parameters"])
def test_names_that_contributing_gives_exist(name):
    assert hasattr(import_module("casescope.governance.study_file.parameters"), name)
