"""Writes an audit in words: what is given away, how, and what to do about it."""

import textwrap
from collections.abc import Iterator, Sequence

from casescope.disclosure.audit.audit import Audit, Failure, FailureKind, Ranged
from casescope.disclosure.audit.fix import Fix, public_failures
from casescope.disclosure.audit.words import places_said
from casescope.kernel.counting import counted

_SHOWN = 20
"""Failures told before the rest is only counted."""

_WITHHELD = 30

_PUBLIC = "public figures alone give it away: hiding anything of yours changes nothing"

_KINDS: dict[FailureKind, str] = {
    "exact": "hidden, and can be worked out",
    "narrow": "hidden, and nearly worked out",
    "implied": "small groups that nobody printed",
    "all": "groups of which all are alike",
    "none": "groups of which none are",
}


def in_words(done: Audit, fixes: Sequence[Fix], tables: int) -> str:
    """Return what `audit` prints for a person."""
    return "\n".join([*_head(done, tables), *_failures(done), *_fixes(done, fixes)])


def _head(done: Audit, tables: int) -> Iterator[str]:
    rules = done.rules
    yield (f"{tables:,} {'table' if tables == 1 else 'tables'}, "
           f"{counted(len(done.figures), 'figure')}, "
           f"{done.protected:,} hidden counts (or rounded, and perhaps small).")  # fmt: skip
    yield (f"Read as: {rules.name}. Small is 1 to {rules.threshold}; what it may be must span "
           f"{rules.least_width} or more.")  # fmt: skip
    if not done.exact:
        yield ("Too large to be looked at as a whole: tables were joined at the margins they "
               "share, so that more may be given away than is said.")  # fmt: skip
    if done.relaxed:
        yield f"Of {done.relaxed:,} of them an end may be narrower than was found (relaxed)."
    yield ""


def _failures(done: Audit) -> Iterator[str]:
    if done.passed:
        yield "Nothing is given away."
        return
    public = public_failures(done)
    for kind, title in _KINDS.items():
        held = [one for one in done.failures if one.kind == kind]
        if held:
            yield f"{title[0].upper()}{title[1:]}: {len(held):,}"
            for one in held[:_SHOWN]:
                yield from _failure(one)
                if any(one is each for each in public):
                    yield f"      {_PUBLIC}"
            if len(held) > _SHOWN:
                yield f"  and {len(held) - _SHOWN:,} more (--json has all)"
            yield ""


def _failure(failure: Failure) -> Iterator[str]:
    found = failure.found
    where = places_said(found.target.places) or found.target.says
    if failure.kind == "all":
        where = found.target.says
    yield from _wrapped(f"{where}: {_range(failure.kind, found)}", 2)
    if failure.because:
        yield from _wrapped(f"how: {failure.because}", 6)


def _range(kind: FailureKind, found: Ranged) -> str:
    least, most = found.least.value, found.most.value
    if kind == "all":
        return "it is proved"
    if kind == "none":
        return "nobody"
    return f"can only be {least}" if least == most else f"can only be {least} to {most}"


def _fixes(done: Audit, fixes: Sequence[Fix]) -> Iterator[str]:
    if done.passed:
        return
    if not fixes:
        yield "No fix was found: it follows from public figures, or from what is out already."
        return
    yield f"The fix that loses least ({_loss(fixes[0])}):"
    yield from _fix(fixes[0])
    yield "  Audited again with it: nothing is given away."
    for other in _best_of_others(fixes):
        yield from _wrapped(f"Or ({_loss(other)}): {' '.join(' '.join(_fix(other)).split())}", 0)


def _best_of_others(fixes: Sequence[Fix]) -> list[Fix]:
    """Return the best fix of each other way."""
    found: dict[str, Fix] = {}
    for one in fixes:
        found.setdefault(one.way, one)
    return [one for way, one in found.items() if way != fixes[0].way]


def _loss(fix: Fix) -> str:
    cells = fix.loss.cells
    lost = f"{cells:,} {'figure' if cells == 1 else 'figures'} fewer"
    return f"{lost}, {fix.loss.information:,.0f} bits"


def _fix(fix: Fix) -> Iterator[str]:
    if fix.rounded_to is not None:
        yield from _wrapped(
            f"Round every count of {', '.join(fix.tables)} to the nearest {fix.rounded_to}, totals "
            "too, each by itself.", 2,
        )  # fmt: skip
    if fix.merged is not None:
        yield from _wrapped(
            f"Make one category of {fix.merged.dimension} {' and '.join(fix.merged.categories)}, "
            "in every table.", 2,
        )  # fmt: skip
    places = [str(fix.after[number].place) for number in fix.withheld]
    if places:
        named = "; ".join(places[:_WITHHELD])
        yield from _wrapped(f"Hide too, with a mark that can stand for any count: {named}.", 2)
    if len(places) > _WITHHELD:
        yield f"  and {len(places) - _WITHHELD:,} more (--json has all)"


def _wrapped(text: str, indent: int) -> list[str]:
    return textwrap.wrap(text, 98, initial_indent=" " * indent,
                         subsequent_indent=" " * (indent + 2), break_on_hyphens=False)  # fmt: skip
