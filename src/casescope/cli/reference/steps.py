"""The page of steps: what each reads and writes, and the SQL that does it."""

from casescope.actions import reference as known
from casescope.cli.reference.markdown import page, sentence, table, ticked


def steps() -> str:
    """Return the page of steps."""
    blocks = [
        "`casescope load` writes the layer `extract`. `casescope run` does the steps below, in "
        "this order. Each reads earlier layers and writes one new encrypted layer of its own "
        "name. A step runs again when a layer it reads, a parameter it depends on, the list of "
        "restrictions (where it says so) or its own source changes. Otherwise it is skipped.",
        *(block for one in known.steps() for block in _step(one)),
        "## After the dataset: findings",
        "`casescope findings` and `casescope report` compute from the dataset alone and write no "
        "layer. These are their only queries.",
        _queries(known.findings_queries()),
    ]
    return page("Steps", *blocks)


def _step(one: known.StepFacts) -> tuple[str, ...]:
    step = one.step
    return (
        f"## {step.name}",
        sentence(one.purpose),
        f"Reads {ticked(step.reads)}{' and what it wrote last time' if step.keeps else ''}; "
        f"depends on {ticked(step.uses)}; written under the key of the {step.wing} wing.",
        _queries(one.queries),
    )


def _queries(queries: tuple[known.Query, ...]) -> str:
    return table(
        ("table", "what it holds", "reads", "parameters"),
        [
            (
                f"[{query.name}](../../{query.path})",
                query.comment or "see [the dataset](dataset.md)",
                ticked(query.reads),
                ticked(query.parameters),
            )
            for query in queries
        ],
    )
