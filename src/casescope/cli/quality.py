"""Writes the quality sections in words: what would mislead most first, long lists shortened."""

import textwrap
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from casescope.cli.pair_words import by_group, overall
from casescope.cli.sparks import spark
from casescope.kernel.counting import counted

_BREAKDOWNS = {"year": "By year of removal", "age": "By age at first removal",
               "ended": "By how care ended", "ethnicity": "By ethnicity group"}  # fmt: skip
_SHOWN = 12
"""Files and reasons listed before the rest is only counted."""

_Rows = list[dict[str, Any]]


def in_words(found: dict[str, Any], *, full: bool = False) -> str:
    """Return what `quality` prints for a person: counts alone; ids are in the JSON.

    `full` lists every file and column instead of each table, and links reviewed by group.
    """
    return "\n".join([
        *_verdict(found), "",
        *(_every_file(found["tables"]) if full else _tables(found["tables"])), "",
        *_coverage(found), "",
        *_signs(found["truncation_signs"]), "",
        *_impossible(found["impossible_facts"]), "",
        *_trends(found["trends"]), "",
        *_conflicts(found["source_conflicts"]), "",
        *_links(found["links_reviewed"], full=full), "",
        *_not_read(found["files_not_read"], full=full),
    ])  # fmt: skip


def _verdict(found: dict[str, Any]) -> list[str]:
    whole = next(row for row in found["linkage_coverage"] if row["breakdown"] == "all")
    lines = [
        f"A mother was found for {whole['with_mother']:,} of {whole['removed_children']:,} removed "
        f"children ({whole['share']:.0%})."
    ]
    if not found["verdict"]:
        return [*lines, "Nothing else was seen that would mislead a reader much."]
    lines += ["Before believing a number, worst first:"]
    for place, one in enumerate(found["verdict"], start=1):
        lines.append(f"  {place}. {one['says']}")
        lines += _wrapped(one["effect"], 5) + _wrapped(one["ask_for"], 5)
    return lines


def _wrapped(text: str, indent: int) -> list[str]:
    return textwrap.wrap(
        text, 96, initial_indent=" " * indent, subsequent_indent=" " * indent,
        break_on_hyphens=False,
    )  # fmt: skip


def _tables(tables: _Rows) -> list[str]:
    """Return a line a table, its files added up, then what is wrong with it."""
    lines = ["1. What was read",
             "   table                files       read       used  from         to"]  # fmt: skip
    grouped: dict[str, _Rows] = defaultdict(list)
    for one in tables:
        grouped[one["table"]].append(one)
    for name, files in grouped.items():
        first = min((str(one["first_date"]) for one in files if one["first_date"]), default="")
        last = max((str(one["last_date"]) for one in files if one["last_date"]), default="")
        read, used = (sum(one[key] for one in files) for key in ("rows_read", "rows_used"))
        lines.append(
            f"   {name:<20} {len(files):>5} {read:>10,} {used:>10,}  {first:<12} {last}".rstrip()
        )
        lines += [*_problems(files), *_never_filled(files)]
    return [*lines, "   --full lists every file and column."]


def _problems(files: _Rows) -> Iterator[str]:
    """Yield a line for each kind of problem in a column, over all files of a table."""
    rows: dict[tuple[str, str, bool], int] = defaultdict(int)
    held: dict[tuple[str, str, bool], int] = defaultdict(int)
    where = _first_rows(files[0]) if len(files) == 1 else {}
    for file in files:
        for problem in file["problems"]:
            key = (problem["kind"], problem["column"], problem["set_aside"])
            rows[key] += problem["rows"]
            held[key] += 1
    for (kind, column, set_aside), count in sorted(rows.items(), key=lambda item: -item[1]):
        aside = " (set aside)" if set_aside else ""
        among = f", in {counted(held[kind, column, set_aside], 'file')}" if len(files) > 1 else ""
        rows_named = where.get((kind, column), "")
        yield f"      {counted(count, 'row')}: {kind} in {column}{aside}{among}{rows_named}"


def _first_rows(file: dict[str, Any]) -> dict[tuple[str, str], str]:
    """Return the numbers of the first rows with each kind of problem in one file, in words."""
    found = {}
    for one in file["problems"]:
        numbers = ", ".join(f"{row:,}" for row in one["first_rows"])
        more = " …" if one["rows"] > len(one["first_rows"]) else ""
        found[one["kind"], one["column"]] = (
            f" ({'rows' if more or ',' in numbers else 'row'} {numbers}{more})"
        )
    return found


def _never_filled(files: _Rows) -> Iterator[str]:
    """Yield the used columns that no row of a table fills."""
    empty = [{name for name, share in file["missing"].items() if share == 1}
             for file in files if file["rows_used"]]  # fmt: skip
    names = sorted(set.intersection(*empty)) if empty else []
    if names:
        yield from _wrapped(f"never filled: {', '.join(names)}", 6)


