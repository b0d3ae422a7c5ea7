"""Every public function of `actions` opens the gate, once; there is no way round it.

A function that takes a permit is behind the gate already.
"""

import ast
from pathlib import Path

import pytest

import casescope.actions

GATES = {"open_gate", "open_new", "open_all", "open_for_reading", "open_for_review"}
COMPOSED = {"demo"}
"""Modules that only call other actions, each of which opens the gate for itself."""

WITHOUT_A_STUDY = {"map", "extract_sql", "answer", "ledger_file"}
"""Modules that touch no study: they look at files before there is one or away from it, or hand
out text."""

BEHIND = ("casescope.register", "casescope.vault", "casescope.identified", "casescope.dataset")
FOLDER = Path(casescope.actions.__file__).parent
MODULES = sorted(path for path in FOLDER.glob("*.py") if not path.name.startswith("_"))


def _public_functions() -> list[tuple[str, ast.FunctionDef]]:
    return [
        (path.stem, node)
        for path in MODULES
        if path.stem not in COMPOSED | WITHOUT_A_STUDY
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
        if not any(argument.arg == "permit" for argument in node.args.args)
    ]


def _opened(node: ast.AST) -> list[str]:
    return [
        call.func.id
        for call in ast.walk(node)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in GATES
    ]


def test_there_are_actions_to_look_at():
    assert {"study", "ledger"} <= {path.stem for path in MODULES}


@pytest.mark.parametrize(
    "function", _public_functions(), ids=lambda found: f"{found[0]}.{found[1].name}"
)
def test_each_action_opens_the_gate_exactly_once(function):
    _, node = function
    assert len(_opened(node)) == 1


@pytest.mark.parametrize("module", sorted(WITHOUT_A_STUDY))
def test_an_action_without_a_study_reaches_none(module):
    text = (FOLDER / f"{module}.py").read_text(encoding="utf-8")
    assert "import" in text
    assert not any(room in text for room in ("casescope.register", "casescope.vault", "._"))
    assert "home" not in text.lower()


@pytest.mark.parametrize("module", sorted(COMPOSED))
def test_a_composed_action_reaches_nothing_behind_the_gate(module):
    tree = ast.parse((FOLDER / f"{module}.py").read_text(encoding="utf-8"))
    imported = {
        name
        for node in ast.walk(tree)
        for name in (
            [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else []
        )
    }
    assert any(name.startswith("casescope.actions.") for name in imported)
    assert not {name for name in imported if name.startswith((*BEHIND, "casescope.actions._"))}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_an_action_module_has_no_other_doors(path):
    """A class with methods, or an async function, would be one that the tests above don't see."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        assert not isinstance(node, ast.AsyncFunctionDef), node.name
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            methods = [one for one in node.body if isinstance(one, ast.FunctionDef)]
            assert not methods, f"{node.name} may hold data, not do anything"
