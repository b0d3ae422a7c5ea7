"""The command that shows the risk panel, and its words."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from casescope.cli.context import Context
from casescope.cli.progress import Lines
from casescope.cli.study import AS_JSON, HOME, as_json_text


@click.command()
@HOME
@click.option(
    "--seal-check",
    is_flag=True,
    help="Refuse unless the dataset to be shared reaches the study's risk floor.",
)
@click.option(
    "--recoding", default="", metavar="NAME", help="Check it as recoded by this proposal."
)
@AS_JSON
@click.pass_obj
def risk(context: Context, home: Path, seal_check: bool, recoding: str, as_json: bool) -> None:
    """Show what sharing one row a woman would give away, and whether it is worth it."""
    from casescope.actions.sharing.risk import risk as action

    if recoding and not seal_check:
        raise click.UsageError("--recoding says what --seal-check checks; give both.")
    found = action(
        home,
        seal_check=seal_check,
        recoding=recoding,
        actor=context.actor,
        today=context.today(),
        progress=Lines(),
    )
    click.echo(as_json_text(found) if as_json else in_words(found))


def in_words(found: Mapping[str, Any]) -> str:
    """Return the panel for a terminal, the verdict first."""
    return "\n".join(_lines(found))


def _lines(found: Mapping[str, Any]) -> Iterator[str]:
    yield from (found["notice"], "", found["verdict"]["sentence"], f"  {found['verdict']['rule']}")
    if "seal_check" in found:
        yield from ("", f"Seal check: {found['seal_check']}.")
    yield from ("", f"As fine as it could be shared ({_women(found['unbanded']['records'])})")
    yield from _table([_risk(found["unbanded"])])
    yield from ("", "Sets of siblings")
    yield from _siblings(found["sibling_sets"], found["floor"])
    if found["proposals"]:
        yield from ("", f"Recodings in which at least {found['floor']} women are alike")
        yield from _side_by_side(found["proposals"])


def _women(number: int) -> str:
    return "1 woman" if number == 1 else f"{number:,} women"


def _risk(risk: Mapping[str, Any]) -> dict[str, str]:
    return {
        "smallest group of women alike": f"{risk['k']:,}",
        "women like nobody else": f"{risk['uniques']:,}",
        "women in groups of fewer than 5": f"{risk['share_in_small']:.1%}",
        "chance to pick out the easiest": f"{risk['prosecutor']:.1%}",
        "… not knowing that she is in it": f"{risk['journalist']:.1%}",
        "women rightly picked out": f"{risk['marketer']:.1%}",
        "columns all alike in some group": _all_alike(risk),
        "farthest group from the whole (t)": f"{_farthest(risk):.2f}",
    }


def _all_alike(risk: Mapping[str, Any]) -> str:
    alike = sum(one["diversity"] == 1 for one in risk["sensitive"])
    return f"{alike} of {len(risk['sensitive'])}"


def _farthest(risk: Mapping[str, Any]) -> float:
    return max((float(one["closeness"]) for one in risk["sensitive"]), default=0.0)


def _siblings(found: Mapping[str, Any], floor: int) -> Iterator[str]:
    yield (
        f"  {_women(found['women'])} with a removed child, {found['shapes']:,} shapes; "
        f"{found['fit_one_woman']:,} fit one woman alone"
    )
    yield (
        f"  {_women(found['women_below_floor'])} in shapes of fewer than {floor}; with intervals "
        f"in years {found['fit_one_woman_with_intervals']:,} fit one woman alone"
    )
    for one in found["worst"]:
        yield f"  {_women(one['women']):>9}: {one['shape']}"


def _side_by_side(proposals: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    yield from _table([_heads(one) | _cost(one) | _risk(one["risk"]) for one in proposals])
    yield "  How each column is told"
    yield from _table([_heads(one) | _columns(one) for one in proposals])
    yield "  What is left of each finding of the report (nothing where empty)"
    yield from _table(_findings(proposals))
    for one in proposals:
        against = "; ".join(one["against"]) or "nothing in the rule"
        yield f"  {one['name']}: {one['purposes'][0]['title']}. Against it: {against}."


def _heads(one: Mapping[str, Any]) -> dict[str, str]:
    return {"": one["name"]}


def _cost(one: Mapping[str, Any]) -> dict[str, str]:
    out = sum(one["left_out"].values())
    return {
        "women told of": f"{sum(one['women'].values()):,}",
        "left out": f"{out:,} ({one['share_left_out']:.1%})",
        "left out of T1": f"{one['left_out']['T1']:,} ({one['share_left_out_t1']:.1%})",
        "detail lost": f"{one['loss']:.0%}",
        "findings served, of what rows could": f"{one['served']:.0%}",
    }


def _columns(one: Mapping[str, Any]) -> dict[str, str]:
    return {name.replace("_", " "): label for name, label in one["columns"].items()}


def _findings(proposals: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    left = [
        {each["finding"]: each["outcome"] for each in one["findings"] if each["outcome"] != "gone"}
        for one in proposals
    ]
    names = dict.fromkeys(each["finding"] for one in proposals for each in one["findings"])
    told = [name for name in names if any(name in one for one in left)]
    rows = [_heads(proposal) | {name: one.get(name, "") for name in told}
            for proposal, one in zip(proposals, left, strict=True)]  # fmt: skip
    return rows


def _table(columns: Sequence[Mapping[str, str]]) -> Iterator[str]:
    """Yield the rows that the columns have in common, each under its own width."""
    widths = [max(map(len, column.values())) for column in columns]
    names = max(map(len, columns[0]))
    for name in columns[0]:
        cells = (f"{column[name]:<{width}}"
                 for column, width in zip(columns, widths, strict=True))  # fmt: skip
        yield f"  {name:<{names}}  {'  '.join(cells)}".rstrip()
