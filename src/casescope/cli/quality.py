"""Writes the quality sections in words."""

from typing import Any

_BREAKDOWNS = {"year": "By year of removal", "ended": "By how care ended",
               "ethnicity": "By ethnicity group"}  # fmt: skip

_FACTS = {
    "child_born_before_mother_was_11": "children born before their mother was 11",
    "child_born_after_mothers_death": "children born after their mother's death",
    "episode_ends_before_it_starts": "children with an episode that ends before it starts",
    "overlapping_episodes": "children with overlapping episodes",
    "removal_after_death": "children removed after their own death",
    "removal_after_mothers_death": "children removed after their mother's death",
    "two_birth_mothers": "children with two birth mothers",
    "own_mother": "people recorded as their own mother",
}


def in_words(found: dict[str, Any]) -> str:
    """Return what `quality` prints for a person: counts alone; ids are in the JSON."""
    return "\n".join([
        *_tables(found["tables"]), "",
        *_coverage(found["linkage_coverage"]), "",
        *_signs(found["truncation_signs"]), "",
        *_impossible(found["impossible_facts"]), "",
        *_not_read(found["files_not_read"]),
    ])  # fmt: skip


def _tables(tables: list[dict[str, Any]]) -> list[str]:
    lines = ["1. What was read"]
    for one in tables:
        period = f"{one['first_date']} to {one['last_date']}" if one["first_date"] else ""
        lines.append(
            f"   {one['table']:<20} {one['rows_read']:>9,} read {one['rows_used']:>9,} used  "
            f"{period:<26} {one['file']}"
        )
        lines += [_problem(problem) for problem in one["problems"]]
    return lines


def _problem(problem: dict[str, Any]) -> str:
    rows = "row" if problem["rows"] == 1 else "rows"
    aside = " (set aside)" if problem["set_aside"] else ""
    return f"      {problem['rows']:,} {rows}: {problem['kind']} in {problem['column']}{aside}"


def _coverage(rows: list[dict[str, Any]]) -> list[str]:
    lines = ["2. Linkage coverage: removed children for whom a mother was found"]
    whole = next(row for row in rows if row["breakdown"] == "all")
    lines.append(
        f"   in all: {whole['with_mother']:,} of {whole['removed_children']:,} "
        f"({whole['share']:.0%})"
    )
    for breakdown, title in _BREAKDOWNS.items():
        part = [row for row in rows if row["breakdown"] == breakdown]
        if part:
            lines.append(f"   {title}:")
            lines += [
                f"      {row['value']:<44} {row['with_mother']:>6,} of "
                f"{row['removed_children']:>6,}  {row['share']:>4.0%}"
                for row in part
            ]
    return lines


def _signs(signs: list[dict[str, Any]]) -> list[str]:
    lines = ["3. Signs that the extract was cut short"]
    seen = [sign for sign in signs if sign["seen"]]
    for sign in seen:
        lines.append(f"   {sign['sign'].replace('_', ' ')}: {sign['effect']}")
        lines.append(f"      {sign['ask_for']}")
    return lines if seen else [*lines, "   none seen"]


def _impossible(facts: list[dict[str, Any]]) -> list[str]:
    lines = ["4. Facts that cannot be (kept as they are; --json lists the ids)"]
    lines += [f"   {fact['records']:,} {_FACTS[fact['kind']]}" for fact in facts]
    return lines if facts else [*lines, "   none"]


def _not_read(files: list[dict[str, Any]]) -> list[str]:
    if not files:
        return ["Every file was read."]
    return ["Not read:", *(f"   {file['file']}: {file['reason']}" for file in files)]
