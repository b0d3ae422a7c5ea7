"""Writes how a study stands in words."""

import textwrap
from typing import Any

from casescope.governance.stages import Action
from casescope.kernel.counting import counted


def in_words(standing: dict[str, Any]) -> str:
    """Return what `study show` prints for a person."""
    lines = [
        f"{_in_force(standing, 'name')} ({_in_force(standing, 'authority')})",
        f"  folder            {standing['home']}",
        f"  stage             {standing['stage']}",
        f"  reference date    {_in_force(standing, 'reference_date')}",
        f"  first load        {standing['started_on'] or 'not yet'}",
        f"  last day          {_last_day(standing)}",
        f"  approval          {_approval(standing['approval'])}",
        f"  keys              {standing['keys']}",
        f"  layers            {', '.join(standing['layers']) or 'none'}",
        f"  restrictions      {standing['restrictions_in_force']} in force",
        *_possible(standing["possible_now"]),
    ]
    if leave := standing["small_counts"]:
        lines.append(f"  small counts      allowed by {leave['by']} on {leave['on']}")
    lines += [f"Problem: {problem}" for problem in standing["problems"]]
    lines += [f"Note: {caveat}" for caveat in standing["caveats"]]
    return "\n".join(lines)


def _possible(names: list[str]) -> list[str]:
    """Return what can be done now, whoever may do it, as an indented list of some lines."""
    said = "; ".join(Action[name.upper()].value for name in names)
    return textwrap.wrap(said, 96, initial_indent="  possible now      ",
                         subsequent_indent=" " * 20, break_on_hyphens=False)  # fmt: skip


def _in_force(standing: dict[str, Any], name: str) -> str:
    return str(standing["in_force"]["study"][name])


def _last_day(standing: dict[str, Any]) -> str:
    if standing["ends_on"] is None:
        return "three calendar months after the first load, or earlier if study.toml says so"
    left = standing["days_left"]
    return f"{standing['ends_on']} ({'passed' if left < 0 else counted(left, 'day') + ' left'})"


def _approval(approval: dict[str, Any] | None) -> str:
    if approval is None:
        return "none"
    return (
        f"{approval['on']} by {approval['by']}; assessment {approval['dpia']}, agreement "
        f"{approval['agreement']}, notice {approval['notice']} of {approval['notice_published']}, "
        f"objections until {approval['objection_until']}; {approval['lawful_basis']}"
    )
