"""Small files, rooms with names, no clock in the rules, SQL that other engines could run."""

import ast
import re
import sys
from pathlib import Path

import pytest

import casescope

SOURCE = Path(casescope.__file__).parent
MODULES = sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)
STATEMENTS = sorted(SOURCE.rglob("*.sql"))
SAYS_NOTHING = {"utils", "util", "helpers", "helper", "common", "manager", "base", "misc", "shared"}
TIMELESS = ("kernel", "governance", "dataset", "findings", "disclosure", "synthetic")
CLOCKS = {
    ("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"),
    ("time", "time"), ("time", "time_ns"), ("time", "monotonic"), ("time", "localtime"),
    ("time", "gmtime"), ("timezone", "now"),
}  # fmt: skip
SQL_CLOCKS = r"\b(current_date|current_timestamp|now\s*\(|today\s*\(|get_current_)"


def name_of(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


def in_rooms(paths, rooms):
    return [path for path in paths if path.relative_to(SOURCE).parts[0] in rooms]


def code_of(statement: Path) -> str:
    """Return a statement without comments and quoted text."""
    text = re.sub(r"--.*", "", statement.read_text(encoding="utf-8"))
    return re.sub(r"'(?:[^']|'')*'", "''", text)


def test_there_is_something_to_look_at():
    assert len(MODULES) > 100
    assert len(STATEMENTS) > 50


@pytest.mark.parametrize("path", [*MODULES, *STATEMENTS], ids=name_of)
def test_no_file_is_long(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) < 400


def test_every_file_and_folder_has_a_name_that_says_something():
    parts = {part.lower() for path in MODULES for part in path.relative_to(SOURCE).parts}
    assert not {part.removesuffix(".py").strip("_") for part in parts} & SAYS_NOTHING


def clock_reads(tree: ast.AST) -> list[int]:
    """Return the lines on which the clock is read, called or only handed on."""
    return [
        node.lineno for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
        and (node.value.id.lower(), node.attr) in CLOCKS
    ]  # fmt: skip


def test_a_clock_would_be_seen():
    program = "import datetime as dt\nfrom datetime import date\na = date.today\nb = time.time()\n"
    assert clock_reads(ast.parse(program)) == [3, 4]


@pytest.mark.parametrize("path", in_rooms(MODULES, TIMELESS), ids=name_of)
def test_no_rule_reads_a_clock(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert clock_reads(tree) == []
    imported = [
        alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)
        and node.module == "time" for alias in node.names
    ]  # fmt: skip
    assert imported == []


@pytest.mark.parametrize("path", STATEMENTS, ids=name_of)
def test_a_statement_is_one_reads_no_clock_and_could_be_carried_elsewhere(path):
    code = code_of(path)
    assert ";" not in code.strip().removesuffix(";"), "one statement"
    assert re.match(r"\s*(WITH|SELECT)\b", code, re.IGNORECASE), "one named result"
    assert not re.search(SQL_CLOCKS, code, re.IGNORECASE)
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"list_reduce|datediff|date_diff\s*\(\s*'year'", text, re.IGNORECASE)


@pytest.mark.parametrize("path", STATEMENTS, ids=name_of)
def test_a_statement_draws_nothing_at_random(path):
    assert not re.search(r"\b(random|uuid|gen_random_uuid|setseed)\s*\(", code_of(path))


@pytest.mark.parametrize("path", in_rooms(MODULES, ("kernel",)), ids=name_of)
def test_the_kernel_is_standard_library_only(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        for name in names:
            top = name.split(".")[0]
            assert top in sys.stdlib_module_names or name.startswith("casescope.kernel"), name


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_fault_is_caught_blindly_only_at_the_outermost_door(path):
    if name_of(path) == "cli/main.py":
        return
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ExceptHandler):
            kinds = {one.id for one in ast.walk(node.type or ast.Name("bare"))
                     if isinstance(one, ast.Name)}  # fmt: skip
            again = any(isinstance(one, ast.Raise) and one.exc is None for one in ast.walk(node))
            assert again or not kinds & {"Exception", "BaseException", "bare"}, node.lineno


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_nothing_is_left_to_do(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\b(TODO|FIXME|XXX)\b|NotImplementedError", text)
    for line in re.findall(r".*#\s*(?:type: ignore|noqa).*", text):
        assert re.search(r"(—|-{1,2}|#.*#)\s*\S+", line.split("#", 1)[1]), line
