"""What would mislead a reader most, worst first: the sections of quality boiled down."""

from collections.abc import Iterator
from typing import Any

from casescope.dataset.signs import SIGN
from casescope.kernel.counting import counted

_LOW = 0.9
"""Coverage below which it is said: of ten removed children one has no mother."""

_FEW = 5
"""Fewer children than this without a mother, or without a match, are no pattern."""

_LEADING = ("no_relationship_table", "ids_without_their_zeros", "no_ended_relationships")
"""Signs that say more than low coverage does: it follows from them, down to `_HALF`."""

_HALF = 0.5
"""Relationships that ended explain no lower coverage than this: most children's never do."""

_GROUPED = {"ended": "", "ethnicity": "", "age": "age at first removal: "}
"""Breakdowns of coverage whose groups are compared, and what to say before a group's name."""

_WINDOWS = ("six_year_window", "financial_year_window", "short_history")


def verdict(found: dict[str, Any]) -> list[dict[str, str]]:
    """Return one line for each thing to know before any number, worst first.

    Each has what was found, in words and counts, what it does to the results, what to ask for.
    """
    signs = [sign for sign in found["truncation_signs"] if sign["seen"]]
    leading = [_sign(sign) for sign in signs if sign["sign"] in _LEADING]
    others = [_sign(sign) for sign in signs if sign["sign"] not in _LEADING]
    coverage = [
        line for line in _low(found["linkage_coverage"])
        if not leading or _unexplained(found["linkage_coverage"], signs)
    ]  # fmt: skip
    if not any(sign["sign"] == "adopted_without_mother" for sign in signs):
        coverage += _uneven(found["linkage_coverage"])
    return [
        *leading, *coverage, *_not_joined(found["children_joined"]), *others,
        *_facts(found["impossible_facts"]),
    ]  # fmt: skip


def _unexplained(coverage: list[dict[str, Any]], signs: list[dict[str, Any]]) -> bool:
    """Say whether coverage is lower than the leading signs make it."""
    whole = next((row["share"] for row in coverage if row["breakdown"] == "all"), 1.0)
    return whole < _HALF and all(sign["sign"] != "no_relationship_table" for sign in signs)


def _line(name: str, says: str) -> dict[str, str]:
    sign = SIGN[name]
    return {"finding": name, "says": says, "effect": sign.effect, "ask_for": sign.ask}


def _sign(sign: dict[str, Any]) -> dict[str, str]:
    meant = SIGN[sign["sign"]]
    says = meant.label
    if meant.counted:
        says += f": {sign['records']:,} of {sign['of']:,}"
        says += f" [{sign['detail']}]" if sign["detail"] else ""
    elif sign["detail"]:
        says += f": {sign['detail'].replace('_', ' ')}"
    if sign["since"] is not None:
        says += f" ({'earliest end' if sign['sign'] in _WINDOWS else 'last date'} {sign['since']})"
    return _line(sign["sign"], says)


def _low(coverage: list[dict[str, Any]]) -> Iterator[dict[str, str]]:
    whole = next((row for row in coverage if row["breakdown"] == "all"), None)
    if whole and whole["share"] < _LOW and whole["without_mother"] >= _FEW:
        yield _line(
            "low_coverage",
            f"A mother was found for {whole['share']:.0%} of {whole['removed_children']:,} removed "
            "children",
        )


def _uneven(coverage: list[dict[str, Any]]) -> Iterator[dict[str, str]]:
    """Say the group whose mothers are found least often, where it is far from the whole."""
    whole = next((row for row in coverage if row["breakdown"] == "all"), None)
    groups = [
        row for row in coverage
        if row["breakdown"] in _GROUPED and row["without_mother"] >= _FEW
    ]  # fmt: skip
    least = min(groups, key=lambda row: float(row["share"]), default=None)
    if whole and least and least["share"] < whole["share"] - 0.1:
        yield _line(
            "uneven_coverage",
            f"Mothers are found for {least['share']:.0%} of children in the group "
            f"“{_GROUPED[least['breakdown']]}{least['value']}”, {whole['share']:.0%} in all",
        )


def _not_joined(joined: list[dict[str, Any]]) -> Iterator[dict[str, str]]:
    children = sum(row["children"] for row in joined)
    alone = sum(row["children"] for row in joined if row["how"].startswith("not joined"))
    if alone >= _FEW and alone > 0.02 * children:
        yield _line(
            "children_not_joined",
            f"{alone:,} of {children:,} children in the return are not in the case system",
        )


def _facts(facts: list[dict[str, Any]]) -> Iterator[dict[str, str]]:
    """Say each kind of impossible fact that is told of several people."""
    for fact in facts:
        if fact["records"] >= _FEW:
            yield _line(
                fact["kind"],
                f"{SIGN[fact['kind']].label}: {counted(fact['records'], 'person', 'people')}",
            )