def _every_file(tables: _Rows) -> list[str]:
    lines = ["1. What was read"]
    for one in tables:
        period = f"{one['first_date']} to {one['last_date']}" if one["first_date"] else ""
        lines.append(
            f"   {one['table']:<20} {one['rows_read']:>9,} read {one['rows_used']:>9,} used  "
            f"{period:<26} {one['file']}"
        )
        lines += _problems([one])
        missing = [f"{name} {share:.0%}" for name, share in one["missing"].items() if share]
        if missing:
            lines += _wrapped(f"missing: {', '.join(missing)}", 6)
    return lines


def _coverage(found: dict[str, Any]) -> list[str]:
    rows = found["linkage_coverage"]
    lines = ["2. Linkage coverage: removed children for whom a mother was found"]
    for breakdown, title in _BREAKDOWNS.items():
        part = [row for row in rows if row["breakdown"] == breakdown]
        if part:
            lines.append(f"   {title}:")
            lines += [
                f"      {row['value']:<44} {row['with_mother']:>6,} of "
                f"{row['removed_children']:>6,}  {row['share']:>4.0%}"
                for row in part
            ]
    links = found["mother_links"]
    lines.append(
        f"   Links between mother and child not said to be by birth: {links['doubtful']:,} of "
        f"{links['links']:,} ({links['share']:.0%})"
    )
    lines.append("   How children in the return were joined to the case system:")
    lines += [f"      {row['how']:<44} {row['children']:>6,}" for row in found["children_joined"]]
    return lines


def _signs(signs: _Rows) -> list[str]:
    lines = ["3. Signs that the extract was cut short"]
    for sign in (sign for sign in signs if sign["seen"]):
        where = f" [{sign['detail']}]" if sign["detail"] else ""
        among = f": {sign['records']:,} of {sign['of']:,}" if sign["counted"] else ""
        lines.append(f"   {sign['label']}{where}{among}")
    seen = sum(sign["seen"] for sign in signs)
    others = "The others of" if seen else "None of the"
    return [
        *lines,
        f"   {others} {len(signs)} signs looked for {'were not' if seen else 'was'} seen.",
    ]


def _impossible(facts: _Rows) -> list[str]:
    lines = ["4. Facts that cannot be (people; kept as they are; --json lists the ids)"]
    for fact in facts:
        lines.append(f"   {fact['records']:>5,}  {fact['label']}")
        lines += _wrapped(fact["ask_for"], 10)
    return lines if facts else [*lines, "   none"]


def _trends(trends: _Rows) -> list[str]:
    """Return a line of bars a series; a dot is a year with none."""
    years = trends[0]["years"]
    lines = ["5. Year by year, from 1 April: a hole in a row of bars is most often a missing file"]
    if not years:
        return [*lines, "   nothing is dated"]
    lines.append(f"   {'':<40} {years[0]['year']} to {years[-1]['year']}")
    for one in trends:
        rows = [year["rows"] for year in one["years"]]
        reach = f"{min(rows):,} to {max(rows):,}" if any(rows) else "none"
        lines.append(f"   {one['label']:<40} {spark(rows)}  {reach}")
    return lines


def _conflicts(conflicts: _Rows) -> list[str]:
    lines = ["6. Where yearly returns and case system differ (periods of care or episodes)"]
    told = [one for one in conflicts if one["records"]]
    for one in told:
        lines.append(f"   {one['records']:>5,}  {one['label']}")
        lines += _wrapped(one["effect"], 10) + _wrapped(one["ask_for"], 10)
    return lines if told else [*lines, "   nowhere, or only one of the two was given"]


def _links(found: dict[str, Any], *, full: bool) -> list[str]:
    """Return the estimates of all links; with `full` also those of each group."""
    whole = found["all"]
    title = "7. How right the computer's links between women's records are, by pairs reviewed"
    if not whole["judged_linked"] + whole["judged_not_linked"]:
        return [title, "   Nobody has reviewed any yet: casescope pairs HOME next --sample 100"]
    lines = [title, *(f"   {line}" for line in overall(whole))]
    if full:
        return [*lines, *(f"   {line}" for block in by_group(found["groups"]) for line in block)]
    return [*lines, "   --full shows them by group."]


def _not_read(files: _Rows, *, full: bool) -> list[str]:
    if not files:
        return ["Every file was read."]
    shown = files if full else files[:_SHOWN]
    more = len(files) - len(shown)
    return ["Not read:", *(f"   {file['file']}: {file['reason']}" for file in shown),
            *([f"   and {more:,} more (--full lists them)"] if more else [])]  # fmt: skip
