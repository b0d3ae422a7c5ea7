"""Row-local expressions: each that is understood is written anew, and nothing else passes.

Kinds are checked here, so that no comparison casts and no cast can fail: an error that depends on
a row would tell of that row.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, TypeAlias

from casescope.findings.query.functions import FUNCTIONS, LIKES, Signature
from casescope.findings.query.tree import Node, only, refusal

Kind: TypeAlias = Literal["text", "number", "truth", "nothing"]

_SAID = {"text": "text", "number": "a number", "truth": "true or false", "nothing": "nothing"}
_COMPARISONS = {
    "COMPARE_EQUAL": "=",
    "COMPARE_NOTEQUAL": "<>",
    "COMPARE_LESSTHAN": "<",
    "COMPARE_GREATERTHAN": ">",
    "COMPARE_LESSTHANOREQUALTO": "<=",
    "COMPARE_GREATERTHANOREQUALTO": ">=",
    "COMPARE_DISTINCT_FROM": "IS DISTINCT FROM",
    "COMPARE_NOT_DISTINCT_FROM": "IS NOT DISTINCT FROM",
}
_CASTS: Mapping[str, Kind] = {
    "VARCHAR": "text", "INTEGER": "number", "BIGINT": "number", "BOOLEAN": "truth",
}  # fmt: skip
_WHOLE = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT")
_OWN = "main"
"""The schema that DuckDB's parser itself names for some of its functions."""

_MOST = 1_000
"""The greatest number that a function takes: no argument may make one fail."""


@dataclass(frozen=True)
class Expression:
    """An expression as it is run, and the kind of its value."""

    sql: str
    kind: Kind


class Scope(Protocol):
    """What names and subqueries mean where an expression stands."""

    def column(self, names: Sequence[str]) -> Expression:
        """Return the column of this name, qualified or not."""
        ...

    def subquery(self, node: Node) -> Expression:
        """Return a subquery as a condition on the woman of the row."""
        ...


def expression(node: Node, scope: Scope) -> Expression:
    """Return the expression written anew; refuse what is not understood."""
    read = _READ.get(node.get("class", ""))
    if read is None:
        raise refusal(
            "A query is made of columns, words, numbers, conditions and a few functions.",
            "Leave out window functions, lambdas, lists, parameters and collations.",
        )
    return read(node, scope)


def condition(node: Node, scope: Scope) -> Expression:
    """Return an expression that is true or false."""
    return _of_kind(expression(node, scope), "truth")


def _of_kind(found: Expression, kind: Kind) -> Expression:
    if found.kind not in (kind, "nothing"):
        raise refusal(f"{_SAID[kind].capitalize()} is needed where there is {_SAID[found.kind]}.",
                      "Columns of the dataset hold text (in single quotes) or true and "
                      "false.")  # fmt: skip
    return found


def _alike(found: Sequence[Expression]) -> Kind:
    kinds = {one.kind for one in found} - {"nothing"}
    if len(kinds) > 1:
        named = " with ".join(sorted(_SAID[kind] for kind in kinds))
        raise refusal(f"The query compares or mixes {named}.",
                      "Columns of the dataset hold text: write it in single quotes, for example "
                      "age = '30–34'.")  # fmt: skip
    return kinds.pop() if kinds else "nothing"


def _column(node: Node, scope: Scope) -> Expression:
    only(node, ("column_names",), "column")
    return scope.column(node["column_names"])


def _constant(node: Node, scope: Scope) -> Expression:  # noqa: ARG001 — one shape for all readers
    value = only(node, ("value",), "word or number")["value"]
    name = value["type"]["id"]
    if value.get("is_null"):
        return Expression("NULL", "nothing")
    if name == "VARCHAR":
        return Expression(_quoted(value["value"]), "text")
    if name in _WHOLE:
        return Expression(str(int(value["value"])), "number")
    raise refusal("A word stands in single quotes, a number is a whole number.")


def _quoted(text: str) -> str:
    if "\0" in text:
        raise refusal("A word may not hold a null letter.")
    return "'" + text.replace("'", "''") + "'"


def _comparison(node: Node, scope: Scope) -> Expression:
    sign = _COMPARISONS.get(node["type"])
    if sign is None:
        raise refusal("This comparison is not understood here.")
    only(node, ("left", "right"), "comparison")
    sides = [expression(node[side], scope) for side in ("left", "right")]
    _alike(sides)
    return Expression(f"({sides[0].sql} {sign} {sides[1].sql})", "truth")


def _conjunction(node: Node, scope: Scope) -> Expression:
    word = {"CONJUNCTION_AND": " AND ", "CONJUNCTION_OR": " OR "}[node["type"]]
    parts = [condition(one, scope) for one in only(node, ("children",), "condition")["children"]]
    return Expression("(" + word.join(one.sql for one in parts) + ")", "truth")


def _between(node: Node, scope: Scope) -> Expression:
    only(node, ("input", "lower", "upper"), "comparison")
    parts = [expression(node[name], scope) for name in ("input", "lower", "upper")]
    _alike(parts)
    return Expression("({} BETWEEN {} AND {})".format(*(one.sql for one in parts)), "truth")


