"""Every public function of `actions` opens the gate, once; there is no way round it.

A function that takes a permit is behind the gate already.
"""

import ast
from pathlib import Path

import pytest

import casescope.actions

GATES = {"open_gate", "open_new", "open_all", "open_for_reading", "open_for_review"}
COMPOSED = {"demo", "demo_ending"}
"""Modules that only call other actions, each of which opens the gate for itself."""

PARTNERS = {"partner"}
"""Modules of the partner's side: there is no study, register or role. Each public function opens
(or begins) one workspace, once; that door checks clock, ledger, head and end."""

WORKSPACE_DOORS = {"open_workspace", "begin_workspace"}

IN_A_SESSION = {"partner_session"}
"""Modules whose public functions each take an open session, and look first whether it holds."""

WITHOUT_A_STUDY = {"map", "extract_sql", "answer", "ledger_file", "verify"}
"""Modules that touch no study: they look at files before there is one or away from it, or hand
out text."""

BEHIND = ("casescope.register", "casescope.vault", "casescope.identified", "casescope.dataset")
FOLDER = Path(casescope.actions.__file__).parent
MODULES = sorted(path for path in FOLDER.glob("*.py") if not path.name.startswith("_"))


def _public_functions() -> list[tuple[str, ast.FunctionDef]]:
    return [
        (path.stem, node)
        for path in MODULES
        if path.stem not in COMPOSED | WITHOUT_A_STUDY | PARTNERS | IN_A_SESSION
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


def _public_of(module: str) -> list[ast.FunctionDef]:
    tree = ast.parse((FOLDER / f"{module}.py").read_text(encoding="utf-8"))
    return [
        node for node in tree.body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    ]  # fmt: skip


def _called(node: ast.AST) -> list[str]:
    return [
        call.func.id if isinstance(call.func, ast.Name) else ast.unparse(call.func)
        for call in ast.walk(node) if isinstance(call, ast.Call)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("module", "function"),
    [(module, node) for module in sorted(PARTNERS) for node in _public_of(module)],
    ids=lambda one: getattr(one, "name", one),
)
def test_each_action_of_the_partner_opens_its_workspace_exactly_once(module, function):
    assert len([name for name in _called(function) if name in WORKSPACE_DOORS]) == 1


@pytest.mark.parametrize(
    ("module", "function"),
    [(module, node) for module in sorted(IN_A_SESSION) for node in _public_of(module)],
    ids=lambda one: getattr(one, "name", one),
)
def test_each_action_in_a_session_takes_one_and_asks_whether_it_holds(module, function):
    assert function.args.args[0].arg == "session"
    private = {
        node.name: node
        for node in ast.parse((FOLDER / f"{module}.py").read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef)
    }
    first = {name: _called(private[name]) for name in _called(function) if name in private}
    assert "session.check" in {*_called(function), *(one for called in first.values()
                                                     for one in called)}  # fmt: skip


@pytest.mark.parametrize("module", sorted(PARTNERS | IN_A_SESSION | {"_workspace"}))
def test_the_partners_side_reaches_no_study(module):
    tree = ast.parse((FOLDER / f"{module}.py").read_text(encoding="utf-8"))
    imported = [
        node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)
    ] + [name.name for node in ast.walk(tree) if isinstance(node, ast.Import)
         for name in node.names]  # fmt: skip
    rooms = ("casescope.register", "casescope.identified", "casescope.actions._gate")
    assert not [name for name in imported if name.startswith(rooms)]
    vault = [name for name in imported if name.startswith("casescope.vault")]
    assert vault == (["casescope.vault.keys"] if module == "_workspace" else [])


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_an_action_module_has_no_other_doors(path):
    """A class with methods, or an async function, would be one that the tests above don't see."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        assert not isinstance(node, ast.AsyncFunctionDef), node.name
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            methods = [one for one in node.body if isinstance(one, ast.FunctionDef)]
            assert not methods, f"{node.name} may hold data, not do anything"
