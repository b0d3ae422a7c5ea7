"""Reads specification tests as text: what each says, draws and expects. Nothing of them is run."""

import ast
import copy
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

Nodes: TypeAlias = dict[str, ast.expr]
"""What a module binds names to."""


@dataclass(frozen=True)
class Cases:
    """The values that a paragraph is repeated with: names, and a row of values for each time."""

    names: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Paragraph:
    """One test: its name in words, what it says, draws, takes besides, and what must follow."""

    title: str
    says: str
    cases: tuple[Cases, ...]
    drawn: tuple[tuple[str, str], ...]
    given: tuple[str, ...]
    expected: tuple[str, ...]


@dataclass(frozen=True)
class Section:
    """One file of tests; `shared` are the functions that draw what its paragraphs leave unsaid."""

    name: str
    says: str
    shared: tuple[str, ...]
    drawn: tuple[tuple[str, str], ...]
    paragraphs: tuple[Paragraph, ...]


def read_section(path: Path) -> Section:
    """Return what one file of specification tests says."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    bound = {
        node.targets[0].id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    tests = [node for node in functions if node.name.startswith("test_")]
    others = {node.name: node for node in functions if not node.name.startswith("test_")}
    return Section(
        name=path.stem.removeprefix("test_"),
        says=ast.get_docstring(tree) or "",
        shared=tuple(ast.unparse(node) for node in others.values()),
        drawn=tuple(
            (name, text)
            for name, node in bound.items()
            if (text := text_of(node, bound)) is not None and "|" in text and "\n" in text
        ),
        paragraphs=tuple(_paragraph(test, bound, others) for test in tests),
    )


def text_of(node: ast.expr | None, bound: Nodes) -> str | None:
    """Return a text that is drawn here, with `{name}` for what only a case fills in."""
    match node:
        case ast.Constant(value=str() as text):
            return text
        case ast.JoinedStr(values=parts):
            return "".join(text_of(part, bound) or "" for part in parts)
        case ast.FormattedValue(value=inner):
            return text_of(inner, bound) or f"{{{ast.unparse(inner)}}}"
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            one, other = text_of(left, bound), text_of(right, bound)
            return None if one is None or other is None else one + other
        case ast.Name(id=name) if name in bound:
            return text_of(bound[name], {})
    return None


def _paragraph(
    test: ast.FunctionDef, bound: Nodes, others: dict[str, ast.FunctionDef]
) -> Paragraph:
    cases = tuple(case for one in test.decorator_list if (case := _cases(one, bound)))
    said = _Said(bound, {name.strip() for case in cases for name in case.names})
    drawn: list[tuple[str, str]] = []
    given: list[str] = []
    for name, node in _arguments(test, others):
        text = text_of(node, bound)
        if text is not None and "|" in text:
            drawn.append((name, text))
        elif not (isinstance(node, ast.Call) and ast.unparse(node.func) in others):
            given.append(f"{name}={said.text(node)}")
    return Paragraph(
        title=test.name.removeprefix("test_").replace("_", " "),
        says=" ".join((ast.get_docstring(test) or "").split()),
        cases=cases,
        drawn=tuple(dict.fromkeys(drawn)),
        given=tuple(dict.fromkeys(given)),
        expected=tuple(said.expectation(node) for node in ast.walk(test)
                       if isinstance(node, ast.Assert)),
    )  # fmt: skip


def _arguments(
    test: ast.FunctionDef, others: dict[str, ast.FunctionDef]
) -> list[tuple[str, ast.expr]]:
    """Return every argument by which the test draws a world, by the name it goes under."""
    found: list[tuple[str, ast.expr]] = []
    for call in (node for node in ast.walk(test) if isinstance(node, ast.Call)):
        if not isinstance(call.func, ast.Name) or call.func.id[:1].isupper():
            continue  # a question about the answer, or a value such as Parameters(…)
        helper = others.get(call.func.id)
        places = [argument.arg for argument in helper.args.args] if helper else []
        found += list(zip(places, call.args, strict=False))
        found += [(one.arg, one.value) for one in call.keywords if one.arg]
    return found


def _cases(decorator: ast.expr, bound: Nodes) -> Cases | None:
    if not (isinstance(decorator, ast.Call) and len(decorator.args) >= 2):
        return None
    stated, values = ast.literal_eval(decorator.args[0]), decorator.args[1]
    names = tuple(stated.split(",")) if isinstance(stated, str) else tuple(stated)
    if isinstance(values, ast.Name) and values.id in bound:
        values = bound[values.id]
    rows = values.elts if isinstance(values, ast.List | ast.Tuple) else [values]
    return Cases(names, tuple(_row(row, len(names), _Said(bound, set())) for row in rows))


def _row(node: ast.expr, width: int, said: "_Said") -> tuple[str, ...]:
    if isinstance(node, ast.Tuple) and len(node.elts) == width > 1:
        return tuple(said.text(one) for one in node.elts)
    return (said.text(node),)


class _Said(ast.NodeTransformer):
    """Writes expressions with a module's constants filled in and cases as `{name}`."""

    def __init__(self, bound: Nodes, cases: set[str]) -> None:
        self._bound = bound
        self._cases = cases

    def visit_Name(self, node: ast.Name) -> ast.expr:
        if node.id in self._cases:
            return ast.Set([node])
        value = self._bound.get(node.id)
        return value if isinstance(value, ast.Constant | ast.List) else node

    def visit_List(self, node: ast.List) -> ast.expr:
        """Take a list that is spread inside another into it."""
        visited = [self.visit(one) for one in node.elts]
        flat: list[ast.expr] = []
        for one in visited:
            inner = one.value if isinstance(one, ast.Starred) else None
            flat += inner.elts if isinstance(inner, ast.List) else [one]
        return ast.List(flat, ast.Load())

    def text(self, node: ast.expr) -> str:
        return ast.unparse(self.visit(copy.deepcopy(node)))

    def expectation(self, node: ast.Assert) -> str:
        match node.test:
            case ast.Compare(left=left, ops=[ast.Eq()], comparators=[right]):
                return f"{self._asked(left)} = {self.text(right)}"
        return self.text(node.test)

    def _asked(self, node: ast.expr) -> str:
        """Return a question put to an implementation, without the world that it is put about."""
        match node:
            case ast.Call(func=ast.Name(id="len"), args=[inner]):
                return f"number of {self._asked(inner)}"
            case ast.Call(func=ast.Name(id=name)) if name.endswith("_of"):
                return name.removesuffix("_of")
            case ast.Call(func=ast.Attribute(attr=name), args=people):
                whom = ", ".join(self.text(one) for one in people)
                return name.replace("_", " ") + (f" of {whom}" if whom else "")
            case ast.Subscript(value=ast.Attribute(attr=name), slice=place):
                return f"{name} {self.text(place)}"
        return self.text(node)
