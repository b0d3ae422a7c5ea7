"""Whether a range is too narrow."""

from casescope.disclosure.audit.audit import FailureKind, Ranged
from casescope.disclosure.audit.rules import AuditRules


def verdict(found: Ranged, rules: AuditRules, *, hidden: bool) -> FailureKind | None:
    """Say how a target is given away; None where it is not.

    `hidden`: it was not printed because it is small, so that no value of it may be learnt.
    """
    least, most = found.least.value, found.most.value
    if least is None or most is None:
        return None
    if found.target.two is not None:
        return "implied" if _is_a_few(least, most, rules) else None
    if most == 0:
        return "none" if rules.zeros and not found.target.implied else None
    if hidden and least == most:
        return "exact"
    if least >= 1 and most <= rules.threshold and most - least < rules.least_width:
        return "implied" if found.target.implied else "exact" if least == most else "narrow"
    return None


def _is_a_few(least: int, most: int, rules: AuditRules) -> bool:
    """Say whether two counts differ by a few, whichever is greater."""
    fewest, at_most = (least, most) if least > 0 else (-most, -least)
    return fewest >= 1 and at_most <= rules.threshold and most - least < rules.least_width


def may_be_told(seen: tuple[int, int] | None, rules: AuditRules) -> bool:
    """Say whether tables met so far leave it open that a difference is told to be a few."""
    return seen is None or _is_a_few(*seen, rules)


def may_fail(
    seen: tuple[int, int] | None, rules: AuditRules, *, hidden: bool = False, implied: bool = False
) -> bool:
    """Say whether whole-number tables met so far leave it open that a range is too narrow.

    A table in which nobody is there settles it, but where every 0 is given away, or every number.
    """
    if seen is None:
        return True
    low, high = seen
    if hidden and low == high:
        return True
    if high == 0:
        return rules.zeros and not implied
    return low >= 1 and high <= rules.threshold and high - low < rules.least_width
