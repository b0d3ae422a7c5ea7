"""The pages of rules: stages, disclosure and exit codes."""

from collections.abc import Iterator

from casescope.cli.reference.markdown import MADE, code, page, table
from casescope.disclosure.pack import PACKS, load, text_of
from casescope.governance.stages import as_markdown
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
    """Return the page of disclosure rules: what each pack offered does, in words and numbers."""
    blocks = [
        "Every count in findings and reports passes one rule pack, which study.toml names. A pack "
        "is a file of numbers beside the code that applies it.",
    ]
    for name in PACKS:
        rules = load(name).rules
        blocks += [
            f"## {rules.name}, version {rules.version} of {rules.dated}",
            rules.says,
            code(text_of(name), "toml"),
        ]
    return page("Disclosure rules", *blocks)


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
