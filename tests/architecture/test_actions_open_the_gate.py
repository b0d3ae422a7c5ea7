"""Every public function of `actions` opens the gate, once; there is no way round it.

A function that takes a permit is behind the gate already.
A module whose name begins with an underscore is for its own subpackage.
"""

import ast
from collections.abc import Iterable
from pathlib import Path

import pytest

import casescope.actions
import casescope.cli

GATES = {"open_gate", "open_new", "open_all", "open_for_reading", "open_for_review"}
STOOD_ON = {
    "data.reading", "ending.certificate", "ending.closing", "reference", "sharing.partners",
    *("gate." + name for name in (
        "exchange_keys", "gate", "head", "last_days", "place", "release_key", "study_key",
        "verdict", "where",
    )),
    *("work." + name for name in ("copies", "handed_out", "person", "steps")),
}  # fmt: skip
"""Modules that hold no action: other actions stand on them, and the command line calls none."""

COMPOSED = {"demo.demo", "demo.ending"}
"""Modules that only call other actions, each of which opens the gate for itself."""

PARTNERS = {"partner.partner"}
"""Modules of the partner's side: there is no study, register or role. Each public function opens
(or begins) one workspace, once; that door checks clock, ledger, head and end."""

WORKSPACE_DOORS = {"open_workspace", "begin_workspace"}

IN_A_SESSION = {"partner.session"}
"""Modules whose public functions each take an open session, and look first whether it holds."""

WITHOUT_A_STUDY = {
    "data.map", "data.extract_sql", "report.answer", "ledger.ledger_file", "ledger.verify"
}  # fmt: skip
"""Modules that touch no study: they look at files before there is one or away from it, or hand
out text."""

ON_FOLDERS_ALONE = {"study.group": {"places_of", "home.resolve", "open_up"}}
"""Modules that change who of a group may open a study's folders, and read nothing in them; with
all that they may call."""

BEHIND = ("casescope.register", "casescope.vault", "casescope.identified", "casescope.dataset")
FOLDER = Path(casescope.actions.__file__).parent
CLI = Path(casescope.cli.__file__).parent


def _called_as(path: Path) -> str:
    return ".".join(path.relative_to(FOLDER).with_suffix("").parts)


def _file_of(module: str) -> Path:
    return FOLDER / (module.replace(".", "/") + ".py")


EVERY = sorted(path for path in FOLDER.rglob("*.py") if path.name != "__init__.py")
MODULES = [
    path for path in EVERY
    if not path.name.startswith("_") and _called_as(path) not in STOOD_ON
]  # fmt: skip


def _public_functions() -> list[tuple[str, ast.FunctionDef]]:
    return [
        (_called_as(path), node)
        for path in MODULES
        if _called_as(path)
        not in COMPOSED | WITHOUT_A_STUDY | PARTNERS | {*ON_FOLDERS_ALONE} | IN_A_SESSION
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
    assert {"study.study", "ledger.ledger"} <= {_called_as(path) for path in MODULES}


@pytest.mark.parametrize(
    "function", _public_functions(), ids=lambda found: f"{found[0]}.{found[1].name}"
)
def test_each_action_opens_the_gate_exactly_once(function):
    _, node = function
    assert len(_opened(node)) == 1


@pytest.mark.parametrize("module", sorted(WITHOUT_A_STUDY))
def test_an_action_without_a_study_reaches_none(module):
    text = _file_of(module).read_text(encoding="utf-8")
    assert "import" in text
    assert not any(
        room in text
        for room in ("casescope.register", "casescope.vault", "._", "actions.gate", "actions.work")
    )
    assert "home" not in text.lower()


@pytest.mark.parametrize(("module", "may_call"), ON_FOLDERS_ALONE.items())
def test_an_action_on_folders_alone_reads_nothing_in_them(module, may_call):
    assert {name for node in _public_of(module) for name in _called(node)} == may_call


@pytest.mark.parametrize("module", sorted(COMPOSED))
def test_a_composed_action_reaches_nothing_behind_the_gate(module):
    tree = ast.parse(_file_of(module).read_text(encoding="utf-8"))
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
    stood_on = tuple(f"casescope.actions.{name}" for name in ("gate", "work", *STOOD_ON))
    assert not {name for name in imported if name.startswith((*BEHIND, *stood_on)) or "._" in name}


def _public_of(module: str) -> list[ast.FunctionDef]:
    tree = ast.parse(_file_of(module).read_text(encoding="utf-8"))
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
        for node in ast.parse(_file_of(module).read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef)
    }
    first = {name: _called(private[name]) for name in _called(function) if name in private}
    assert "session.check" in {*_called(function), *(one for called in first.values()
                                                     for one in called)}  # fmt: skip


@pytest.mark.parametrize("module", sorted(PARTNERS | IN_A_SESSION | {"partner._workspace"}))
def test_the_partners_side_reaches_no_study(module):
    tree = ast.parse(_file_of(module).read_text(encoding="utf-8"))
    imported = [
        node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)
    ] + [name.name for node in ast.walk(tree) if isinstance(node, ast.Import)
         for name in node.names]  # fmt: skip
    rooms = ("casescope.register", "casescope.identified", "casescope.actions.gate")
    assert not [name for name in imported if name.startswith(rooms)]
    vault = [name for name in imported if name.startswith("casescope.vault")]
    assert vault == (["casescope.vault.keys"] if module == "partner._workspace" else [])


@pytest.mark.parametrize("path", MODULES, ids=_called_as)
def test_an_action_module_has_no_other_doors(path):
    """A class with methods, or an async function, would be one that the tests above don't see."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        assert not isinstance(node, ast.AsyncFunctionDef), node.name
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            methods = [one for one in node.body if isinstance(one, ast.FunctionDef)]
            assert not methods, f"{node.name} may hold data, not do anything"


def _imported_when_run(path: Path) -> set[str]:
    """Return the modules of actions that a file imports for more than its annotations."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for_types = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    return _modules_named(node for node in ast.walk(tree) if id(node) not in for_types)


def _modules_named(nodes: Iterable[ast.AST]) -> set[str]:
    """Return each dotted name below actions that is imported, as a module or from one."""
    named = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            named |= {one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            named |= {node.module, *(f"{node.module}.{one.name}" for one in node.names)}
    start = "casescope.actions."
    return {name.removeprefix(start) for name in named if name.startswith(start)}


def test_what_is_stood_on_is_there():
    assert {_called_as(path) for path in EVERY} >= STOOD_ON


@pytest.mark.parametrize(
    "path", sorted(CLI.rglob("*.py")), ids=lambda path: path.relative_to(CLI).as_posix()
)
def test_the_command_line_calls_actions_only(path):
    """But for the tables of the code that the reference pages are made from."""
    imported = _imported_when_run(path)
    assert not imported & (STOOD_ON - {"reference"})
    assert not [name for name in imported if "._" in name]


@pytest.mark.parametrize("path", EVERY, ids=_called_as)
def test_what_begins_with_an_underscore_is_for_its_own_subpackage(path):
    own = path.parent.relative_to(FOLDER).as_posix()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    private = [name.split(".") for name in _modules_named(ast.walk(tree)) if "._" in name]
    assert not [name for name in private if name[0] != own]
