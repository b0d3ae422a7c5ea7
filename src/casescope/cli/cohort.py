"""Writes the cohort list in words, under its notice."""

from pathlib import Path
from typing import Any

import click

LABELS = {
    "person_records": "person records",
    "not_mothers": "not a mother of a known child",
    "mothers_records": "mothers' records",
    "joined": "further records of the same woman",
    "women": "women",
    "withheld": "withheld under a restriction",
    "women_studied": "women studied",
    "died": "died",
    "age_not_known": "age not known",
    "outside_age": "outside child-bearing age",
    "left_area": "left the area",
    "no_removal": "no removal, and not in T4",
    "outside_lookback": "latest removal before the look-back",
    "in_cohort": "in the cohort",
    "T1": "T1, experienced",
    "T2": "T2, experienced, not now eligible",
    "T3": "T3, at risk",
    "T4": "T4, at risk, before any removal",
}
"""What each line of the flow is called."""

_OUT = ("not_mothers", "joined", "withheld", "died", "age_not_known", "outside_age", "left_area",
        "no_removal", "outside_lookback")  # fmt: skip


def in_words(found: dict[str, Any]) -> str:
    """Return what `cohort` prints for a person."""
    mark = (f"{found['notice']} Asked by {found['asked_by']} on {found['asked_on']}, to be deleted "
            f"by {found['expires_on']}: {found['reason']}")  # fmt: skip
    lines = [mark, f"{found['linkage']} linkage, {found['removals']} removals, "
             f"at {found['reference_date']}", ""]  # fmt: skip
    for woman in found["women"]:
        age = "age not known" if woman["age"] is None else f"age {woman['age']}"
        lines.append(f"{woman['tier'] or '—':<3} {', '.join(woman['person_ids'])}  {age}")
        lines += [f"      {reason}" for reason in woman["reasons"]]
        lines += [f"      {event['date']} {event['route']:<9} {', '.join(event['children'])}"
                  for event in woman["events"]]  # fmt: skip
        lines += [f"      doubtful: {doubt}" for doubt in woman["doubts"]]
    lines += ["", "How everyone is accounted for"]
    for line in found["flow"]:
        sign = "−" if line["step"] in _OUT else " "
        lines.append(f"  {sign} {line['women']:>7,}  {LABELS[line['step']]}")
    return "\n".join([*lines, "", mark])


def written(found: dict[str, Any], file: str) -> str:
    """Return what is said once the list has been written to a file."""
    women = len(found["women"])
    return (f"Wrote {women:,} {'woman' if women == 1 else 'women'} to {file}. {found['notice']}\n"
            f"Delete it by {found['expires_on']}.")  # fmt: skip


def target(as_csv: Path | None, as_workbook: Path | None) -> Path | None:
    """Return the one file to write, if any; its name must say what it is."""
    if as_csv and as_workbook:
        raise click.UsageError("Give --csv or --xlsx, not both.")
    for file, ending in ((as_csv, ".csv"), (as_workbook, ".xlsx")):
        if file is not None and file.suffix.lower() != ending:
            raise click.UsageError(f"The name of the file must end in {ending}.")
    return as_csv or as_workbook