def _operator(node: Node, scope: Scope) -> Expression:
    kind = node["type"]
    write = _OPERATORS.get(kind)
    if write is None:
        raise refusal("This operator is not understood here.")
    children = only(node, ("children",), "operator")["children"]
    return write([expression(one, scope) for one in children])


def _not(parts: Sequence[Expression]) -> Expression:
    return Expression(f"(NOT {_of_kind(parts[0], 'truth').sql})", "truth")


def _is_null(parts: Sequence[Expression]) -> Expression:
    return Expression(f"({parts[0].sql} IS NULL)", "truth")


def _is_not_null(parts: Sequence[Expression]) -> Expression:
    return Expression(f"({parts[0].sql} IS NOT NULL)", "truth")


def _in(parts: Sequence[Expression]) -> Expression:
    _alike(parts)
    return Expression(f"({parts[0].sql} IN ({', '.join(one.sql for one in parts[1:])}))", "truth")


def _not_in(parts: Sequence[Expression]) -> Expression:
    return Expression(f"(NOT {_in(parts).sql})", "truth")


def _coalesce(parts: Sequence[Expression]) -> Expression:
    kind = _alike(parts)
    said = ", ".join(one.sql for one in parts)
    return Expression("NULL" if kind == "nothing" else f"coalesce({said})", kind)


_OPERATORS: Mapping[str, Callable[[Sequence[Expression]], Expression]] = {
    "OPERATOR_NOT": _not,
    "OPERATOR_IS_NULL": _is_null,
    "OPERATOR_IS_NOT_NULL": _is_not_null,
    "COMPARE_IN": _in,
    "COMPARE_NOT_IN": _not_in,
    "OPERATOR_COALESCE": _coalesce,
}


def _case(node: Node, scope: Scope) -> Expression:
    only(node, ("case_checks", "else_expr"), "CASE")
    checks = [
        (condition(one["when_expr"], scope), expression(one["then_expr"], scope))
        for one in node["case_checks"]
    ]
    last = expression(node["else_expr"], scope)
    kind = _alike([*(then for _, then in checks), last])
    if kind == "nothing":
        return Expression("NULL", kind)
    whens = " ".join(f"WHEN {when.sql} THEN {then.sql}" for when, then in checks)
    return Expression(f"(CASE {whens} ELSE {last.sql} END)", kind)


def _cast(node: Node, scope: Scope) -> Expression:
    only(node, ("child", "cast_type", "try_cast"), "cast")
    name = node["cast_type"].get("id", "")
    if name not in _CASTS or set(node["cast_type"]) != {"id"}:
        raise refusal("A value may be cast to VARCHAR, INTEGER, BIGINT or BOOLEAN.")
    # what cannot be cast becomes nothing; an error would tell that somebody has such a value
    return Expression(f"TRY_CAST({expression(node['child'], scope).sql} AS {name})", _CASTS[name])


def _function(node: Node, scope: Scope) -> Expression:
    only(node, ("function_name", "children", "is_operator", "order_bys", "schema"), "function")
    only(node.get("order_bys", {}), (), "function")
    name = node["function_name"]
    signature = FUNCTIONS.get(name) if node.get("schema", _OWN) == _OWN else None
    children = node.get("children", [])
    if signature is None or not signature.takes(len(children)):
        raise refusal(
            "The query calls a function that is not among those allowed here.",
            f"There are {', '.join(sorted(filter(str.isidentifier, FUNCTIONS)))}, LIKE and ||.",
        )
    parts = [_argument(child, signature, at, scope) for at, child in enumerate(children)]
    return Expression(_written(name, [one.sql for one in parts]), signature.gives)


def _argument(node: Node, signature: Signature, at: int, scope: Scope) -> Expression:
    wanted = signature.argument(at)
    found = expression(node, scope)
    if wanted != "place":
        return _of_kind(found, "text")
    if found.kind != "number" or not found.sql.isdigit() or not 1 <= int(found.sql) <= _MOST:
        raise refusal(f"A place or length in a text is a number from 1 to {_MOST:,}.")
    return found


def _written(name: str, parts: Sequence[str]) -> str:
    if name in LIKES:
        return f"({parts[0]} {LIKES[name]} {parts[1]})"
    return f"({parts[0]} || {parts[1]})" if name == "||" else f"{name}({', '.join(parts)})"


def _subquery(node: Node, scope: Scope) -> Expression:
    return scope.subquery(node)


_READ: Mapping[str, Callable[[Node, Scope], Expression]] = {
    "COLUMN_REF": _column,
    "CONSTANT": _constant,
    "COMPARISON": _comparison,
    "CONJUNCTION": _conjunction,
    "BETWEEN": _between,
    "OPERATOR": _operator,
    "CASE": _case,
    "CAST": _cast,
    "FUNCTION": _function,
    "SUBQUERY": _subquery,
}
