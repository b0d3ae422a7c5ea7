"""What is said of a study's last day, before it and after."""

from datetime import date

from casescope.kernel.dates import long_date

WARNED = (21, 7, 1)
"""Days before the last day from which a warning is given, ever more urgently."""

_DO = "close it (casescope study close HOME), or have the data protection officer extend it"


def notice(last_day: date, today: date) -> str:
    """Return one line on a last day that is near or past; nothing while it is far off."""
    left = (last_day - today).days
    named = long_date(last_day)
    first, second, third = WARNED
    if left > first:
        return ""
    if left > second:
        return f"The study's last day is {named}, in {left} days; then it is locked."
    if left > third:
        return f"The study's last day is {named}, in {left} days; then it is locked: {_DO}."
    if left >= 0:
        when = "tomorrow" if left else "today"
        return f"The study's last day is {when}, {named}; after it the study is locked: {_DO}."
    return f"The study ended on {named} and is locked: {_DO}."
