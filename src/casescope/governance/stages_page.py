"""The table of stages as a page of the reference."""

from casescope.governance.roles import in_words
from casescope.governance.stages import LENGTH_IN_MONTHS, RULES, Action, Rule, Stage


def _move_words(stage: Stage | None, after: Stage) -> str:
    if stage is None:
        return f"(none) → {after.value}"
    return stage.value if stage is after else f"{stage.value} → {after.value}"


def _row(action: Action, rule: Rule) -> str:
    cells = (
        action.value,
        "; ".join(_move_words(stage, after) for stage, after in rule.moves.items())
        + ("; again until the keys are destroyed" if rule.repeats else ""),
        in_words(rule.roles) or "anyone",
        "yes" if rule.reason else "no",
        "yes" if rule.until_end else "once begun" if rule.locks else "no",
        rule.file.value,
        "yes" if rule.recorded else "refusals only",
    )
    return "| " + " | ".join(cells) + " |"


def as_markdown() -> str:
    """Return the table as the reference page of the documentation."""
    head = (
        "action", "allowed in, and leads to", "role", "reason", "stops at the end date",
        "study.toml", "in the ledger",
    )  # fmt: skip
    arrows = sorted(
        {
            (stage.value if stage else "[*]", after.value)
            for rule in RULES.values()
            for stage, after in rule.moves.items()
            if stage is not after
        }
    )
    return "\n".join(
        [
            "# Stages of a study",
            "",
            "```mermaid",
            "stateDiagram-v2",
            *(f"    {before} --> {after}" for before, after in arrows),
            "```",
            "",
            "| " + " | ".join(head) + " |",
            "|" + " --- |" * len(head),
            *(_row(action, rule) for action, rule in RULES.items()),
            "",
            f"A study ends {LENGTH_IN_MONTHS} calendar months after its first load, that day "
            "included, unless study.toml says less or it was extended.",
            "",
        ]
    )
