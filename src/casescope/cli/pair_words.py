"""Writes in words how the review stands, what an import did, and how right the links are."""

from typing import Any

from casescope.kernel.counting import counted


def listed(found: dict[str, Any]) -> str:
    """Return what `pairs list` prints for a person."""
    said = found["decided"]
    lines = [
        f"{found['waiting']:>7,} {'pair waits' if found['waiting'] == 1 else 'pairs wait'}",
        *(f"{said.get(word, 0):>7,} decided: {name}"
          for word, name in (("same", "one woman"), ("different", "two women"),
                             ("unsure", "could not be told"))),
    ]  # fmt: skip
    if found["drawn"]:
        lines.append(
            f"{found['drawn_and_answered']:>7,} of {found['drawn']:,} drawn at random are answered"
        )
    if found["withheld"]:
        what = "decision" if found["withheld"] == 1 else "decisions"
        lines.append(f"{found['withheld']:>7,} {what} on people who are restricted, not shown")
    lines += ["", "Decided"] if found["decisions"] else []
    lines += [_decision(one) for one in found["decisions"]]
    lines += ["", "Waiting"] if found["waiting_pairs"] else []
    lines += [
        f"  {one['one']} {one['other']}  {_share(one['probability'])}  {one['why']}"
        for one in found["waiting_pairs"]
    ]
    return "\n".join(lines)


def _share(probability: float | None) -> str:
    return "not compared" if probability is None else f"{probability:.3f}"


def _decision(one: dict[str, Any]) -> str:
    line = f"  {one['one']} {one['other']}  {one['verdict']:<9}  {one['by']}, {one['on']}"
    if one["bears_on"] != "two women":
        line += f"  (bears on {one['bears_on']})"
    return f"{line}  {one['why']}".rstrip()


def imported(found: dict[str, int]) -> str:
    """Return what `pairs import` prints for a person."""
    lines = [f"Imported {found['imported']:,} answer{'' if found['imported'] == 1 else 's'}."]
    for name, words in (
        ("changed", "changed an earlier decision; that is kept in the list's history"),
        ("imported_before", "imported before and left alone"),
        ("withheld", "left out: on people restricted since"),
        ("no_longer_two_women", "left out: on records now joined or gone"),
        ("not_answered", "with no answer yet"),
    ):
        if found[name]:
            lines.append(f"  {found[name]:,} {words}")
    return "\n".join(lines)


_WHAT_IT_MEANS = (
    "Precision: of the links that the computer made, how many are right.",
    "Recall: of the scored pairs that are one woman, how many it linked. Pairs that were never",
    "scored, or scored below 0.05, are not among them: true recall is somewhat lower.",
    "Both are of the computer's links before any decision was applied.",
)


_BREAKDOWNS = {"ethnicity": "By ethnicity group", "age": "By age",
               "latest_removal": "By latest removal",
               "ended": "By how care ended for the child removed last"}  # fmt: skip


def estimates(found: dict[str, Any]) -> str:
    """Return what `pairs accuracy` prints for a person."""
    lines = [
        f"Links at or above {found['link_threshold']:g}, by pairs reviewed at random",
        *(f"  {line}" for line in overall(found["all"])),
        "",
        "By probability",
    ]
    lines += [
        f"  {band['probability']:<24} {counted(band['pairs'], 'pair'):>13}  "
        f"{band['judged']:>5,} judged  "
        f"{band['one_woman']:>5,} one woman"
        for band in found["bands"]
    ]
    for block in by_group(found["groups"]):
        lines += ["", *block]
    return "\n".join([*lines, "", *_WHAT_IT_MEANS])


def overall(whole: dict[str, Any]) -> list[str]:
    """Return precision and recall of all links, and how many pairs they rest on."""
    return [
        f"precision   {_estimate(whole['precision'])}",
        f"recall      {_estimate(whole['recall'])}",
        f"judged {whole['judged_linked']:,} of {whole['pairs_linked']:,} links made and "
        f"{whole['judged_not_linked']:,} of {whole['pairs_not_linked']:,} not made",
        f"left out: {whole['could_not_tell']:,} of which nobody could tell",
    ]


def by_group(groups: list[dict[str, Any]]) -> list[list[str]]:
    """Return for each breakdown its title, then precision and recall of each group, a line each."""
    return [
        [title, *(_group(group) for group in groups if group["breakdown"] == breakdown)]
        for breakdown, title in _BREAKDOWNS.items()
        if any(group["breakdown"] == breakdown for group in groups)
    ]


def _group(group: dict[str, Any]) -> str:
    judged = group["judged_linked"] + group["judged_not_linked"]
    return (
        f"  {group['group']:<42} precision {_estimate(group['precision'])}; "
        f"recall {_estimate(group['recall'])}; {judged:,} judged"
    )


def _estimate(estimate: dict[str, float] | str) -> str:
    if isinstance(estimate, str):
        return estimate
    return (
        f"{estimate['share']:.1%} (95% interval {estimate['lower']:.1%} to {estimate['upper']:.1%})"
    )
