"""The pages of rules: stages, disclosure and exit codes."""

from collections.abc import Callable, Iterator

from casescope.cli.reference.markdown import MADE, code, page, table
from casescope.disclosure.pack import PACKS, RulePack, load, text_of
from casescope.disclosure.statistics import RULES
from casescope.governance.stages_page import as_markdown
from casescope.kernel.errors import UserError

WITHOUT_NAME: tuple[tuple[str, str, str], ...] = (
    ("0", "done", ""),
    ("1", "a fault of ours", "Told without its message, which might quote a row."),
    ("2", "usage", "The command was not understood; it says what it expected."),
    ("130", "stopped", "Somebody stopped it; what was finished before stands."),
)
"""Exit codes that are no named refusal."""


def stages() -> str:
    """Return the page of stages, drawn by the rules themselves."""
    title, _, rest = as_markdown().partition("\n")
    return f"{title}\n\n{MADE}\n{rest}"


def disclosure_rules() -> str:
    """Return the page of disclosure rules: the packs side by side, then each by itself."""
    blocks = [
        "Every figure in findings and reports passes one rule pack, which study.toml names "
        "(`disclosure_rules`). A pack is a file of numbers beside the code that applies it. "
        "`working` is no choice for study.toml: the data protection officer allows it for the "
        "working edition alone (`casescope study approve-working`).",
        table(("", *PACKS), _side_by_side()),
        "report.json says under `provenance.disclosure` which rule each figure went through and "
        "why it is hidden. Two figures that read alike have like lines there.",
    ]
    for name in PACKS:
        blocks += _of_pack(name)
    return page("Disclosure rules", *blocks)


def _side_by_side() -> list[tuple[str, ...]]:
    asked: tuple[tuple[str, Callable[[RulePack], str]], ...] = (
        ("hidden counts", lambda pack: _range(pack.hides)),
        ("0", lambda pack: "shown" if pack.zero_shown else "hidden"),
        ("a hidden cell may hold", lambda pack: _held(pack, *pack.behind_hidden())),
        ("a withheld cell may hold", lambda pack: _held(pack, *pack.behind_withheld())),
        ("other counts, to the nearest", lambda pack: str(pack.round_to)),
        ("of the whole country", lambda pack: str(pack.national_round_to or pack.round_to)),
        ("totals", lambda pack: _TOTALS[pack.totals]),
        ("means and the like need", lambda pack: str(pack.mean_from)),
        ("curves, to the midpoint of each", lambda pack: str(pack.midpoint_of)),
        ("all of a group", lambda pack: _FULL[pack.full]),
        ("dominance (n, k; p)", _dominance),
        ("may leave the council", lambda pack: "once released" if pack.publishable else "never"),
    )
    packs = [load(name) for name in PACKS]
    return [(words, *(says(pack) for pack in packs)) for words, says in asked]


_TOTALS = {"shown": "add up what is shown", "own": "figures of their own"}
_FULL = {"nearly_all": "a least percentage", "shown": "shown"}


def _range(hides: Callable[[int], bool]) -> str:
    hidden = [n for n in range(100) if hides(n)]
    return f"{hidden[0]} to {hidden[-1]}" if hidden else "none"


def _held(pack: RulePack, least: int, greatest: int | None) -> str:
    if not pack.hide_at_most:
        return "none is hidden"
    return "any count" if greatest is None else f"{least} to {greatest}"


def _dominance(pack: RulePack) -> str:
    limits = pack.dominance
    return "none" if limits is None else f"{limits.n}, {limits.k:.0%}; {limits.p:.0%}"


def _of_pack(name: str) -> list[str]:
    pack = load(name)
    rules = pack.rules
    return [
        f"## {rules.name}, version {rules.version} of {rules.dated}",
        rules.says,
        f"Source: {pack.source}. **Ours, not the source’s:** {'; '.join(pack.ours)}.",
        table(("statistic", "rule"), [(rule.statistic, rule.says(pack)) for rule in RULES]),
        code(text_of(name), "toml"),
    ]


def refusals(kind: type[UserError] = UserError) -> Iterator[type[UserError]]:
    """Yield every kind of named refusal."""
    for under in kind.__subclasses__():
        yield under
        yield from refusals(under)


def exit_codes() -> str:
    """Return the page of exit codes."""
    named = sorted((one.exit_code, one.__name__, (one.__doc__ or "").strip()) for one in refusals())
    rows = [*WITHOUT_NAME, *((str(number), name, meaning) for number, name, meaning in named)]
    return page(
        "Exit codes",
        "Codes from 3 to 99 are named refusals: one sentence on what is wrong, one on what to do, "
        "both on the error stream. They name a file, row or column, never a value.",
        table(("code", "name", "meaning"), sorted(rows, key=lambda row: int(row[0]))),
    )
