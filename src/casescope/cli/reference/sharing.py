"""The page of the shared dataset: tables, ladders, proposals, and what is left of each finding."""

from collections.abc import Mapping

from casescope.actions import reference as known
from casescope.cli.reference.markdown import page, sentence, table, ticked
from casescope.cli.reference.tables import dataset_table


def shared_dataset() -> str:
    """Return the page of the shared dataset."""
    blocks = [
        "What of [the analysis dataset](dataset.md) may be shared person by person, under the "
        "leading linkage and the broad count. `casescope risk` makes this dataset in memory to "
        "measure it, and shows counts and shapes; `casescope send` seals it into "
        "[a package](package.md). It stays personal data (pseudonymised), under contract.",
        *(block for one in known.SHARED_TABLES for block in dataset_table(one)),
        "## How each column is told",
        "Every column that could single a woman out is a quasi-identifier with a ladder of steps, "
        "finest first. A recoding takes one step of each. Women whose row then equals fewer than "
        "`risk_floor` rows, their own included, are left out. Each child’s age goes only with "
        "the number of children to 5, which it tells anyway.",
        table(("column", "meaning", "steps"),
              [(f"`{one.name}`", one.meaning, " → ".join(step.label for step in one.steps))
               for one in known.QUASI]),
        "## Proposals",
        "For each purpose the recoding that loses least, its first columns counting five times as "
        "much as the others. The loss of a row is 1 where it is left out, else the mean over "
        "columns of the normalised certainty penalty: of the other values of the finest step, the "
        "share that the value told stands for.",
        table(("name", "purpose", "who is in it", "columns that count most"),
              [(f"`{one.name}`", one.title, one.scope, ticked(one.first))
               for one in known.PURPOSES]),
        "## What each finding needs",
        "*As it is*: the same figures come out. *Coarser*: wider bands, fewer counts, or a few "
        "women less. Else it is gone. A step is the coarsest that still serves.",
        table(("findings", "as it is up to", "coarser up to", "of whom", "why no more"),
              [_need(one) for one in known.NEEDS]),
        f"About the records rather than the women, and not counted: {ticked(known.ABOUT_RECORDS)}.",
        "## The verdict",
        known.RULE,
    ]  # fmt: skip
    return page("The shared dataset", *blocks)


def _need(one: known.Need) -> tuple[str, ...]:
    whom = "all with a removed child" if one.everyone else ", ".join(one.tiers)
    nothing = one.coarser is None
    return (
        ticked(one.findings),
        _steps(one.exact),
        _steps(one.coarser),
        "—" if nothing else whom,
        sentence(one.why) if one.why else "",
    )


def _steps(steps: Mapping[str, int] | None) -> str:
    if steps is None:
        return "never"
    labels = {one.name: [step.label for step in one.steps] for one in known.QUASI}
    return "; ".join(f"{name}: {labels[name][step]}" for name, step in steps.items()) or "any step"
