"""Writes the cohort list in words, under its notice."""

from typing import Any

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
    mark = (f"{found['notice']} Asked by {found['asked_by']} on {found['asked_on']}: "
            f"{found['reason']}")  # fmt: skip
    lines = [mark, f"{found['linkage']} linkage, {found['removals']} removals, "
             f"at {found['reference_date']}", ""]  # fmt: skip
    for woman in found["women"]:
        age = "age not known" if woman["age"] is None else f"age {woman['age']}"
        lines.append(f"{woman['tier'] or '—':<3} {', '.join(woman['person_ids'])}  {age}")
        lines.append(f"      {'; '.join(woman['reasons'])}")
        lines += [f"      {event['date']} {event['route']:<9} {', '.join(event['children'])}"
                  for event in woman["events"]]  # fmt: skip
        lines += [f"      doubtful: {doubt}" for doubt in woman["doubts"]]
    lines += ["", "How everyone is accounted for"]
    for line in found["flow"]:
        sign = "−" if line["step"] in _OUT else " "
        lines.append(f"  {sign} {line['women']:>7,}  {LABELS[line['step']]}")
    return "\n".join([*lines, "", mark])
